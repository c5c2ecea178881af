package io.laneway.control.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestClock;
import io.laneway.control.TestControl;
import io.laneway.control.TestControl.Answer;
import io.laneway.control.TestWatch;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.database.StoreConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays by the API; gateways are fakes on real sockets. */
class ReplaysIT {

    private static final String TABLE =
            "{\"lanes\": [{\"name\": \"f-1\"}, {\"name\": \"s-1\", \"mode\": \"strict\"}], \"recordings\": [{\"name\":"
                    + " \"orders\", \"until\": \"2030-01-01T00:00:00Z\", \"redact\": {\"json\": [\"$..iban\"]}}]}";
    private static final String WISH =
            "{\"recording\": \"orders\", \"gateway\": \"gw-1\", \"lane\": \"f-1\", \"against\": \"master\"}";
    private static final String REPORT =
            "{\"form\": \"laneway-diff\", \"version\": 1, \"requests\": 7, \"uncompared\": 0, \"differs\": true,"
                    + " \"endpoints\": [{\"endpoint\": \"GET /\", \"requests\": 7}], \"findings\": [{\"level\":"
                    + " \"differs\", \"endpoint\": \"GET /\", \"path\": \"body.a\", \"facet\": \"value\", \"what\": \"is"
                    + " 2\", \"requests\": 7, \"lane\": 7, \"base\": 0, \"p\": 0.001, \"odd\": 1, \"examples\":"
                    + " [{\"request\": \"r-1\", \"curl\": \"curl x\", \"base1\": \"1\", \"base2\": \"1\", \"lane\":"
                    + " \"2\"}]}]}";

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private TestControl control(ControlConfig config) {
        TestControl control = TestControl.start(config);
        open.add(control);
        control.put("/v1/table", TABLE);
        return control;
    }

    private TestControl control() {
        return control(ControlConfig.in(directory, 0).with(clock));
    }

    private TestWatch gateway(String id, TestControl control, String... token) {
        TestWatch watch = TestWatch.open(control.api().url() + "/v1/table/watch?from=1&gateway=" + id, token);
        open.add(watch);
        String report = "{\"version\": \"1\", \"started\": \"1\", \"questions\": [\"replay\"]}";
        assertThat(control.post("/v1/gateways/" + id + "/report", report, token).status())
                .isEqualTo(200);
        return watch;
    }

    private static void knows(String id, TestControl control, String kinds) {
        String report = "{\"version\": \"1\", \"started\": \"1\", \"questions\": [" + kinds + "]}";
        assertThat(control.post("/v1/gateways/" + id + "/report", report).status())
                .isEqualTo(200);
    }

    private static JsonObject order(TestWatch watch) {
        return order(watch, "replay");
    }

    private static JsonObject order(TestWatch watch, String kind) {
        TestWatch.Event event = watch.next();
        while (!event.name().equals("question")) {
            event = watch.next();
        }
        assertThat(event.data().getString("kind")).isEqualTo(kind);
        return event.data();
    }

    private static Answer said(TestControl to, String gateway, String id, String run, String state, String more) {
        return to.post(
                "/v1/gateways/" + gateway + "/replays/" + id,
                "{\"run\": \"" + run + "\", \"state\": \"" + state + "\", \"planned\": 9, \"responded\": 7" + more
                        + "}");
    }

    private static Answer said(TestControl to, String id, String run, String state) {
        return said(to, "gw-1", id, run, state, "");
    }

