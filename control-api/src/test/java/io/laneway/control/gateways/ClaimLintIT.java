package io.laneway.control.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestControl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lint of claims that no listener verifies, by what gateways report. */
class ClaimLintIT {

    private static final String TABLE = """
            {"shifts": [{"name": "default", "tenant": [{"header": "x"}, {"jwtClaim": "org"}]},
                        {"name": "plain", "tenant": [{"header": "x"}]}]}
            """;

    private static JsonArray findings(TestControl control) {
        JsonArray found = new JsonArray();
        for (Object each : control.get("/v1/lint").json().getJsonArray("findings")) {
            if (each instanceof JsonObject finding && "claim-not-verified".equals(finding.getString("rule"))) {
                found.add(finding);
            }
        }
        return found;
    }

    @Test
    void aListenerThatVerifiesNoTokensIsNamedWhereAShiftLooksForAClaim(@TempDir Path directory) {
        try (TestControl control = TestControl.start(ControlConfig.in(directory, 0))) {
            assertThat(control.put("/v1/table", TABLE).status()).isEqualTo(200);
            assertThat(findings(control)).isEmpty();
            control.post("/v1/gateways/gw-1/report", "{\"started\":\"1\",\"unverified\":[\"edge\"]}");
            control.post("/v1/gateways/gw-2/report", "{\"started\":\"1\"}");

            assertThat(findings(control)).singleElement().satisfies(each -> {
                JsonObject finding = (JsonObject) each;
                assertThat(finding.getString("subject")).isEqualTo("shift default");
                assertThat(finding.getString("message"))
                        .contains("the claim org, which is absent on listener edge of gateway gw-1");
            });
            JsonObject first =
                    control.get("/v1/gateways").json().getJsonArray("gateways").getJsonObject(0);
            assertThat(first.getJsonArray("unverified")).containsExactly("edge");
            control.post("/v1/gateways/gw-1/report", "{\"started\":\"1\"}");
            assertThat(findings(control)).isEmpty();
        }
    }
}
