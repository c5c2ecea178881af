package io.laneway.cli.run;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control API as a process of its own. */
public final class ControlProcess {

    private static final Logger log = LoggerFactory.getLogger(ControlProcess.class);

    private ControlProcess() {}

    /** Runs until a signal comes, then closes the store. */
    public static void run(ControlConfig config) {
        Lifetime lifetime = new Lifetime();
        try (ControlApi api = ControlApi.start(config)) {
            log.atInfo().addKeyValue("url", api.url()).log("waiting for calls");
            lifetime.await(null);
        } finally {
            lifetime.closed();
        }
    }
}
