package io.laneway.replay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.json.JsonPath;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.result.ResultWriter;
import io.laneway.replay.result.Side;
import io.laneway.replay.send.Journal;
import io.laneway.replay.send.Methods;
import io.laneway.replay.send.Pace;
import io.laneway.replay.send.Replay;
import io.laneway.replay.send.ReplayOptions;
import io.laneway.replay.send.ReplayPlan;
import io.laneway.replay.send.Stamps;
import io.laneway.replay.text.Glob;
import io.laneway.replay.value.ValueRule;
import io.laneway.replay.value.ValueSource;
import io.laneway.replay.value.ValueTarget;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A shop in which one logs in, orders, and looks at the order: what was recorded is redacted, short, or in metadata of
 * gRPC, so that rules alone know what stands for what.
 */
class ValuesReplayIT {

    private static final Instant THEN = Instant.parse("2026-11-30T01:30:00Z");
    private static final String PSEUDONYM = "lwp_0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger orders = new AtomicInteger(70);
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** The token's rule is needed since the recording has another pseudonym in each place. */
    private static final List<ValueRule> RULES = List.of(
            rule(
                    "POST /login",
                    new ValueSource.Json(JsonPath.parse("$.token")),
                    "* *",
                    true,
                    new ValueTarget.Header("authorization")),
            rule("POST /login", new ValueSource.Cookie("s"), "* *", false, new ValueTarget.Cookie("s")),
            rule(
                    "POST /orders",
                    new ValueSource.Location("/orders/{value}"),
                    "* /orders/*",
                    false,
                    new ValueTarget.Path("/orders/{value}"),
                    new ValueTarget.Path("/orders/{value}/*")),
            rule(
                    "POST /orders",
                    new ValueSource.Json(JsonPath.parse("$.id")),
                    "* /mine*",
                    false,
                    new ValueTarget.Query("order"),
                    new ValueTarget.Json(JsonPath.parse("$.of.order")),
                    new ValueTarget.Form("order")));

    private static ValueRule rule(String from, ValueSource take, String in, boolean always, ValueTarget... put) {
        return new ValueRule(Glob.of(from), take, Glob.of(in), List.of(put), false, always);
    }

