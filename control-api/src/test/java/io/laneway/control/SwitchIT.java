package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestControl.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blue-green: all tenants of a shift go to one place in one revision, and back. */
class SwitchIT {

    private static final String SWITCH = "/v1/shifts/default/switch";
    private static final List<String> TENANTS = List.of("t-1", "t-2", "t-3", "t-4", "pinned-0", "pinned-1", "never-0");

    @TempDir
    Path directory;

    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
        control.put("/v1/table", """
                {"lanes": [{"name": "G0"}, {"name": "G1"}, {"name": "f-1"}],
                 "services": [{"name": "a", "deployments": [
                   {"lane": "master", "endpoints": ["127.0.0.1:9001"]},
                   {"lane": "G0", "endpoints": ["127.0.0.1:9002"]},
                   {"lane": "G1", "endpoints": ["127.0.0.1:9003"]}]}],
                 "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}], "environments": [
                   {"lane": "G0", "share": "10%", "tenants": {"include": ["pinned-0"], "exclude": ["never-0"]}},
                   {"lane": "G1", "share": "60%", "tenants": {"include": ["pinned-1"]}}]}]}
                """);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private Answer to(String target) {
        return control.post(SWITCH, new JsonObject().put("to", target).encode());
    }

    private List<String> lanes() {
        return TENANTS.stream()
                .map(tenant -> control.post("/v1/explain", "{\"service\": \"a\", \"tenant\": \"" + tenant + "\"}")
                        .json()
                        .getString("served"))
                .distinct()
                .toList();
    }

    @Test
    void everyTenantGoesToTheTargetPinnedOnesToo() {
        String before = control.get("/v1/shifts/default").body();
        assertThat(lanes()).hasSizeGreaterThan(1);

        Answer done = to("G0");

        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.revision()).isEqualTo(2);
        assertThat(lanes()).containsExactly("G0");
        assertThat(to("g0").json().getBoolean("changed")).as("again").isFalse();
        assertThat(control.post("/v1/shifts/default/revert", "").revision()).isEqualTo(3);
        assertThat(control.get("/v1/shifts/default").body()).isEqualTo(before);
    }

    @Test
    void fromOneEnvironmentToTheOtherAndToBase() {
        to("G0");
        to("G1");
        assertThat(lanes()).containsExactly("G1");
        to("master");
        assertThat(lanes()).containsExactly("master");
        control.post("/v1/shifts/default/revert", "");
        assertThat(lanes()).containsExactly("G1");
    }

    @Test
    void aShiftThatIsOffIsOnWhereAnEnvironmentGetsAll() {
        control.put("/v1/shifts/default", "{\"enabled\": false}");
        to("master");
        assertThat(control.get("/v1/shifts/default").json().getBoolean("enabled"))
                .isFalse();
        to("G1");
        assertThat(lanes()).containsExactly("G1");
    }

    @Test
    void whatIsNeitherEnvironmentNorBaseIsRefusedByName() {
        for (String target : List.of("f-1", "G2", "")) {
            Answer refused = to(target);
            assertThat(refused.status()).as(target).isEqualTo(422);
            assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("pointer"))
                    .isEqualTo("/to");
        }
        assertThat(to("f-1").json().getString("detail")).contains("G0, G1", "master");
        assertThat(control.post(SWITCH, "{}").status()).isEqualTo(422);
        assertThat(control.post(SWITCH, "{\"to\": \"G0\", \"share\": \"5%\"}").status())
                .isEqualTo(422);
        assertThat(control.post("/v1/shifts/none/switch", "{\"to\": \"G0\"}").status())
                .isEqualTo(404);
        assertThat(control.get("/v1/table").revision()).isEqualTo(1);
    }

    @Test
    void itTakesWhatEveryChangeTakes() {
        Answer dry = control.post(SWITCH + "?dryRun=true", "{\"to\": \"G0\"}");
        assertThat(dry.json().getJsonArray("summary").encode()).contains("10% → 100%");
        assertThat(control.get("/v1/table").revision()).isEqualTo(1);
        String tag = control.get("/v1/shifts/default").etag();
        assertThat(control.post(SWITCH, "{\"to\": \"G0\"}", "if-match", "\"77\"")
                        .status())
                .isEqualTo(412);
        assertThat(control.post(SWITCH, "{\"to\": \"G0\"}", "if-match", tag, "x-reason", "go")
                        .status())
                .isEqualTo(200);
        JsonObject last = control.get("/v1/revisions?limit=1")
                .json()
                .getJsonArray("revisions")
                .getJsonObject(0);
        assertThat(last.getString("action")).isEqualTo("switch");
        assertThat(last.getString("why")).isEqualTo("go");
    }
}
