package io.laneway.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void showsAListUnderItsColumns() {
        JsonObject answer =
                new JsonObject("{\"revision\":3,\"lanes\":[{\"name\":\"f-1\",\"keep\":true},{\"name\":\"G0\"}]}");

        assertThat(new TextTable("name", "keep").show(answer)).isEqualTo("NAME  KEEP\nf-1   true\nG0    -");
    }

    @Test
    void showsDeploymentsByLaneAndEnvironmentsWithTheirShare() {
        JsonObject service =
                new JsonObject("{\"name\":\"order\",\"deployments\":[{\"lane\":\"master\"},{\"lane\":\"f-1\"}],"
                        + "\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\"}]}");

        assertThat(new TextTable("name", "deployments", "environments").show(service))
                .endsWith("order  master,f-1   G0=20%");
    }

    @Test
    void countsIdeographsAsTwoColumns() {
        JsonObject lanes = new JsonObject("{\"lanes\":[{\"name\":\"特性一\",\"keep\":true},{\"name\":\"f-1234\"}]}");

        assertThat(new TextTable("name", "keep").show(lanes)).isEqualTo("NAME    KEEP\n特性一  true\nf-1234  -");
        String shown = new TextTable("name").show(new JsonObject().put("name", "一".repeat(60)));
        assertThat(shown.lines().skip(1).findFirst().orElseThrow()).isEqualTo("一".repeat(29) + "…");
    }

    @Test
    void cutsWhatIsTooWide() {
        String shown = new TextTable("name").show(new JsonObject().put("name", "x".repeat(100)));

        assertThat(shown.lines().skip(1).findFirst().orElseThrow()).hasSize(60).endsWith("…");
    }

    /** What another client wrote must not hold a terminal: once each character of such a text cost as much as all. */
    @Test
    void cutsTextsOfAnyLength() {
        for (String each : List.of("x".repeat(2_000_000), "一".repeat(1_000_000), "\uD83D\uDE80".repeat(1_000_000))) {
            long begun = System.nanoTime();
            String shown = new TextTable("name").show(new JsonObject().put("name", each));
            assertThat(shown.lines().skip(1).findFirst().orElseThrow())
                    .hasSizeLessThan(130)
                    .endsWith("…");
            assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
        }
    }
}
