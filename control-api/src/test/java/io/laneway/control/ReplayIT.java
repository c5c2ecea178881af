package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestControl.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that is repeated under its Idempotency-Key is answered as it was, whatever happened since. */
class ReplayIT {

    private static final String KEY = "Idempotency-Key";

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

    private static void same(Answer first, Answer again) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.response().headers().firstValue("etag"))
                .isEqualTo(first.response().headers().firstValue("etag"));
        JsonObject said = again.json();
        assertThat(said.remove("replayed")).isEqualTo(true);
        assertThat(said).isEqualTo(first.json());
    }

    @Test
    void aLaneThatWasMadeIsMadeAgainInTheAnswerAlone() {
        Answer first = control.put("/v1/lanes/f-9", "{\"description\":\"one\"}", KEY, "k1");
        assertThat(first.status()).isEqualTo(201);
        control.put("/v1/lanes/f-9", "{\"description\":\"two\"}");

        same(first, control.put("/v1/lanes/f-9", "{\"description\":\"one\"}", KEY, "k1"));

        assertThat(control.get("/v1/lanes/f-9").json().getString("description")).isEqualTo("two");
    }

    @Test
    void aLaneThatWasDeletedSinceIsAnsweredAsItWas() {
        Answer first = control.put("/v1/lanes/f-9", "{}", KEY, "k1");
        Answer gone = control.delete("/v1/lanes/f-9", KEY, "k2");
        same(first, control.put("/v1/lanes/f-9", "{}", KEY, "k1"));
        same(gone, control.delete("/v1/lanes/f-9", KEY, "k2"));
        assertThat(control.get("/v1/lanes/f-9").status()).isEqualTo(404);
    }

    @Test
    void whatChangedNothingIsSaidToHaveChangedNothing() {
        control.put("/v1/lanes/f-9", "{}");
        Answer first = control.put("/v1/lanes/f-9", "{}", KEY, "k1");
        assertThat(first.json().getBoolean("changed")).isFalse();
        control.delete("/v1/lanes/f-9");
        same(first, control.put("/v1/lanes/f-9", "{}", KEY, "k1"));
    }

    @Test
    void aPlanIsAnsweredAsItStoodThen() {
        String plan = "{\"lane\":\"G0\",\"steps\":[{\"share\":\"5%\",\"pause\":\"1h\"}]}";
        Answer first = control.put("/v1/shifts/default/plan", plan, KEY, "k1");
        assertThat(first.status()).isEqualTo(200);
        assertThat(control.post("/v1/shifts/default/plan/pause", "").status()).isEqualTo(200);
        same(first, control.put("/v1/shifts/default/plan", plan, KEY, "k1"));
    }

    @Test
    void theWholeTableIsAnsweredAsItWas() {
        Answer first = control.put("/v1/table", "{\"lanes\":[{\"name\":\"f-1\"}]}", KEY, "k1");
        control.put("/v1/lanes/f-2", "{}");
        same(first, control.put("/v1/table", "{\"lanes\":[{\"name\":\"f-1\"}]}", KEY, "k1"));
    }
}
