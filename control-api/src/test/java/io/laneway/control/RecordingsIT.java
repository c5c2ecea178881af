package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestControl.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings by the API: when they begin and end, which there are, and what is said of them. */
@TestInstance(Lifecycle.PER_CLASS)
class RecordingsIT {

    private static final String RECORDING = "/v1/recordings/orders";
    private static final String HOUR = "{\"service\": \"order\", \"until\": \"1h\"}";

    private final TestClock clock = new TestClock();
    private TestControl control;

    @BeforeAll
    void start(@TempDir Path directory) {
        control = TestControl.start(ControlConfig.in(directory, 0).with(clock));
        control.put(
                "/v1/table",
                "{\"lanes\": [{\"name\": \"f-1\"}], \"services\": [{\"name\": \"order\", \"deployments\":"
                        + " [{\"lane\": \"master\", \"endpoints\": [\"127.0.0.1:9001\"]}]}]}");
    }

    @AfterEach
    void stopAll() {
        names("").forEach(name -> control.delete("/v1/recordings/" + name));
    }

    @AfterAll
    void stop() {
        control.close();
    }

    private Instant time(String key) {
        return Instant.parse(control.get(RECORDING).json().getString(key));
    }

    private List<String> names(String query) {
        return control.get("/v1/recordings" + query).json().getJsonArray("recordings").stream()
                .map(one -> ((JsonObject) one).getString("name"))
                .toList();
    }

    private List<String> rules() {
        JsonArray findings = control.get("/v1/lint").json().getJsonArray("findings");
        return findings.stream()
                .map(one -> (JsonObject) one)
                .filter(one -> one.getString("subject").startsWith("recording "))
                .map(one -> one.getString("rule"))
                .toList();
    }

    @Test
    void beginsNowAndEndsAfterItsTime() {
        Instant now = clock.instant();

        Answer made = control.put(RECORDING, HOUR, "X-Reason", "to replay them");

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(time("from")).isEqualTo(now);
        assertThat(time("until")).isEqualTo(now.plus(Duration.ofHours(1)));
        JsonObject last = control.get("/v1/revisions?limit=1")
                .json()
                .getJsonArray("revisions")
                .getJsonObject(0);
        assertThat(last.getString("subject")).isEqualTo("recording orders");
        assertThat(last.getString("why")).isEqualTo("to replay them");
    }

    @Test
    void aRecordingThatRunsIsChangedAndOneThatEndedBeginsAgain() {
        Instant begun = clock.instant();
        control.put(RECORDING, HOUR);
        clock.pass(Duration.ofMinutes(30));

        JsonObject read = control.get(RECORDING).json();
        assertThat(read.getString("state")).isEqualTo("running");
        assertThat(control.put(RECORDING, read.encode()).json().getBoolean("changed"))
                .as("what is read can be put back")
                .isFalse();
        control.put(RECORDING, HOUR);
        assertThat(time("from")).isEqualTo(begun);
        assertThat(time("until")).isEqualTo(clock.instant().plus(Duration.ofHours(1)));

        clock.pass(Duration.ofHours(1));
        assertThat(control.get(RECORDING).json().getString("state")).isEqualTo("ended");
        control.put(RECORDING, HOUR);
        assertThat(time("from")).isEqualTo(clock.instant());
    }

    @Test
    void aConditionAndADryRunAreTakenAsOfOtherObjects() {
        assertThat(control.put(RECORDING + "?dryRun=true", HOUR).json().getJsonArray("summary"))
                .containsExactly("recording orders: added");
        assertThat(control.get(RECORDING).status()).isEqualTo(404);
        String tag = control.put(RECORDING, HOUR).etag();
        control.put(RECORDING, "{\"until\": \"2h\"}");

        assertThat(control.put(RECORDING, HOUR, "If-Match", tag).status()).isEqualTo(412);
        assertThat(control.delete(RECORDING, "If-Match", tag).status()).isEqualTo(412);
        assertThat(control.delete(RECORDING, "If-Match", control.get(RECORDING).etag())
                        .status())
                .isEqualTo(200);
        assertThat(control.delete(RECORDING).status()).isEqualTo(404);
    }

