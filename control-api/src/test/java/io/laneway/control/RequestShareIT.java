package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestControl.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares of requests without a tenant, as a release tool sets them. */
class RequestShareIT {

    private static final String SHIFT = "/v1/shifts/default";

    @TempDir
    Path directory;

    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
        control.put("/v1/table", ControlApiIT.PICTURE);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private static String environments(String... each) {
        return "environments: [" + String.join(", ", each) + "]";
    }

    private JsonObject environment(String lane) {
        return control.get(SHIFT).json().getJsonArray("environments").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("lane").equals(lane))
                .findFirst()
                .orElseThrow();
    }

    private void put(String... environments) {
        Answer answer = control.put(SHIFT, environments(environments));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static JsonArray ranges(int... ends) {
        JsonArray ranges = new JsonArray();
        for (int i = 0; i < ends.length; i += 2) {
            ranges.add(new JsonArray().add(ends[i]).add(ends[i + 1]));
        }
        return ranges;
    }

    @Test
    void whatIsLeftOutOfANamedEnvironmentIsKeptAndOneNotNamedGetsNone() {
        put("{lane: G0, share: 0%, requests: 10%}", "{lane: G1, share: 0%, requests: 5%}");
        assertThat(environment("G0").getJsonArray("requestSlots")).isEqualTo(ranges(0, 999));
        put("{lane: G0, share: 20%}", "{lane: G1, share: 0%, requests: 5%}");
        assertThat(environment("G0").getString("requests")).isEqualTo("10%");
        assertThat(environment("G0").getJsonArray("slots")).isEqualTo(ranges(0, 1_999));
        put("{lane: G0, share: 20%, requests: 12%}", "{lane: G1, share: 0%}");
        assertThat(environment("G0").getJsonArray("requestSlots")).isEqualTo(ranges(0, 999, 1_500, 1_699));
        assertThat(environment("G1").getJsonArray("requestSlots")).isEqualTo(ranges(1_000, 1_499));
        put("{lane: G0, share: 20%}");
        assertThat(environment("G0").getString("requests")).isEqualTo("12%");
        assertThat(environment("G1").containsKey("requests")).isFalse();
        assertThat(control.post(SHIFT + "/revert", "").status()).isEqualTo(200);
        assertThat(environment("G1").getJsonArray("requestSlots")).isEqualTo(ranges(1_000, 1_499));
        put("{lane: G0, share: 20%, requests: 0%}");
        assertThat(environment("G0").containsKey("requests")).isFalse();
    }

    @Test
    void aWholeTableLeadsTheSlotsOn() {
        put("{lane: G0, share: 0%, requests: 10%}", "{lane: G1, share: 0%, requests: 5%}");
        String table = ControlApiIT.PICTURE.replaceFirst(
                "(?s)\"environments\": \\[.*?]",
                "\"environments\": [{\"lane\": \"G1\", \"share\": \"0%\", \"requests\": \"5%\"},"
                        + " {\"lane\": \"G0\", \"share\": \"0%\", \"requests\": \"11%\"}]");
        assertThat(control.put("/v1/table", table).status()).isEqualTo(200);
        assertThat(environment("G1").getJsonArray("requestSlots")).isEqualTo(ranges(1_000, 1_499));
        assertThat(environment("G0").getJsonArray("requestSlots")).isEqualTo(ranges(0, 999, 1_500, 1_599));
        assertThat(control.put("/v1/table", table.replace("11%", "95.01%")).status())
                .isEqualTo(422);
    }

    @Test
    void moreThanAllIsRefusedAlsoWithWhatIsKept() {
        put("{lane: G0, share: 0%, requests: 60%}", "{lane: G1, share: 0%, requests: 40%}");
        Answer more =
                control.put(SHIFT, environments("{lane: G0, share: 0%, requests: 60.01%}", "{lane: G1, share: 0%}"));
        assertThat(more.status()).isEqualTo(422);
        assertThat(more.body()).contains("requests of 100.01% in sum (expected: at most 100%)");
        assertThat(control.put(SHIFT, environments("{lane: G0, share: 0%, requests: 10}"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void previewSaysTheShareOfRequestsThatWouldMove() {
        put("{lane: G0, share: 0%, requests: 10%}");
        JsonObject preview = control.post(
                        SHIFT + "/preview",
                        environments("{lane: G0, share: 0%, requests: 4%}", "{lane: G1, share: 1%}"))
                .json();
        assertThat(preview.getJsonArray("moves"))
                .containsExactly(new JsonObject("{\"from\":\"master\",\"to\":\"G1\",\"slots\":100,\"share\":\"1%\"}"));
        assertThat(preview.getJsonArray("requests"))
                .containsExactly(new JsonObject("{\"from\":\"G0\",\"to\":\"master\",\"slots\":600,\"share\":\"6%\"}"));
    }

    @Test
    void anEnvironmentThatIsAbortedHasNoRequestsEither() {
        put("{lane: G0, share: 0%, requests: 10%}", "{lane: G1, share: 0%, requests: 5%}");
        control.put(SHIFT + "/plan", "lane: G0\nsteps: [{share: 5%, pause: 1h}, 100%]");
        assertThat(environment("G0").getString("requests")).isEqualTo("10%");
        assertThat(control.post(SHIFT + "/plan/abort", "").status()).isEqualTo(200);
        assertThat(environment("G0").containsKey("requests")).isFalse();
        assertThat(environment("G1").getString("requests")).isEqualTo("5%");
    }

    @Test
    void aSwitchTakesDividedRequestsAlong() {
        put("{lane: G0, share: 0%}", "{lane: G1, share: 30%, requests: 5%}");
        assertThat(control.post(SHIFT + "/switch", "to: G0").status()).isEqualTo(200);
        assertThat(environment("G0").getString("requests")).isEqualTo("100%");
        assertThat(environment("G1").containsKey("requests")).isFalse();
        assertThat(control.post(SHIFT + "/switch", "to: master").status()).isEqualTo(200);
        assertThat(environment("G0").containsKey("requests")).isFalse();
        assertThat(control.post(SHIFT + "/switch", "to: G1").status()).isEqualTo(200);
        assertThat(environment("G1").containsKey("requests"))
                .as("nothing divides requests, so they stay with base")
                .isFalse();
    }

    @Test
    void explainNamesTheSlotOfTheRequest() {
        put("{lane: G0, share: 0%, requests: 50%}");
        JsonObject explained = control.post("/v1/explain", "service: a\nheaders: {x-request-id: r-1}")
                .json();
        assertThat(explained.getString("origin")).isEqualTo("request");
        assertThat(explained.getString("requested")).isEqualTo("G0");
        assertThat(explained.getJsonArray("lines").encode())
                .contains("shift default assigns request r-1, which has no tenant, to G0 by slot 4354");
    }
}