    private int shop() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> respond(request, body)))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private void respond(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response().putHeader("x-laneway-lane", request.getHeader("trace-branch"));
        if (request.path().equals("/login")) {
            int session = sessions.incrementAndGet();
            response.putHeader("set-cookie", "s=c" + session + "; Path=/; HttpOnly; Max-Age=60")
                    .putHeader("content-type", "application/json")
                    .end("{\"token\": \"secret-" + session + "\"}");
            return;
        }
        String cookie = String.valueOf(request.getHeader("cookie"));
        String session = cookie.replaceFirst("^a=b; s=\"?c(\\d+)\"?$", "$1");
        if (!("Bearer secret-" + session).equals(request.getHeader("authorization"))) {
            response.setStatusCode(401).end(cookie + " " + request.getHeader("authorization"));
        } else if (request.method().name().equals("POST") && request.path().equals("/orders")) {
            String id = String.valueOf(orders.incrementAndGet());
            owners.put(id, session);
            response.setStatusCode(201)
                    .putHeader("location", "http://" + request.authority() + "/orders/" + id + "?new")
                    .end("{\"id\": " + id + "}");
        } else {
            String id = request.path().startsWith("/orders/")
                    ? request.path().split("/")[2]
                    : request.getParam("order") != null
                            ? request.getParam("order")
                            : body.toString().startsWith("order=")
                                    ? body.toString().substring("order=".length())
                                    : String.valueOf(new JsonObject(body)
                                            .getJsonObject("of")
                                            .getInteger("order"));
            response.setStatusCode(session.equals(owners.get(id)) ? 200 : 404).end(id + " " + request.uri());
        }
    }

    /** Two customers at once, with one session each, and ids of two digits. */
    private static List<RecordedExchange> recorded(String protocol) {
        List<RecordedExchange> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String client = "client-" + i;
            int at = i * 3;
            String id = String.valueOf(17 + i);
            // of a recording that redacts headers as a whole
            List<Field> with = List.of(
                    new Field("authorization", "Bearer " + PSEUDONYM + i),
                    new Field("cookie", "a=b; s=\"lwp" + i + "\""));
            all.add(request(
                    protocol,
                    client,
                    at,
                    "POST",
                    "/login",
                    List.of(),
                    "{}",
                    response(200, "set-cookie", "s=lwp" + i + "; Path=/", "")));
            all.add(request(
                    protocol,
                    client,
                    at + 10,
                    "POST",
                    "/orders",
                    with,
                    "{\"count\": " + id + "}",
                    response(201, "location", "/orders/" + id, "{\"id\": " + id + "}")));
            all.add(request(protocol, client, at + 20, "GET", "/orders/" + id, with, "", response(200, "x", "y", "")));
            all.add(request(protocol, client, at + 30, "GET", "/orders/" + id + "/lines?page=17", with, "", null));
            all.add(request(protocol, client, at + 40, "GET", "/mine?a=17&order=" + id, with, "", null));
            all.add(request(
                    protocol,
                    client,
                    at + 50,
                    "POST",
                    "/mine",
                    with,
                    "{\"n\": 17, \"of\": {\"order\": " + id + "}}",
                    null));
            List<Field> form = new ArrayList<>(with);
            form.add(new Field("content-type", "application/x-www-form-urlencoded"));
            all.add(request(protocol, client, at + 60, "POST", "/mine/form", form, "order=" + id, null));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1", "HTTP/2"})
    void eachCustomerFindsTheOrderThatTheReplayMade(String protocol) throws Exception {
        List<ReplayedRequest> results = replay(recorded(protocol), RULES);
        assertThat(results).hasSize(14);
        for (ReplayedRequest result : results) {
            assertThat(result.of(Side.LANE).response().status())
                    .as("%s %s", result.recorded().request().target(), body(result))
                    .isBetween(200, 201);
        }
        assertThat(results)
                .extracting(ValuesReplayIT::body)
                .as("what is no order stays, though it is the same number")
                .filteredOn(body -> body.matches("(7[12]) /orders/\\1/lines\\?page=17|(7[12]) /mine\\?a=17&order=\\2"))
                .hasSize(4);
    }

    @Test
    void withoutRulesNothingIsFound() throws Exception {
        assertThat(replay(recorded("HTTP/1.1"), List.of()))
                .filteredOn(it -> it.of(Side.LANE).response().status() == 401)
                .hasSize(12);
    }

    @Test
    void metadataOfGrpcIsCarriedFromTrailersToLaterCalls() throws Exception {
        Map<String, String> seen = new ConcurrentHashMap<>();
        int port = vertx.createHttpServer()
                .requestHandler(call -> call.body().onSuccess(message -> {
                    seen.put(call.path(), String.valueOf(call.getHeader("session-bin")));
                    HttpServerResponse response = call.response().putHeader("content-type", "application/grpc");
                    response.putHeader("x-laneway-lane", "f-1");
                    response.putTrailer("grpc-status", "0").putTrailer("session-bin", "bmV3");
                    response.end(Buffer.buffer(new byte[5]));
                }))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        List<Field> grpc = List.of(new Field("content-type", "application/grpc"), new Field("session-bin", "b2xk"));
        RecordedResponse opened =
                new RecordedResponse(200, List.of(), RecordedBody.NONE, List.of(new Field("session-bin", "b2xk")));
        ValueRule rule = rule(
                "POST /shop.Sessions/Open",
                new ValueSource.Header("Session-Bin"),
                "POST /shop.Orders/*",
                false,
                new ValueTarget.Header("session-bin"));
        replay(
                List.of(
                        request("HTTP/2", "a", 0, "POST", "/shop.Sessions/Open", grpc.subList(0, 1), "", opened),
                        request("HTTP/2", "a", 9, "POST", "/shop.Orders/Get", grpc, "", null),
                        request("HTTP/2", "a", 19, "POST", "/shop.Stock/Get", grpc, "", null)),
                List.of(rule),
                port);
        assertThat(seen)
                .containsEntry("/shop.Orders/Get", "bmV3")
                .as("the rule is not for it, and the value is too short to be learnt")
                .containsEntry("/shop.Stock/Get", "b2xk");
    }

    @Test
    void aSharedValueIsForAllClientsAndOthersAreNot() throws Exception {
        for (boolean shared : new boolean[] {true, false}) {
            ValueRule one = RULES.get(0);
            ValueRule token = new ValueRule(one.from(), one.take(), one.in(), one.put(), shared, true);
            List<Field> with = List.of(new Field("authorization", "Bearer x"));
            List<ReplayedRequest> results = replay(
                    List.of(
                            request("HTTP/1.1", "a", 0, "POST", "/login", List.of(), "", response(200, "x", "y", "")),
                            request("HTTP/1.1", "b", 500, "GET", "/orders/1", with, "", null)),
                    List.of(token),
                    shop(),
                    "1x");
            assertThat(body(results.get(1))).isEqualTo(shared ? "null Bearer secret-1" : "null Bearer x");
            sessions.set(0);
        }
    }

    private List<ReplayedRequest> replay(List<RecordedExchange> recorded, List<ValueRule> rules) throws Exception {
        return replay(recorded, rules, shop());
    }

    private List<ReplayedRequest> replay(List<RecordedExchange> recorded, List<ValueRule> rules, int port)
            throws Exception {
        return replay(recorded, rules, port, "1000/s");
    }

    private List<ReplayedRequest> replay(List<RecordedExchange> recorded, List<ValueRule> rules, int port, String pace)
            throws Exception {
        URI to = URI.create("http://127.0.0.1:" + port);
        Destination destination = new Destination(to, null, false, 4, Duration.ofSeconds(20), 1 << 20);
        ReplayHeader header = new ReplayHeader("r-1", "a", to.toString(), "f-1", "", THEN);
        ReplayOptions options = new ReplayOptions("f-1", "", true, 8, request -> Methods.safe(request.method()), rules);
        String name = "results-" + port + rules.size();
        try (ResultWriter writer = ResultWriter.create(directory.resolve(name), header);
                Journal journal = Journal.open(directory.resolve(name + ".journal"));
                HttpSender sender = new HttpSender(destination)) {
            ReplayPlan plan = ReplayPlan.of(recorded, Pace.parse(pace), 1, false);
            Replay replay = new Replay(plan, options, new Stamps("r-1", ""), sender, writer, journal);
            replay.run();
            assertThat(replay.stopped()).isEmpty();
        }
        List<ReplayedRequest> all = new ArrayList<>();
        try (ResultReader reader = ResultReader.open(directory.resolve(name))) {
            for (ReplayedRequest next = reader.next(); next != null; next = reader.next()) {
                assertThat(next.of(Side.LANE).error()).isEmpty();
                all.add(next);
            }
        }
        all.sort(Comparator.comparingLong(ReplayedRequest::sequence));
        return all;
    }

    private static String body(ReplayedRequest it) {
        return new String(it.of(Side.LANE).response().body().bytes(), StandardCharsets.UTF_8);
    }

    private static RecordedResponse response(int status, String name, String value, String body) {
        return new RecordedResponse(
                status,
                List.of(new Field(name, value)),
                RecordedBody.whole(body.getBytes(StandardCharsets.UTF_8)),
                List.of());
    }

    private static RecordedExchange request(
            String protocol,
            String client,
            int at,
            String method,
            String target,
            List<Field> headers,
            String body,
            RecordedResponse response) {
        RecordedBody bytes = RecordedBody.whole(body.getBytes(StandardCharsets.UTF_8));
        return new RecordedExchange(
                client + target,
                "",
                client,
                THEN.plusMillis(at),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                RecordedDecision.NONE,
                new RecordedRequest(protocol, method, "http", "shop", target, headers, bytes, List.of()),
                response,
                "",
                List.of());
    }
}
