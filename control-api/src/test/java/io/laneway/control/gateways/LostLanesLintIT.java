package io.laneway.control.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestControl;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lint names the services whose applications lose lanes, by what gateways report. */
class LostLanesLintIT {

    private static void report(TestControl control, String gateway, String losses) {
        assertThat(control.post(
                                "/v1/gateways/" + gateway + "/report",
                                "{\"started\":\"1\",\"lanes\":[],\"losses\":[" + losses + "]}")
                        .status())
                .isEqualTo(200);
    }

    private static String findings(TestControl control) {
        return new JsonObject(control.get("/v1/lint?rule=context-lost").body())
                .getJsonArray("findings")
                .encode();
    }

    @Test
    void namesEachServiceWithWhatAllGatewaysSaw(@TempDir Path directory) {
        try (TestControl control = TestControl.start(ControlConfig.in(directory, 0))) {
            assertThat(findings(control)).isEqualTo("[]");

            report(control, "gw-1", "{\"service\":\"order\",\"lost\":7,\"restored\":5}");
            report(
                    control,
                    "gw-2",
                    "{\"service\":\"order\",\"lost\":3,\"restored\":3,\"unknown\":2},"
                            + "{\"service\":\"mail\",\"unknown\":4},{\"service\":\"__unknown__\",\"lost\":1}");
            assertThat(findings(control))
                    .contains("\"subject\":\"service order\"", "10 calls of its application", "8 were put right")
                    .contains("\"subject\":\"service mail\"", "it cannot be told")
                    .contains("applications behind a gateway that several call through");

            control.post("/v1/gateways/gw-2/report", "{\"started\":\"1\",\"revision\":2}");
            assertThat(findings(control))
                    .as("a report without counts changes nothing")
                    .contains("10 calls");
            report(control, "gw-1", "");
            report(control, "gw-2", "");
            assertThat(findings(control)).isEqualTo("[]");
        }
    }
}
