package io.laneway.gateway.protocol.grpcweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.laneway.filter.Filter;
import io.laneway.filter.FilterResult;
import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.traffic.filter.GivenFilters;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.GrpcClients;
import io.laneway.router.policy.Rate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hand-written client of gRPC-Web calls a server of grpc-java. */
class GrpcWebIT {

    private static final GrpcClients WEB = new GrpcClients(true, null);
    private static final Cors CORS =
            new Cors(List.of("https://app.test"), List.of("POST"), List.of("x-mine"), true, Duration.ofMinutes(1));
    private static final String PROTO = "application/grpc-web+proto";
    private static final String TEXT = "application/grpc-web-text+proto";

    private EchoServer server;
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer();
        gateway = TestGateway.over(table(WEB, CORS));
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.close();
    }

    private LaneTable table(Object... policy) {
        return new Tables()
                .service("a", "master", server.port())
                .service("none", "master", new int[0])
                .policy(Policies.with(policy))
                .build();
    }

    private static String head(String host, String method, String type, String lines) {
        return "POST /t.Echo/" + method + " HTTP/1.1\nHost: " + host + ".test\nContent-Type: " + type + "\n" + lines;
    }

    private Response call(String host, String method, String type, String body, String lines) {
        try (RawClient client = gateway.client()) {
            client.send(head(host, method, type, lines) + "Content-Length: " + body.length() + "\n\n");
            return client.sendRaw(body).response();
        }
    }

    private Response call(String method, String text) {
        return call("a", method, PROTO, WebFrames.message(text), "");
    }

    @ParameterizedTest
    @CsvSource({
        "application/grpc-web, application/grpc",
        "application/grpc-web+proto, application/grpc+proto",
        "Application/gRPC-Web+proto; charset=x, application/grpc+proto",
    })
    void aCallReachesTheServerAsOneOfGrpc(String type, String as) {
        Response response = call("a", "Say", type, WebFrames.message("you"), "X-Grpc-Web: 1\n");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).isEqualTo(PROTO);
        WebFrames frames = WebFrames.of(response.body());
        assertThat(frames.messages()).containsExactly("hello you");
        assertThat(frames.status()).isEqualTo("0");
        Metadata.Key<String> contentType = Metadata.Key.of("content-type", Metadata.ASCII_STRING_MARSHALLER);
        assertThat(server.asked.get(contentType)).isEqualTo(as);
        assertThat(gateway.observed().get(0).grpcStatus()).isZero();
        assertThat(gateway.sum(stats -> stats.grpcRequestMessages.get())).isEqualTo(1);
    }

    /** It sees a call of gRPC, its body as the client sent it, and what it says reaches the client in its own form. */
    @Test
    void aFilterCollectsTheBodyOfACallAndMayDenyIt() {
        Filter filter = request -> request.collect(64)
                .thenApply(body -> new String(body, StandardCharsets.ISO_8859_1).endsWith("evil")
                        ? FilterResult.respond(403)
                        : FilterResult.proceed().set("x-type", request.headers().first("content-type")));
        gateway.close();
        gateway = TestGateway.over(
                table(WEB, CORS),
                config -> TestGateway.with(
                        config,
                        List.of(config.listeners().get(0).filteredBy(List.of(GivenFilters.config("", filter))))));

        Response passed = call("Say", "you");
        assertThat(WebFrames.of(passed.body()).messages()).containsExactly("hello you");
        assertThat(server.asked.get(Metadata.Key.of("x-type", Metadata.ASCII_STRING_MARSHALLER)))
                .isEqualTo("application/grpc+proto");
        Response denied = call("Say", "evil");
        assertThat(denied.status()).isEqualTo(200);
        assertThat(WebFrames.of(denied.body()).status()).isEqualTo("7");
    }

    @Test
    void textIsReadInPiecesCutAnywhereWithPaddingAmidIt() {
        String frame = WebFrames.message("you");
        String texts = WebFrames.text(frame.substring(0, 1))
                + WebFrames.text(frame.substring(1, 6))
                + WebFrames.text(frame.substring(6));
        assertThat(texts).contains("==").contains("=");
        try (RawClient client = gateway.client()) {
            client.send(head("a", "Say", TEXT, "Transfer-Encoding: chunked\n\n"));
            for (int i = 0; i < texts.length(); i++) {
                client.send("1\n" + texts.charAt(i) + "\n");
            }
            Response response = client.send("0\n\n").response();

            assertThat(response.header("content-type")).isEqualTo(TEXT);
            WebFrames frames = WebFrames.of(WebFrames.decoded(response.body()));
            assertThat(frames.messages()).containsExactly("hello you");
            assertThat(frames.status()).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/grpc-web-text, application/grpc-web-text+proto",
        "application/grpc-web+proto, application/grpc-web+proto",
        "*/*, application/grpc-web+proto",
    })
    void theResponseHasTheFormThatIsAccepted(String accept, String type) {
        Response response = call("a", "Say", PROTO, WebFrames.message("x"), "Accept: " + accept + "\n");

        assertThat(response.header("content-type")).isEqualTo(type);
    }

    @Test
    void messagesArriveAsTheyAreSent() {
        try (RawClient client = gateway.client()) {
            client.send(head("a", "Two", TEXT, "Content-Length: 12\n\n"))
                    .send(WebFrames.text(WebFrames.message("way!")));
            StringBuilder first = new StringBuilder();
            while (!first.toString().contains(WebFrames.text(WebFrames.message("one way!")))) {
                first.append(client.read(1));
            }
            server.second.countDown();
            String rest = "";
            while (!rest.equals("0")) {
                rest = readLine(client);
                first.append(rest);
            }
            assertThat(first.toString()).contains(WebFrames.text(WebFrames.message("two way!")));
        }
    }

    private static String readLine(RawClient client) {
        try {
            return client.line();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFailedCallSaysWhyInTheBodyWithItsMetadata() {
        Response response = call("Fail", "cake");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).doesNotContainKeys("grpc-status", "grpc-message");
        WebFrames frames = WebFrames.of(response.body());
        assertThat(frames.messages()).isEmpty();
        assertThat(frames.trailers())
                .containsEntry("grpc-status", "5")
                .containsEntry("grpc-message", "no cake, 50%25 off %C3%A9")
                .containsEntry("grpc-status-details-bin", "AQID")
                .containsEntry("x-said", "last")
                .doesNotContainKeys("content-type", "date", "x-laneway-lane", "access-control-allow-origin");
        assertThat(gateway.observed().get(0).grpcStatus()).isEqualTo(5);
    }

    @Test
    void theGatewaysOwnRepliesAreOfGrpcWeb() {
        for (String type : List.of(PROTO, TEXT)) {
            String message = WebFrames.message("x");
            String body = type.equals(TEXT) ? WebFrames.text(message) : message;
            Response response = call("none", "Say", type, body, "Origin: https://app.test\n");

            assertThat(response.header("content-type")).isEqualTo(type);
            assertThat(response.header("access-control-allow-origin")).isEqualTo("https://app.test");
            String said = type.equals(TEXT) ? WebFrames.decoded(response.body()) : response.body();
            assertThat(WebFrames.of(said).trailers())
                    .containsEntry("grpc-status", "14")
                    .containsEntry("grpc-message", "no healthy upstream");
        }
        assertThat(gateway.observed())
                .extracting(TestGateway.Observed::grpcStatus)
                .containsExactly(14, 14);
    }

    @Test
    void aRateSaysSoToo() {
        gateway.table(table(WEB, new Rate(1, Duration.ofHours(1), 1, Rate.Key.SOURCE, "")));
        assertThat(WebFrames.of(call("Say", "x").body()).status()).isEqualTo("0");

        Response limited = call("Say", "x");

        assertThat(WebFrames.of(limited.body()).status()).isEqualTo("8");
        assertThat(limited.header("retry-after")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA!AAA", "A===", "AAAAAAE", "AAAAAAF=A", "AAAAAAI_"})
    void whatIsNoBase64IsRefused(String text) {
        isMalformed(call("a", "Say", TEXT, text, ""), "no Base64");
        assertThat(gateway.observed().get(0).flag()).isEqualTo("DPE");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "\\x02\\x00\\x00\\x00\\x00, a frame with flag 2 (expected: 0 or 1)",
                "\\x80\\x00\\x00\\x00\\x00, a frame with flag 128 (expected: 0 or 1)",
                "\\x00\\x7f\\xff\\xff\\xff, the last frame is not whole",
                "\\x00\\x00, the last frame is not whole",
            })
    void brokenFramesAreRefused(String escaped, String why) {
        StringBuilder body = new StringBuilder();
        for (String octet : escaped.substring(2).split("\\\\x")) {
            body.append((char) Integer.parseInt(octet, 16));
        }
        isMalformed(call("a", "Say", PROTO, body.toString(), ""), why);
    }

    private static void isMalformed(Response response, String why) {
        assertThat(response.status()).isEqualTo(200);
        String body =
                response.header("content-type").equals(TEXT) ? WebFrames.decoded(response.body()) : response.body();
        assertThat(WebFrames.of(body).status()).isEqualTo("13");
        assertThat(WebFrames.of(body).trailers().get("grpc-message")).contains(why);
    }

    @Test
    void whatComesBehindAMalformedPieceIsDropped() {
        try (RawClient client = gateway.client()) {
            client.send(head("a", "Say", TEXT, "Transfer-Encoding: chunked\n\n") + "4\n!!!!\n");
            isMalformed(client.response(), "no Base64");
            client.send("4\nAAAA\n0\n\n" + head("a", "Say", PROTO, "Content-Length: 6\n\n"));
            client.sendRaw(WebFrames.message("x"));
            assertThat(WebFrames.of(client.response().body()).messages()).containsExactly("hello x");
        }
    }

    @Test
    void preflightsAllowWhatTheClientsSendAndResponsesExposeWhatTheyRead() {
        try (RawClient client = gateway.client()) {
            Response preflight = client.send("""
                OPTIONS /t.Echo/Say HTTP/1.1
                Host: a.test
                Origin: https://app.test
                Access-Control-Request-Method: POST
                Access-Control-Request-Headers: content-type,x-grpc-web,x-user-agent

                """).response();
            assertThat(preflight.status()).isEqualTo(200);
            assertThat(preflight.header("access-control-allow-headers").split(", "))
                    .contains("x-mine", "content-type", "grpc-timeout", "x-grpc-web", "x-user-agent");
        }
        Response response = call("a", "Say", PROTO, WebFrames.message("x"), "Origin: https://app.test\n");

        assertThat(response.header("access-control-allow-origin")).isEqualTo("https://app.test");
        assertThat(response.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(response.header("access-control-expose-headers").split(", "))
                .contains("grpc-status", "grpc-message", "grpc-status-details-bin", "x-said", "x-request-id");
        assertThat(response.header("vary")).isEqualTo("origin");
    }

    @Test
    void aClientThatLeavesCancelsTheCall() throws Exception {
        try (RawClient client = gateway.client()) {
            client.send(head("a", "Wait", PROTO, "Content-Length: 6\n\n")).sendRaw(WebFrames.message("x"));
            await().until(() ->
                    server.asked.containsKey(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER)));
        }
        assertThat(server.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aDeadlineEndsTheCallInItsOwnForm() {
        Response response = call("a", "Wait", PROTO, WebFrames.message("x"), "grpc-timeout: 50m\n");

        assertThat(WebFrames.of(response.body()).status()).isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {PROTO, TEXT})
    void aSlowReaderHoldsTheServerBack(String type) throws IOException {
        int pieces = 500;
        String message = WebFrames.message(String.valueOf(pieces));
        String body = type.equals(TEXT) ? WebFrames.text(message) : message;
        try (RawClient client = gateway.client()) {
            client.send(head("a", "Flood", type, "Content-Length: " + body.length() + "\n\n"))
                    .sendRaw(body);
            await().until(() -> server.flooded.get() > 0);
            await().during(Duration.ofMillis(300)).until(() -> server.flooded.get() < pieces);
            Response response = client.response();

            String said = type.equals(TEXT) ? WebFrames.decoded(response.body()) : response.body();
            assertThat(WebFrames.of(said).messages()).hasSize(pieces);
            assertThat(WebFrames.of(said).status()).isEqualTo("0");
        }
    }

    @Test
    void clientsOfHttp2AreServedAlike() {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            String head = ":method: POST\n:scheme: http\n:path: /t.Echo/Say\n:authority: a.test\n";
            client.headers(1, false, head + "content-type: " + TEXT + "\n");
            client.data(1, true, WebFrames.text(WebFrames.message("you")));
            FrameSocket.Response response = client.response(1);

            assertThat(response.field("content-type")).isEqualTo(TEXT);
            assertThat(WebFrames.of(WebFrames.decoded(response.body())).messages())
                    .containsExactly("hello you");
            assertThat(response.trailers()).isEmpty();
        }
    }

    @Test
    void withoutThePolicyCallsPassAsTheyAre() {
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 4\n\n"
                + request.header("content-type").substring(12, 16))) {
            gateway.table(Tables.one(upstream.port()));

            assertThat(call("Say", "x").body()).isEqualTo("grpc");
            assertThat(upstream.requests().get(0).header("content-type")).isEqualTo(PROTO);
            assertThat(upstream.requests().get(0).body()).isEqualTo(WebFrames.message("x"));
        }
    }

    @Test
    void aResponseThatIsNotOfGrpcPassesAsItIs() {
        try (Upstream upstream = Upstream.responding(
                request -> "HTTP/1.1 404 Not Found\nContent-Type: text/html\nContent-Length: 4\n\nnone")) {
            gateway.table(new Tables()
                    .service("a", "master", upstream.port())
                    .protocol(Protocol.HTTP1)
                    .policy(Policies.with(WEB))
                    .build());
            Response response = call("Say", "x");

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.header("content-type")).isEqualTo("text/html");
            assertThat(response.body()).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 2", "'grpc-status: 7\n', 7"})
    void aResponseWithoutTrailersEndsWithAStatusNevertheless(String line, String status) {
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Type: application/grpc\n"
                + line.replace("\\n", "\n") + "Transfer-Encoding: chunked\n\n0\n\n")) {
            gateway.table(new Tables()
                    .service("a", "master", upstream.port())
                    .protocol(Protocol.HTTP1)
                    .policy(Policies.with(WEB))
                    .build());

            assertThat(WebFrames.of(call("Say", "x").body()).status()).isEqualTo(status);
        }
    }
}
