package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.auth.Role;
import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.control.recording.RecordingSweep;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may record what, and when a recording that has ended leaves the table. */
class RecordingCareIT {

    private static final String RECORDING = "/v1/recordings/orders";
    private static final String HOUR = "{\"service\": \"order\", \"until\": \"1h\"}";

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(ControlConfig.in(directory, 0).with(clock));
        control.put("/v1/lanes/f-1", "{}");
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private List<String> names() {
        return control.get("/v1/recordings").json().getJsonArray("recordings").stream()
                .map(one -> ((JsonObject) one).getString("name"))
                .toList();
    }

    private static LaneLifeConfig sweptOften() {
        LaneLifeConfig life = LaneLifeConfig.DEFAULT;
        return new LaneLifeConfig(
                life.warnAfter(),
                life.expireAfter(),
                life.deleteAfter(),
                life.idle(),
                Duration.ofMillis(50),
                life.link(),
                life.webhooks());
    }

    @Test
    void thoseThatEndedLeaveTheTableADayLater() {
        RecordingSweep sweep = new RecordingSweep(control.api().edits(), clock);
        control.put(RECORDING, HOUR);
        control.put("/v1/recordings/longer", "{\"until\": \"2d\"}");
        clock.pass(Duration.ofHours(25));
        sweep.sweep();
        assertThat(names()).containsExactly("orders", "longer");

        control.close();
        control = TestControl.start(ControlConfig.in(directory, 0).with(clock).with(sweptOften()));
        assertThat(names()).containsExactly("orders", "longer");
        clock.pass(Duration.ofSeconds(1));

        await().until(() -> names().equals(List.of("longer")));
        JsonObject last = control.get("/v1/revisions?limit=1")
                .json()
                .getJsonArray("revisions")
                .getJsonObject(0);
        assertThat(last.getString("who")).isEqualTo("laneway");
        assertThat(last.getString("action")).isEqualTo("expire");
    }

    private String[] bearer(Role role, String lanes) {
        String secret = control.api()
                .tokens()
                .make(role.word() + lanes, role, lanes, null)
                .secret();
        return new String[] {"Authorization", "Bearer " + secret};
    }

    @Test
    void whatCustomersSendIsForTokensOfAllLanes() {
        String[] admin = bearer(Role.ADMIN, "");
        String[] viewer = bearer(Role.VIEWER, "");
        String[] one = bearer(Role.RELEASER, "f-*");
        String[] all = bearer(Role.RELEASER, "");
        String lane = "{\"until\": \"1h\", \"lane\": \"f-1\"}";
        String base = "{\"until\": \"1h\", \"lane\": \"MASTER\"}";
        String kept = "{\"until\": \"1h\", \"redact\": {\"keep\": [\"authorization\"]}}";

        await().until(() -> control.get("/v1/recordings", viewer).status() == 200);
        assertThat(control.put(RECORDING, lane, viewer).status()).isEqualTo(403);
        assertThat(control.put(RECORDING, HOUR, one).status()).isEqualTo(403);
        assertThat(control.put(RECORDING, base, one).status()).isEqualTo(403);
        assertThat(control.put(RECORDING, lane, one).status()).isEqualTo(201);
        assertThat(control.put(RECORDING, kept, all).status()).isEqualTo(403);
        assertThat(control.post(
                                "/v1/apply",
                                "{\"recordings\": [{\"name\": \"b\", \"until\":"
                                        + " \"2030-01-01T00:00:00Z\", \"redact\": {\"keep\": [\"authorization\"]}}]}",
                                all)
                        .status())
                .isEqualTo(403);
        assertThat(control.put(RECORDING, HOUR, all).status()).isEqualTo(200);
        assertThat(control.put(RECORDING, lane, one).status())
                .as("it is of all lanes now")
                .isEqualTo(403);
        assertThat(control.delete(RECORDING, one).status()).isEqualTo(403);
        assertThat(control.put(RECORDING, kept, admin).status()).isEqualTo(200);
        assertThat(control.delete(RECORDING, all).status()).isEqualTo(200);
    }
}