    @Test
    void theGatewayIsToldOverItsWatchAndSaysWhatCameOfIt() {
        TestControl control = control();
        TestWatch gateway = gateway("gw-1", control);
        Answer begun = control.post("/v1/replays", WISH, "X-Reason", "the new cart");
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        String id = begun.json().getString("id");
        assertThat(begun.header("location")).hasValue("/v1/replays/" + id);
        assertThat(begun.json().getString("state")).isEqualTo("waiting");

        JsonObject order = order(gateway);
        assertThat(order.getString("id")).isEqualTo(id);
        assertThat(order.getJsonObject("filter").getString("gateway")).isEqualTo("gw-1");
        assertThat(order.getJsonObject("filter").getJsonObject("redact").getJsonArray("json"))
                .containsExactly("$..iban");
        assertThat(said(control, id, "p1", "running").json().getString("state")).isEqualTo("running");
        assertThat(said(control, id, "p2", "running").status())
                .as("another process of the gateway")
                .isEqualTo(409);
        assertThat(said(control, "gw-2", id, "p1", "running", "").status()).isEqualTo(404);
        assertThat(control.get("/v1/replays/" + id)
                        .json()
                        .getJsonObject("progress")
                        .getInteger("responded"))
                .isEqualTo(7);

        Answer ended = said(control, "gw-1", id, "p1", "done", ", \"served\": \"lane f-1\", \"report\": " + REPORT);
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(said(control, id, "p1", "done").status()).as("said again").isEqualTo(200);
        assertThat(said(control, id, "p1", "running").status()).isEqualTo(409);
        JsonObject whole = control.get("/v1/replays/" + id).json();
        assertThat(whole.getString("state")).isEqualTo("done");
        JsonObject finding =
                whole.getJsonObject("report").getJsonArray("findings").getJsonObject(0);
        assertThat(finding.getJsonArray("examples")).hasSize(1);
        assertThat(finding.containsKey("odd")).as("what it does not know").isFalse();
        JsonObject listed = control.get("/v1/replays?state=done&q=ORD")
                .json()
                .getJsonArray("replays")
                .getJsonObject(0);
        assertThat(listed.getString("why")).isEqualTo("the new cart");
        assertThat(listed.containsKey("report")).isFalse();
        assertThat(control.get("/v1/replays?state=failed").json().getJsonArray("replays"))
                .isEmpty();
        assertThat(control.get("/v1/audit")
                        .json()
                        .getJsonArray("audit")
                        .getJsonObject(0)
                        .getString("detail"))
                .isEqualTo("recording orders into lane f-1 against master by gateway gw-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                           | "pointer":"/recording","detail":"missing
        {"recording": "a", "lane": "f-9"}                            | lane: f-9 (expected: a lane of the table)
        {"recording": "a", "lane": "f-1", "against": "f-1"}          | against: f-1 (expected: another lane
        {"recording": "a", "lane": "f-1", "unsafe": true}            | unsafe: lane f-1 is not strict
        {"recording": "a", "lane": "f-1", "rate": "fast"}            | rate: 'fast' (expected: 1x, 4x or 200/s)
        {"recording": "a", "lane": "f-1", "rate": "0x"}              | rate: '0x'
        {"recording": "a", "lane": "f-1", "to": "http://u:p@h"}      | to: http://u:p@h (expected: a URL
        {"recording": "a", "lane": "f-1", "to": "http://h", "listener": "x"} | listener: x (expected: either
        {"recording": "a", "lane": "f-1", "safe": ["GET"]}           | safe: GET (expected: at most 100 methods
        {"recording": "a", "lane": "f-1", "within": "25h"}           | within: 25h
        {"recording": "a", "lane": "f-1", "inFlight": 1000}          | inFlight
        {"recording": "a", "lane": "f-1", "rules": {}}               | rules: without against (expected: against as well, or values
        {"recording": "a", "lane": "f-1", "descriptors": "CgA="}     | descriptors: without against
        {"recording": "a", "lane": "f-1", "against": "master", "descriptors": "a b"} | descriptors: 3 characters
        {"recording": "a", "lane": "f-1", "against": "master", "rules": {"ignore": [{}]}} | "pointer":"/rules/ignore/0/path"
        {"recording": "a", "lane": "f-1", "against": "master", "rules": {"ignored": []}} | "pointer":"/rules/ignored"
        {"recording": "a", "lane": "f-1", "against": "master", "rules": {}} | gateway: missing (expected: a gateway
        {"recording": "a", "lane": "f-1", "gateway": "gw-9"}         | gateway: gw-9 (expected: one of gw-1, gw-2)
        {"recording": "a", "lane": "f-1"}                            | gateway: missing (expected: one of gw-1, gw-2)
        """)
    void whatCannotBeDoneIsRefusedAndSaysWhy(String body, String why) {
        TestControl control = control();
        gateway("gw-1", control);
        gateway("gw-2", control);
        Answer refused = control.post("/v1/replays", body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains(why);
        assertThat(control.get("/v1/replays").json().getJsonArray("replays")).isEmpty();
    }

    /** A gateway that does not know them would report what is no difference. */
    @Test
    void rulesAndDescriptorsGoToGatewaysThatKnowThem() {
        TestControl control = control();
        TestWatch old = gateway("gw-1", control);
        String rules = "\"rules\": {\"ignore\": [{\"path\": \"body.a\"}], \"tolerances\": [{\"path\": \"body.p\","
                + " \"number\": 0.5}], \"lists\": [{\"path\": \"body.l\", \"key\": \"sku\"}]}";
        String wish = WISH.replace("}", ", " + rules + "}");
        assertThat(control.post("/v1/replays", wish).body())
                .contains("gateway: gw-1 (expected: a gateway that is connected, has a data directory, and takes"
                        + " replay-rules; there is none)");
        knows("gw-1", control, "\"replay\", \"replay-rules\"");
        assertThat(control.post("/v1/replays", WISH.replace("}", ", \"descriptors\": \"CgA=\"}"))
                        .body())
                .contains("and takes replay-messages; there is none");

        JsonObject dry = control.post("/v1/replays?dryRun=true", wish).json();
        assertThat(dry.getJsonObject("rules").getJsonArray("ignore")).hasSize(1);
        String id = control.post("/v1/replays", wish).json().getString("id");
        JsonObject order = order(old, "replay-rules").getJsonObject("filter");
        assertThat(order.getJsonObject("rules").getJsonArray("tolerances").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"path\": \"body.p\", \"number\": \"0.5\"}"));
        assertThat(control.get("/v1/replays/" + id).json().getJsonObject("rules"))
                .isEqualTo(order.getJsonObject("rules"));
        assertThat(control.get("/v1/replays").body()).doesNotContain("rules");
        said(control, "gw-1", id, "p1", "done", ", \"note\": \"as bytes\"");
        assertThat(control.get("/v1/replays/" + id)
                        .json()
                        .getJsonObject("progress")
                        .getString("note"))
                .isEqualTo("as bytes");

        knows("gw-1", control, "\"replay-messages\", \"replay-rules\"");
        String both = wish.replaceFirst("\\{", "{\"descriptors\": \"CgA=\", ");
        String next = control.post("/v1/replays", both).json().getString("id");
        JsonObject filter = order(old, "replay-messages").getJsonObject("filter");
        assertThat(filter.getString("descriptors")).isEqualTo("CgA=");
        assertThat(filter.getJsonObject("rules")).isEqualTo(order.getJsonObject("rules"));
        assertThat(control.get("/v1/replays/" + next).body()).doesNotContain("CgA=");
    }

    @Test
    void rulesAndDescriptorsHaveABound() {
        TestControl control = control();
        gateway("gw-1", control);
        String long1000 = "{\"path\": \"" + "a".repeat(1000) + "\"}";
        String rules = "{\"ignore\": [" + String.join(",", Collections.nCopies(140, long1000)) + "]}";
        assertThat(control.post("/v1/replays", WISH.replace("}", ", \"rules\": " + rules + "}"))
                        .body())
                .contains("rules: more than 131072 characters");
        String large = "A".repeat((512 << 10) + 4);
        assertThat(control.post("/v1/replays", WISH.replace("}", ", \"descriptors\": \"" + large + "\"}"))
                        .body())
                .contains("descriptors: 524292 characters (expected: at most 524288 of Base64");
    }

    @Test
    void aDryRunStartsNothingAndAKeyStartsOne() {
        TestControl control = control();
        Answer none = control.post("/v1/replays", WISH);
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.body()).contains("gateway: gw-1 (expected: a gateway that is connected, has a data directory");
        gateway("gw-1", control);
        Answer dry = control.post("/v1/replays?dryRun=true", WISH.replace("\"gateway\": \"gw-1\", ", ""));
        assertThat(dry.json().getString("gateway")).isEqualTo("gw-1");
        assertThat(control.get("/v1/replays").json().getJsonArray("replays")).isEmpty();

        String id =
                control.post("/v1/replays", WISH, "Idempotency-Key", "k").json().getString("id");
        assertThat(control.post("/v1/replays", WISH, "Idempotency-Key", "k")
                        .json()
                        .getString("id"))
                .isEqualTo(id);
        assertThat(control.post("/v1/replays", WISH.replace("f-1", "s-1"), "Idempotency-Key", "k")
                        .status())
                .isEqualTo(409);
        assertThat(control.post("/v1/replays", WISH).body()).contains("gateway gw-1 has a replay");
    }

    @Test
    void oneThatWaitsIsAbortedAtOnceAndNeverBegun() {
        TestControl control = control();
        TestWatch gateway = gateway("gw-1", control);
        String id = control.post("/v1/replays", WISH).json().getString("id");
        order(gateway);
        Answer aborted = control.delete("/v1/replays/" + id);
        assertThat(aborted.status()).isEqualTo(200);
        assertThat(aborted.json().getString("state")).isEqualTo("aborted");
        assertThat(said(control, id, "p1", "running").status()).isEqualTo(409);

        String next = control.post("/v1/replays", WISH).json().getString("id");
        assertThat(order(gateway).getString("id")).isEqualTo(next);
        said(control, next, "p1", "running");
        assertThat(control.delete("/v1/replays/" + next).status()).isEqualTo(202);
        assertThat(said(control, next, "p1", "running").json().getString("state"))
                .isEqualTo("aborting");
        assertThat(said(control, next, "p1", "aborted").json().getString("state"))
                .isEqualTo("aborted");
        assertThat(control.get("/v1/audit?action=abort").json().getJsonArray("audit"))
                .hasSize(2);
    }

    @Test
    void gatewaysThatDoNotBeginOrFallSilentFailTheirs() {
        TestControl control = control();
        gateway("gw-1", control);
        String waiting = control.post("/v1/replays", WISH).json().getString("id");
        clock.pass(Duration.ofSeconds(31));
        await().until(() -> control.get("/v1/replays/" + waiting).json().containsKey("ended"));
        assertThat(control.get("/v1/replays/" + waiting).json().getString("problem"))
                .startsWith("gateway gw-1 did not begin within 30 s");
        assertThat(said(control, waiting, "p1", "running").status()).isEqualTo(409);

        String silent = control.post("/v1/replays", WISH).json().getString("id");
        said(control, silent, "p1", "running");
        clock.pass(Duration.ofSeconds(61));
        await().until(() -> control.get("/v1/replays/" + silent).json().containsKey("ended"));
        assertThat(control.get("/v1/replays/" + silent).json().getString("problem"))
                .startsWith("gateway gw-1 has said nothing since ");
        assertThat(said(control, silent, "p1", "running").status())
                .as("one that comes back ends it")
                .isEqualTo(409);
    }

    @Test
    void anotherProcessOfTheStoreHandsOutWhatWaitsAndWaitsForWhatRuns() {
        TestControl first = control();
        gateway("gw-1", first);
        gateway("gw-2", first);
        String running = first.post("/v1/replays", WISH).json().getString("id");
        said(first, running, "p1", "running");
        String waiting =
                first.post("/v1/replays", WISH.replace("gw-1", "gw-2")).json().getString("id");
        first.close();
        open.remove(first);
        clock.pass(Duration.ofSeconds(29));

        TestControl second = control();
        TestWatch gateway = gateway("gw-2", second);
        assertThat(order(gateway).getString("id")).as("the one that waits").isEqualTo(waiting);
        clock.pass(Duration.ofSeconds(59));
        assertThat(said(second, running, "p1", "running").status()).isEqualTo(200);
    }

    @Test
    void replicasShareThem() {
        StoreConfig.Postgres store = Postgres.fresh();
        TestControl one = control(ControlConfig.in(directory, 0).with(store));
        TestControl two = control(ControlConfig.in(directory, 0).with(store));
        TestWatch gateway = gateway("gw-1", two);
        String id = one.post("/v1/replays", WISH).json().getString("id");
        assertThat(order(gateway).getString("id")).isEqualTo(id);
        assertThat(said(two, id, "p1", "running").status()).isEqualTo(200);
        assertThat(one.get("/v1/replays/" + id).json().getString("state")).isEqualTo("running");
        assertThat(one.delete("/v1/replays/" + id).status()).isEqualTo(202);
        assertThat(said(two, id, "p1", "running").json().getString("state")).isEqualTo("aborting");
        TestWatch late = gateway("gw-1", two);
        assertThat(said(two, "gw-1", id, "p1", "aborted", ", \"report\": " + REPORT)
                        .status())
                .isEqualTo(200);
        assertThat(one.get("/v1/replays/" + id).json().getJsonObject("report").getBoolean("differs"))
                .isTrue();
        assertThat(late.quiet()).as("it is handed out no more").isTrue();
    }

    @Test
    void releasersOfTheLaneStartThemViewersSeeNoExamplesGatewaysSpeakForThemselves() {
        TestControl control = control();
        String admin = token(control, "", "\"role\": \"admin\"");
        String releaser = token(control, admin, "\"role\": \"releaser\", \"lanes\": \"f-*\"");
        String other = token(control, admin, "\"role\": \"releaser\", \"lanes\": \"g-*\"");
        String viewer = token(control, admin, "\"role\": \"viewer\"");
        String gateway = token(control, admin, "\"role\": \"gateway\", \"gateways\": \"gw-1\"");
        gateway("gw-1", control, "Authorization", gateway);

        assertThat(control.post("/v1/replays", WISH, "Authorization", viewer).status())
                .isEqualTo(403);
        assertThat(control.post("/v1/replays", WISH, "Authorization", other).status())
                .isEqualTo(403);
        Answer begun = control.post("/v1/replays", WISH, "Authorization", releaser);
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        String path = "/v1/replays/" + begun.json().getString("id");
        String said = "{\"run\": \"p\", \"state\": \"done\", \"report\": " + REPORT + "}";
        assertThat(control.post("/v1/gateways/gw-1" + path.substring(3), said, "Authorization", releaser)
                        .status())
                .isEqualTo(403);
        assertThat(control.delete(path, "Authorization", other).status()).isEqualTo(403);
        assertThat(control.post("/v1/gateways/gw-1" + path.substring(3), said, "Authorization", gateway)
                        .status())
                .isEqualTo(200);
        assertThat(control.get(path, "Authorization", viewer).body())
                .contains("body.a")
                .doesNotContain("curl x");
        assertThat(control.get(path, "Authorization", releaser).body()).contains("curl x");
    }

    private static String token(TestControl control, String admin, String role) {
        String body = "{\"subject\": \"t\", " + role + "}";
        Answer made = admin.isEmpty()
                ? control.post("/v1/tokens", body)
                : control.post("/v1/tokens", body, "Authorization", admin);
        return "Bearer " + made.json().getString("token");
    }

    @Test
    void reportsHaveABoundAndAFormAndTheEldestOfThoseThatEndedGo() {
        TestControl control = control();
        gateway("gw-1", control);
        String id = control.post("/v1/replays", WISH).json().getString("id");
        assertThat(said(control, "gw-1", id, "p1", "done", ", \"report\": {\"form\": \"other\"}")
                        .status())
                .isEqualTo(422);
        String large = REPORT.replace("is 2", "x".repeat(600_000));
        assertThat(said(control, "gw-1", id, "p1", "done", ", \"report\": " + large)
                        .status())
                .isEqualTo(413);
        assertThat(said(control, id, "p1", "failed").status()).isEqualTo(200);
        for (int i = 0; i < 55; i++) {
            clock.pass(Duration.ofMillis(5));
            said(control, control.post("/v1/replays", WISH).json().getString("id"), "p1", "done");
        }
        JsonArray kept = control.get("/v1/replays").json().getJsonArray("replays");
        assertThat(kept).hasSize(50);
        assertThat(control.get("/v1/replays/" + id).status()).isEqualTo(404);
    }
}
