package io.laneway.cli.day;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.control.store.database.StoreConfig;
import java.nio.file.Path;

/** A replica of the control API: port, and URL, user and password of its database. Waits for its database. */
final class DayControl {

    private DayControl() {}

    public static void main(String[] args) throws InterruptedException {
        StoreConfig store = new StoreConfig.Postgres(args[1], args[2], args[3]);
        ControlApi.start(
                ControlConfig.in(Path.of("unused"), Integer.parseInt(args[0])).with(store));
        Thread.currentThread().join();
    }
}
