package io.laneway.control.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestControl;
import io.laneway.control.TestControl.Answer;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.QuestionRows.QuestionRow;
import io.laneway.control.store.database.StoreConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gateways keep of one request, asked for at the control API; gateways are fakes on real sockets. */
class RequestsIT {

    private static final String TABLE = "{\"lanes\": [{\"name\": \"f-1\"}]}";
    private static final String KIND = "requests";

    @TempDir
    private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private TestControl control(String name) {
        return control(ControlConfig.in(directory.resolve(name), 0));
    }

    private TestControl control(ControlConfig config) {
        TestControl control = TestControl.start(config);
        open.add(control);
        control.put("/v1/table", TABLE);
        return control;
    }

    private FakeGateway gateway(String id, TestControl control, String... kinds) {
        FakeGateway gateway = FakeGateway.start(id, control, kinds);
        open.add(gateway);
        return gateway;
    }

    private static CompletableFuture<Answer> ask(TestControl control, String path) {
        return CompletableFuture.supplyAsync(() -> control.get(path));
    }

    private static JsonObject record(int hop, String start) {
        return new JsonObject().put("hop", hop).put("start_time", start).put("x_request_id", "r-1");
    }

    private static List<String> gateways(JsonArray all) {
        return all.stream().map(one -> ((JsonObject) one).getString("gateway")).toList();
    }

