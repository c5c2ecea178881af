package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestControl.Answer;
import io.laneway.control.TestWatch.Event;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch of a part of the table. */
class PartWatchIT {

    @TempDir
    Path directory;

    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
        control.put("/v1/lanes/f-1", "{}");
        control.put("/v1/services/order", service("order"));
        control.put("/v1/services/stock", service("stock"));
        control.put("/v1/services/mail", service("mail"));
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private static String service(String name) {
        return "{\"hosts\":[\"" + name
                + ".test\"],\"deployments\":[{\"lane\":\"master\",\"endpoints\":[\"127.0.0.1:1\"]}]}";
    }

    private static List<String> services(Event event) {
        JsonArray services = event.data().getJsonObject("table").getJsonArray("services");
        return services.stream()
                .map(each -> ((JsonObject) each).getString("name"))
                .toList();
    }

    @Test
    void sendsThePartAndThenWhatChangesOfIt() {
        try (TestWatch watch = control.part("", "{\"hosts\":[\"order.test\",\"stock\",\"new.test\"]}")) {
            Event first = watch.next("snapshot");
            assertThat(first.id()).isEqualTo(4);
            assertThat(services(first)).containsExactly("order", "stock");

            control.put("/v1/services/mail/deployments/f-1", "{\"endpoints\":[\"127.0.0.1:2\"]}");
            Event other = watch.next("delta");
            assertThat(other.id()).isEqualTo(5);
            assertThat(other.data().getJsonArray("changes")).isEmpty();

            control.put("/v1/services/order/deployments/f-1", "{\"endpoints\":[\"127.0.0.1:2\"]}");
            Event own = watch.next("delta");
            assertThat(own.data().getLong("from")).isEqualTo(5);
            assertThat(own.data().getJsonArray("changes").getJsonObject(0).getString("put"))
                    .isEqualTo("deployment");

            control.put("/v1/services/new", service("new"));
            Event come = watch.next("delta");
            assertThat(come.data()
                            .getJsonArray("changes")
                            .getJsonObject(0)
                            .getJsonObject("service")
                            .getString("name"))
                    .isEqualTo("new");
        }
    }

    @Test
    void refusesAnInterestThatMakesNoSense() {
        Answer answer = control.post("/v1/table/watch", "{\"hosts\":[\"\"]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(control.post("/v1/table/watch", "{").status()).isIn(400, 422);
    }
}
