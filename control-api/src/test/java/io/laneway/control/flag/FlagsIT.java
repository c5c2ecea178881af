package io.laneway.control.flag;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestControl;
import io.laneway.control.TestControl.Answer;
import io.laneway.router.shift.TenantSlots;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags by OpenFeature's Remote Evaluation Protocol say what a shift assigns. */
class FlagsIT {

    private static final String FLAGS = "/ofrep/v1/evaluate/flags";
    private static final String TABLE = """
        {"lanes": [{"name": "G0"}, {"name": "G1"}],
         "services": [{"name": "order", "deployments": [{"lane": "master", "endpoints": ["127.0.0.1:9001"]}]}],
         "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}], "environments": [
           {"lane": "G0", "share": "20%", "tenants": {"include": ["demo"], "exclude": ["bank"]}},
           {"lane": "G1", "share": "0%"}]},
          {"name": "off", "enabled": false, "tenant": [{"header": "x-tenant-id"}],
           "environments": [{"lane": "G1", "share": "100%"}]}]}
        """;

    @TempDir
    private Path directory;

    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(ControlConfig.in(directory, 0)
                .with(new ControlConfig.Listen("127.0.0.1", 0, null, List.of(), List.of("https://shop.example.com"))));
        assertThat(control.put("/v1/table", TABLE).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private Answer ask(String key, String tenant) {
        return control.post(FLAGS + "/" + key, "{\"context\": {\"targetingKey\": \"" + tenant + "\"}}");
    }

    private static String brief(Answer answer) {
        JsonObject json = answer.json();
        return json.getValue("value") + " " + json.getString("variant") + " " + json.getString("reason");
    }

    @Test
    void aShiftIsTheLaneOfTheTenantBySlotsAndPins() {
        TenantSlots slots = new TenantSlots("default");
        for (int i = 0; i < 200; i++) {
            String tenant = "t-" + i;
            String lane = slots.of(tenant) < 2_000 ? "G0" : "master";
            assertThat(brief(ask("default", tenant))).as(tenant).isEqualTo(lane + " " + lane + " SPLIT");
        }
        assertThat(brief(ask("default", "demo"))).isEqualTo("G0 G0 TARGETING_MATCH");
        assertThat(brief(ask("default", ""))).isEqualTo("master master DEFAULT");
        assertThat(brief(ask("off", "demo"))).isEqualTo("master master DISABLED");
    }

    @Test
    void anEnvironmentIsOnOrOff() {
        assertThat(brief(ask("default.G0", "demo"))).isEqualTo("true on TARGETING_MATCH");
        assertThat(brief(ask("default.g1", "demo"))).isEqualTo("false off TARGETING_MATCH");
        assertThat(brief(ask("off.G1", "demo"))).isEqualTo("false off DISABLED");
    }

    @Test
    void allFlagsHaveATagThatChangesWithThemAlone() {
        String body = "{\"context\": {\"targetingKey\": \"demo\"}}";
        Answer all = control.post(FLAGS, body);

        assertThat(all.json().getJsonArray("flags").stream().map(flag -> ((JsonObject) flag).getString("key")))
                .containsExactly("default", "default.G0", "default.G1", "off", "off.G1");
        control.put("/v1/lanes/other", "{}");
        Answer same = control.post(FLAGS, body, "If-None-Match", all.etag());
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        control.put("/v1/shifts/default", "{\"environments\": [{\"lane\": \"G1\", \"share\": \"10%\"}]}");
        assertThat(control.post(FLAGS, body, "If-None-Match", all.etag()).status())
                .isEqualTo(200);
    }

    @Test
    void whatIsWrongHasTheProtocolsErrors() {
        assertThat(ask("nope", "demo").status()).isEqualTo(404);
        assertThat(ask("nope", "demo").json().getString("errorCode")).isEqualTo("FLAG_NOT_FOUND");
        Answer number = control.post(FLAGS + "/default", "{\"context\": {\"targetingKey\": 7}}");
        assertThat(number.status()).isEqualTo(400);
        assertThat(number.json().getMap())
                .containsEntry("errorCode", "INVALID_CONTEXT")
                .containsEntry("key", "default");
        Answer broken = control.post(FLAGS, "[1]");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().getString("errorCode")).isEqualTo("PARSE_ERROR");
    }

    @Test
    void aTokenOfRoleFlagsEvaluatesAndDoesNothingElse() {
        String admin = "Bearer "
                + control.post("/v1/tokens", "{\"subject\": \"a\", \"role\": \"admin\"}")
                        .json()
                        .getString("token");
        String token = "Bearer "
                + control.post("/v1/tokens", "{\"subject\": \"web\", \"role\": \"flags\"}", "Authorization", admin)
                        .json()
                        .getString("token");

        assertThat(control.post(FLAGS, "{}", "Authorization", token).status()).isEqualTo(200);
        assertThat(control.post(FLAGS, "{}", "Authorization", admin).status()).isEqualTo(200);
        assertThat(control.get("/v1/shifts", "Authorization", token).status()).isEqualTo(403);
        assertThat(control.post(FLAGS, "{}").status()).isEqualTo(401);
    }

    @Test
    void onlyPagesOfConfiguredOriginsMayAsk() {
        String[] preflight = {"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type"
        };
        Answer allowed = control.call("OPTIONS", FLAGS, null, with("https://shop.example.com", preflight));
        Answer other = control.call("OPTIONS", FLAGS, null, with("https://evil.example.com", preflight));

        assertThat(allowed.header("access-control-allow-origin")).hasValue("https://shop.example.com");
        assertThat(allowed.header("access-control-allow-methods")).hasValue("POST");
        assertThat(other.header("access-control-allow-origin")).isEmpty();
        assertThat(control.call("OPTIONS", "/v1/lanes", null, with("https://shop.example.com", preflight))
                        .header("access-control-allow-origin"))
                .isEmpty();
    }

    private static String[] with(String origin, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Origin";
        all[1] = origin;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }
}