    private static Map<String, String> missing(Answer answer) {
        return answer.json().getJsonArray("missing").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(one -> one.getString("gateway"), one -> one.getString("why")));
    }

    @Test
    void theStoryIsWhatAllGatewaysKeepInTheOrderOfTheHopsWhateverTheirClocksSay() {
        TestControl control = control("a");
        FakeGateway edge = gateway("edge", control, KIND);
        FakeGateway inner = gateway("inner", control, KIND);
        FakeGateway other = gateway("other", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/r-1?timeout=30s");

        JsonObject question = edge.question();
        assertThat(question.getString("kind")).isEqualTo(KIND);
        assertThat(question.getJsonObject("filter")).isEqualTo(new JsonObject().put("request", "r-1"));
        assertThat(inner.answer(
                                inner.question(),
                                record(2, "2026-12-01T08:00:00.000Z"),
                                record(4, "2026-12-01T08:00:00.100Z"))
                        .status())
                .isEqualTo(204);
        other.answer(other.question());
        edge.answer(question, record(1, "2026-12-01T08:00:07.000Z"), record(3, "2026-12-01T08:00:07.100Z"));

        Answer answer = asked.join();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(gateways(answer.json().getJsonArray("hops"))).containsExactly("edge", "inner", "edge", "inner");
        assertThat(answer.json().getJsonArray("asked")).containsExactlyInAnyOrder("edge", "inner", "other");
        assertThat(missing(answer)).isEmpty();
        await().until(() -> control.api().store().questions().size() == 0);
    }

    @Test
    void theStorySaysWhoFailedFirst() {
        TestControl control = control("a");
        FakeGateway edge = gateway("edge", control, KIND);
        FakeGateway inner = gateway("inner", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/r-1?timeout=30s");

        inner.answer(
                inner.question(),
                ended(2, "2026-12-01T08:00:00.010Z", 500, 60)
                        .put("service", "stock")
                        .put("lane", "f-1"),
                ended(3, "2026-12-01T08:00:00.020Z", 200, 10).put("service", "depot"));
        edge.answer(edge.question(), ended(1, "2026-12-01T08:00:00Z", 502, 90).put("service", "cart"));

        Answer answer = asked.join();
        assertThat(gateways(answer.json().getJsonArray("hops"))).containsExactly("edge", "inner", "inner");
        assertThat(answer.json().getJsonObject("failed"))
                .isEqualTo(new JsonObject()
                        .put("hop", 1)
                        .put("who", "service")
                        .put("name", "stock")
                        .put("why", "stock (lane f-1) responded 500"));
    }

    private static JsonObject ended(int hop, String start, int status, int millis) {
        return record(hop, start)
                .put("response_code", status)
                .put("duration", millis)
                .put("response_flags", "-");
    }

    @Test
    void whereNothingFailedTheStoryDoesNotSayWhoDid() {
        TestControl control = control("a");
        FakeGateway edge = gateway("edge", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/r-1?timeout=30s");
        edge.answer(edge.question(), ended(1, "2026-12-01T08:00:00Z", 200, 90));

        assertThat(asked.join().json().containsKey("failed")).isFalse();
    }

    @Test
    void anOlderGatewayIsNamedAtOnceAndOneThatIsSilentWhenTheTimeIsOver() {
        TestControl control = control("a");
        gateway("old", control);
        Answer alone = control.get("/v1/requests/r-1?timeout=30s");
        assertThat(alone.status()).isEqualTo(404);
        assertThat(missing(alone)).containsExactly(Map.entry("old", "does not know such questions (version 0.9)"));

        FakeGateway silent = gateway("silent", control, KIND);
        FakeGateway knows = gateway("knows", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/r-1?timeout=700ms");
        knows.answer(knows.question(), record(1, "2026-12-01T08:00:00.000Z"));

        assertThat(missing(asked.join()))
                .containsEntry("silent", "did not respond within 700 ms")
                .containsKey("old")
                .hasSize(2);
        assertThat(silent.answer(silent.question()).status()).as("too late").isEqualTo(404);
    }

    @Test
    void withoutAnyGatewayThatKnowsItTheResponseIsAProblemThatNamesThoseAsked() {
        TestControl control = control("a");
        FakeGateway gateway = gateway("gw", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/0af7651916cd43dd8448eb211c80319c");
        JsonObject question = gateway.question();
        assertThat(question.getJsonObject("filter").getString("trace")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        gateway.answer(question);

        Answer answer = asked.join();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).hasValue("application/problem+json");
        assertThat(answer.json().getJsonArray("asked")).containsExactly("gw");
        assertThat(control.get("/v1/requests?trace=xyz").status()).isEqualTo(400);
        assertThat(control.get("/v1/requests/r-1?timeout=31s").status()).isEqualTo(400);
    }

    /** Gateways keep an id as its client made it. */
    @Test
    void idsThatGatewaysKeepCanBeAskedFor() {
        TestControl control = control("a");
        FakeGateway gateway = gateway("gw", control, KIND);
        for (String id : List.of("two words", "x".repeat(1000), "gr\u00fcn/1?a=b&c", "50%")) {
            String path = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
            CompletableFuture<Answer> asked = ask(control, "/v1/requests/" + path + "?timeout=30s");
            JsonObject question = gateway.question();
            assertThat(question.getJsonObject("filter").getString("request")).isEqualTo(id);
            gateway.answer(question, record(1, "2026-12-01T08:00:00.000Z"));
            assertThat(asked.join().status()).as(id).isEqualTo(200);
        }
        assertThat(control.get("/v1/requests/a%0Ab").status()).isEqualTo(400);
    }

    @Test
    void anAnswerThatIsTooLargeIsRefusedWhileItIsReadAndItsGatewayNamed() {
        TestControl control = control("a");
        FakeGateway gateway = gateway("gw", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/r-1?timeout=30s");

        try (FakeGateway.Lines endless = gateway.lines(control.api().url(), gateway.question())) {
            String chunk = "x".repeat(16 << 10);
            for (int sent = 0; sent < 64 && endless.send(chunk); sent++) {
                assertThat(sent).isLessThan(64);
            }
            assertThat(missing(asked.join())).containsEntry("gw", "its answer is larger than 262144 bytes");
            assertThat(endless.response()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void beyondSixtyFourOpenQuestionsOneIsToldToComeAgainAndAnAskerThatLeavesFreesItsPlace() throws IOException {
        TestControl control = control("a");
        gateway("silent", control, KIND);
        List<Socket> askers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            askers.add(asker(control, "/v1/requests/r-" + i + "?timeout=30s"));
        }
        await().until(() -> control.api().store().questions().size() == 64);

        Answer beyond = control.get("/v1/requests/r-1?timeout=30s");
        assertThat(beyond.status()).isEqualTo(429);
        assertThat(beyond.header("retry-after")).hasValue("1");
        assertThat(beyond.json().getString("detail")).contains("64 questions of kind requests are open");

        for (Socket asker : askers) {
            asker.close();
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> control.api().store().questions().size() == 0);
        assertThat(control.get("/v1/requests/r-1?timeout=100ms").status()).isEqualTo(404);
    }

    private static Socket asker(TestControl control, String path) throws IOException {
        URI uri = URI.create(control.api().url());
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @Test
    void aThousandQuestionsAtOnceGetAnHonestResponseInTimeAndLeaveNothing() throws Exception {
        TestControl control = control("a");
        FakeGateway silent = gateway("silent", control, KIND);
        ExecutorService askers = Executors.newFixedThreadPool(100);
        List<CompletableFuture<Answer>> asked = IntStream.range(0, 1_000)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> control.get("/v1/requests/r-" + i + "?timeout=500ms"), askers))
                .toList();

        for (CompletableFuture<Answer> one : asked) {
            Answer answer = one.get();
            assertThat(answer.status()).as(answer.body()).isIn(404, 429);
            if (answer.status() == 404) {
                assertThat(missing(answer)).containsOnlyKeys("silent");
            }
        }
        askers.shutdown();
        await().until(() -> control.api().store().questions().size() == 0);
        assertThat(silent.answer(silent.question()).status()).isEqualTo(404);
    }

    @Test
    void tenantsAreShownToReleasersAlone() {
        TestControl control = control("a");
        String admin = token(control, "", "admin", "");
        String viewer = token(control, admin, "viewer", "");
        String releaser = token(control, admin, "releaser", "");
        String mine = token(control, admin, "gateway", "gw");
        String others = token(control, admin, "gateway", "gw-2");
        FakeGateway gateway = FakeGateway.start("gw", control, List.of("Authorization", "Bearer " + mine), KIND);
        open.add(gateway);
        JsonObject record = record(1, "2026-12-01T08:00:00.000Z")
                .put("tenant", "acme & co")
                .put("path", "/order?tenant=Acme+%26%20co&x=acmeandco")
                .put("service", "acme");

        assertThat(hop(control, gateway, viewer, record, mine, others))
                .isEqualTo(record.copy()
                        .put("gateway", "gw")
                        .put("tenant", "(hidden)")
                        .put("path", "/order?tenant=(hidden)&x=acmeandco"));
        assertThat(hop(control, gateway, releaser, record, mine, others))
                .isEqualTo(record.copy().put("gateway", "gw"));
    }

    @Test
    void aNameThatOneHopKnowsIsHiddenAtAllHops() {
        TestControl control = control("a");
        String admin = token(control, "", "admin", "");
        String viewer = token(control, admin, "viewer", "");
        String mine = token(control, admin, "gateway", "gw");
        FakeGateway gateway = FakeGateway.start("gw", control, List.of("Authorization", "Bearer " + mine), KIND);
        open.add(gateway);
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(
                () -> control.get("/v1/requests/r-1?timeout=30s", "Authorization", "Bearer " + viewer));
        JsonArray records = new JsonArray()
                .add(record(1, "2026-12-01T08:00:00.000Z").putNull("tenant").put("path", "/users/secretco"))
                .add(record(2, "2026-12-01T08:00:00.001Z")
                        .put("tenant", "secretco")
                        .put("path", "/o"));
        control.post(
                "/v1/gateways/gw/answers/" + gateway.question().getString("id"),
                new JsonObject().put("records", records).encode(),
                "Authorization",
                "Bearer " + mine);

        Answer answer = asked.join();
        assertThat(answer.json().getJsonArray("hops").getJsonObject(0).getString("path"))
                .isEqualTo("/users/(hidden)");
        assertThat(answer.body()).doesNotContain("secretco");
    }

    @Test
    void aGatewayThatWasNotAskedIsRefusedAndItsAnswerShownToNobody() {
        TestControl control = control("a");
        FakeGateway gateway = gateway("gw", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/r-1?timeout=30s");
        JsonObject question = gateway.question();
        String forged = new JsonObject()
                .put("records", new JsonArray().add(record(1, "2026-12-01T08:00:00.000Z")))
                .encode();

        Answer refused = control.post("/v1/gateways/ghost/answers/" + question.getString("id"), forged);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.json().getString("detail")).contains("gateway ghost", "was not asked");
        gateway.answer(question, record(2, "2026-12-01T08:00:00.000Z"));

        assertThat(gateways(asked.join().json().getJsonArray("hops"))).containsExactly("gw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'service': 7}                      | service (expected: a string)",
                "{'path': ['/a']}                    | path (expected: a string)",
                "{'gateway': {'a': 1}}               | gateway (expected: a string)",
                "{'hop': 'first'}                    | hop (expected: an integer of at least 0)",
                "{'hop': -1}                         | hop (expected: an integer of at least 0)",
                "{'hop': 1.5}                        | hop (expected: an integer of at least 0)",
                "{'tenant': ['acme']}                | tenant (expected: a string)",
                "{'now': {'tenant': 1}}              | now (expected: an object whose tenant is a string)",
                "'text'                              | it is no object (expected: an object)",
                "null                                | it is no object (expected: an object)",
            })
    void aRecordThatIsNotOfTheFormIsLeftOutAndItsGatewayNamed(String record, String why) {
        TestControl control = control("a");
        FakeGateway gateway = gateway("gw", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/r-1?timeout=30s");
        String good = record(1, "2026-12-01T08:00:00.000Z").encode();
        gateway.answer(
                control.api().url(),
                gateway.question(),
                "{\"records\":[" + record.replace('\'', '"') + "," + good + "]}");

        Answer answer = asked.join();
        assertThat(gateways(answer.json().getJsonArray("hops"))).containsExactly("gw");
        assertThat(missing(answer)).containsEntry("gw", "a record of its answer is not of the form: " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"records\":{}}", "[]", "{\"records\":[7]}"})
    void anAnswerWithoutAnyRecordOfTheFormIsNoAnswer(String body) {
        TestControl control = control("a");
        FakeGateway gateway = gateway("gw", control, KIND);
        CompletableFuture<Answer> asked = ask(control, "/v1/requests/r-1?timeout=30s");
        gateway.answer(control.api().url(), gateway.question(), body);

        assertThat(asked.join().status()).isEqualTo(404);
        assertThat(missing(asked.join())).containsOnlyKeys("gw");
    }

    private static String token(TestControl control, String by, String role, String gateways) {
        JsonObject wish = new JsonObject().put("subject", role + gateways).put("role", role);
        if (!gateways.isEmpty()) {
            wish.put("gateways", gateways);
        }
        String[] header = by.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + by};
        return control.post("/v1/tokens", wish.encode(), header).json().getString("token");
    }

    private static JsonObject hop(
            TestControl control, FakeGateway gateway, String asker, JsonObject record, String mine, String others) {
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(
                () -> control.get("/v1/requests/r-1?timeout=30s", "Authorization", "Bearer " + asker));
        String path = "/v1/gateways/gw/answers/" + gateway.question().getString("id");
        String body =
                new JsonObject().put("records", new JsonArray().add(record)).encode();
        for (String wrong : List.of(asker, others)) {
            assertThat(control.post(path, body, "Authorization", "Bearer " + wrong)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(control.post(path, body, "Authorization", "Bearer " + mine).status())
                .isEqualTo(204);
        return asked.join().json().getJsonArray("hops").getJsonObject(0);
    }

    @Test
    void anyReplicaMayBeAskedAndAnyMayCollect() {
        StoreConfig.Postgres store = Postgres.fresh();
        TestControl one = control(ControlConfig.in(directory, 0).with(store));
        TestControl two = control(ControlConfig.in(directory, 0).with(store));
        FakeGateway first = gateway("first", one, KIND);
        FakeGateway second = gateway("second", two, KIND);
        await().until(() ->
                one.get("/v1/gateways").json().getJsonArray("gateways").size() == 2);

        CompletableFuture<Answer> asked = ask(one, "/v1/requests/r-1?timeout=30s");
        String yes = new JsonObject()
                .put("records", new JsonArray().add(record(1, "2026-12-01T08:00:00.000Z")))
                .encode();
        assertThat(first.answer(two.api().url(), first.question(), yes).status())
                .isEqualTo(204);
        JsonObject question = second.question();
        assertThat(second.answer(two.api().url(), question, yes).status()).isEqualTo(204);

        assertThat(gateways(asked.join().json().getJsonArray("hops"))).containsExactlyInAnyOrder("first", "second");
        await().until(() -> two.api().store().questions().size() == 0);
        await().until(() -> second.answer(two.api().url(), question, yes).status() == 404);
    }

    @Test
    void theQuestionsOfAReplicaThatDiedAreOver() {
        StoreConfig.Postgres store = Postgres.fresh();
        TestControl one = control(ControlConfig.in(directory, 0).with(store));
        long now = System.currentTimeMillis();
        one.api().store().questions().put(new QuestionRow("q-1", "gone", KIND, "{}", now + 60_000, now - 59_000));
        assertThat(one.api().store().questions().size()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> one.api().store().questions().size() == 0);
    }
}