    @Test
    void areListedInPagesByWhatTheyAre() {
        control.put("/v1/recordings/a", "{\"until\": \"1s\"}");
        clock.pass(Duration.ofSeconds(1));
        control.put("/v1/recordings/b", HOUR);
        control.put("/v1/recordings/c", "{\"until\": \"1h\", \"path\": \"/Pay\"}");

        assertThat(names("")).containsExactly("a", "b", "c");
        assertThat(names("?state=running")).containsExactly("b", "c");
        assertThat(names("?state=ended")).containsExactly("a");
        assertThat(names("?q=pay")).containsExactly("c");
        assertThat(names("?limit=1&after=a")).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'until': 'soon'} | until",
                "{'until': '0s'} | until",
                "{'until': '2020-01-01T00:00:00Z'} | until",
                "{} | until",
                "{'until': '1h', 'bodies': '2MiB'} | bodies",
                "{'until': '1h', 'redact': {'json': ['$..']}} | json",
                "{'until': '1h', 'share': '0%'} | share"
            })
    void refusesWhatMakesNoSense(String body, String field) {
        Answer refused = control.put(RECORDING, body.replace((char) 39, (char) 34));

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains(field);
        assertThat(names("")).isEmpty();
    }

    @Test
    void noMoreRunAtOnceThanGatewaysCanHold() {
        for (int i = 0; i < 16; i++) {
            assertThat(control.put("/v1/recordings/r" + i, HOUR).status()).isEqualTo(201);
        }
        assertThat(control.put("/v1/recordings/r16", HOUR).status()).isEqualTo(409);
        assertThat(control.put("/v1/recordings/r0", HOUR).status()).isEqualTo(200);

        clock.pass(Duration.ofHours(2));
        assertThat(control.put("/v1/recordings/r16", HOUR).status()).isEqualTo(201);
    }

    @Test
    void aTableWithMoreThanGatewaysTakeIsRefused() {
        JsonArray many = new JsonArray();
        for (int i = 0; i < 17; i++) {
            many.add(new JsonObject().put("name", "r" + i).put("until", "2999-01-01T00:00:00Z"));
        }
        JsonObject table = control.get("/v1/table").json().put("recordings", many);

        Answer refused = control.put("/v1/table", table.encode());

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("at most 16 at once");
        assertThat(names("")).isEmpty();
        many.remove(16);
        assertThat(control.put("/v1/table", table.encode()).status()).isEqualTo(200);
    }

    @Test
    void saysWhatEachGatewayKeptAndDropped() {
        control.put(RECORDING, HOUR);
        report("edge-1", "{'recording': 'orders', 'open': true, 'matched': 12, 'kept': 9, 'dropped': {'behind': 3}}");
        report("edge-2", "{'recording': 'orders', 'matched': 5, 'kept': 1, 'dropped': {'disk': 2, 'behind': 1}}");
        report("edge-3", "{'recording': 'others', 'matched': 5}");

        JsonObject one = control.get(RECORDING).json();

        assertThat(one.getJsonObject("counts"))
                .isEqualTo(json("{'open': true, 'matched': 17, 'kept': 10, 'dropped': {'behind': 4, 'disk': 2}}"));
        assertThat(one.getJsonArray("gateways"))
                .containsExactly(
                        json("{'open': true, 'matched': 12, 'kept': 9, 'dropped': {'behind': 3}, 'gateway': 'edge-1'}"),
                        json("{'open': false, 'matched': 5, 'kept': 1, 'dropped': {'behind': 1, 'disk': 2},"
                                + " 'gateway': 'edge-2'}"));
        assertThat(control.put(RECORDING, one.encode()).status()).isEqualTo(200);
        JsonObject listed =
                control.get("/v1/recordings").json().getJsonArray("recordings").getJsonObject(0);
        assertThat(listed.getJsonObject("counts").getLong("kept")).isEqualTo(10);
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace((char) 39, (char) 34));
    }

    private void report(String gateway, String recording) {
        JsonObject report = new JsonObject()
                .put("started", "a")
                .put("lanes", new JsonArray())
                .put("recordings", new JsonArray().add(json(recording)));
        assertThat(control.post("/v1/gateways/" + gateway + "/report", report.encode())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void lintSaysWhichRunAndWhichMatchNothing() {
        control.put(RECORDING, HOUR);
        assertThat(rules()).containsExactly("recording-runs");
        control.put("/v1/recordings/none", "{\"until\": \"1h\", \"service\": \"absent\"}");
        control.put("/v1/recordings/nowhere", "{\"until\": \"1h\", \"lane\": \"f-9\"}");
        assertThat(rules())
                .containsExactlyInAnyOrder(
                        "recording-runs",
                        "recording-runs",
                        "recording-matches-nothing",
                        "recording-runs",
                        "recording-matches-nothing");
        clock.pass(Duration.ofHours(1));
        assertThat(rules()).isEmpty();
    }

    @Test
    void nothingThatWasStoppedRunsAgainWhenARevisionIsRestored() {
        long running = control.put(RECORDING, HOUR).revision();
        control.delete(RECORDING);
        control.put("/v1/recordings/now", HOUR);

        assertThat(control.post("/v1/revisions/" + running + "/restore", "").status())
                .isEqualTo(200);

        assertThat(names("")).containsExactly("now");
    }
}
