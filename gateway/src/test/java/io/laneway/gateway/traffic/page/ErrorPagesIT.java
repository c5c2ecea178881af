package io.laneway.gateway.traffic.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.ErrorPagesConfig;
import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local replies are pages for browsers, by service and status. */
class ErrorPagesIT {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String HTML = "Accept: " + BROWSER + "\n";

    @TempDir
    Path directory;

    private Path sorry;

    @BeforeEach
    void writePages() throws IOException {
        sorry = page(
                "sorry.html", "<h1>{{status}} {{title}}</h1><p>{{service}} {{lane}} {{flag}} {{reason}} {{requestId}}");
    }

    private Path page(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static TestGateway gateway(LaneTable table, ErrorPagesConfig pages) {
        return TestGateway.over(table, config -> TestGateway.with(config, pages));
    }

    private TestGateway sorry(int port) {
        return gateway(Tables.one(port), new ErrorPagesConfig(Map.of("5xx", sorry, "404", sorry), Map.of()));
    }

    @Test
    void browsersGetThePageOverEitherProtocolAndKeepTheirConnections() {
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway = sorry(dead.number());
                RawClient client = gateway.client();
                FrameSocket http2 = FrameSocket.client(gateway.port())) {
            for (int stream = 1; stream <= 5; stream += 2) {
                RawClient.Response response = client.get("/", HTML);
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.header("content-type")).isEqualTo("text/html; charset=utf-8");
                assertThat(response.header("vary")).isEqualTo("accept");
                assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
                assertThat(response.header("cache-control")).isEqualTo("no-store");
                assertThat(response.body())
                        .isEqualTo("<h1>503 Service Unavailable</h1><p>a  UF base " + response.header("x-request-id"));

                FrameSocket.Response other = http2.get(stream, "/", "accept: " + BROWSER + "\n");
                assertThat(other.status()).isEqualTo(503);
                assertThat(other.field("content-type")).isEqualTo("text/html; charset=utf-8");
                assertThat(other.field("vary")).isEqualTo("accept");
                assertThat(other.body()).startsWith("<h1>503").endsWith(other.field("x-request-id"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Accept: */*\n", "Accept: application/json, text/plain, */*\n", "Accept: text/html;q=0\n"})
    void programsGetProblemDocumentsWhichCachesTellFromPages(String accept) {
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway = sorry(dead.number());
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/", accept);
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
            assertThat(response.header("vary")).isEqualTo("accept");
            assertThat(response.header("cache-control")).isNull();
            assertThat(response.body()).contains("\"status\":503").contains("\"service\":\"a\"");
        }
    }

    @Test
    void whereThereIsNoPageNothingIsOtherwise() {
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway =
                        gateway(Tables.one(dead.number()), new ErrorPagesConfig(Map.of("404", sorry), Map.of()));
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/", HTML);
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
            assertThat(response.header("vary")).isNull();
        }
    }

    @Test
    void aServiceGoesBeforeTheDefaultAndAStatusBeforeItsClass() throws IOException {
        Map<String, Path> common = new LinkedHashMap<>();
        common.put("503", page("d503", "d503"));
        common.put("5xx", page("d5xx", "d5xx"));
        common.put("404", page("d404", "d404"));
        common.put("4xx", page("d4xx", "d4xx"));
        ErrorPagesConfig pages = new ErrorPagesConfig(
                common,
                Map.of(
                        "b",
                        Map.of("5xx", page("b5xx", "b5xx")),
                        "c",
                        Map.of("503", page("c503", "c503"), "5xx", page("c5xx", "c5xx"))));
        try (DeadPort dead = DeadPort.hold();
                Upstream closing = Upstream.responding(request -> "HTTP/9.9 nonsense\n\n");
                TestGateway gateway = gateway(
                        new Tables()
                                .service("a", "master", dead.number())
                                .service("b", "master", dead.number())
                                .service("c", "master", dead.number())
                                .service("d", "master", closing.port())
                                .build(),
                        pages);
                RawClient client = gateway.client()) {
            assertThat(body(client, "a.test")).isEqualTo("d503");
            assertThat(body(client, "b.test")).isEqualTo("b5xx");
            assertThat(body(client, "c.test")).isEqualTo("c503");
            assertThat(body(client, "d.test")).isEqualTo("d5xx");
            assertThat(body(client, "no.test")).isEqualTo("d404");
        }
    }

    private static String body(RawClient client, String host) {
        return client.send("GET / HTTP/1.1\nHost: " + host + "\n" + HTML + "\n")
                .response()
                .body();
    }

    @Test
    void aRequestThatBreaksTheProtocolHasAPageToo() throws IOException {
        ErrorPagesConfig pages = new ErrorPagesConfig(Map.of("4xx", page("bad.html", "bad {{status}}")), Map.of());
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
                TestGateway gateway = gateway(Tables.one(upstream.port()), pages);
                RawClient client = gateway.client();
                RawClient other = gateway.client()) {
            RawClient.Response bad = client.send("GET / HTTP/1.1\n" + HTML + "Host: a.test\nContent-Length: x\n\n")
                    .response();
            assertThat(bad.status()).isEqualTo(400);
            assertThat(bad.body()).isEqualTo("bad 400");

            // what the request before said counts no more
            assertThat(other.get("/", HTML).status()).isEqualTo(200);
            RawClient.Response plain = other.send("GET / HTTP/1.1\nHost: a.test\nContent-Length: x\n\n")
                    .response();
            assertThat(plain.header("content-type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void headHasThePagesHeadAlone() {
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway = sorry(dead.number());
                RawClient client = gateway.client();
                FrameSocket http2 = FrameSocket.client(gateway.port())) {
            RawClient.Response head =
                    client.send("HEAD / HTTP/1.1\nHost: a.test\n" + HTML + "\n").response(true);
            RawClient.Response get = client.get("/", HTML);
            assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
            assertThat(head.header("content-length"))
                    .isEqualTo(get.header("content-length"))
                    .isNotEqualTo("0");
            assertThat(get.body()).startsWith("<h1>503");

            http2.headers(
                    1, true, ":method: HEAD\n:scheme: http\n:path: /\n:authority: a.test\naccept: " + BROWSER + "\n");
            FrameSocket.Response over2 = http2.response(1);
            assertThat(over2.field("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(over2.body()).isEmpty();
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(3));
            assertThat(gateway.observed())
                    .extracting(TestGateway.Observed::sent)
                    .containsExactlyInAnyOrder(0L, Long.valueOf(get.header("content-length")), 0L);
        }
    }

    @Test
    void callsOfGrpcWebThatNothingConvertsHaveNoneEither() {
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway = sorry(dead.number());
                RawClient client = gateway.client()) {
            for (String type : List.of("application/grpc-web+proto", "application/grpc-web-text", "Application/gRPC")) {
                RawClient.Response call = client.send("POST /x.Y/Z HTTP/1.1\nHost: a.test\n" + HTML + "Content-Type: "
                                + type + "\nContent-Length: 0\n\n")
                        .response();
                assertThat(String.valueOf(call.header("content-type"))).doesNotContain("html");
            }
        }
    }

    @Test
    void callsOfGrpcNeverHavePages() {
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway = sorry(dead.number());
                RawClient client = gateway.client();
                FrameSocket http2 = FrameSocket.client(gateway.port())) {
            http2.headers(
                    1,
                    true,
                    ":method: POST\n:scheme: http\n:path: /x.Y/Z\n:authority: a.test\nte: trailers\n"
                            + "content-type: application/grpc\naccept: " + BROWSER + "\n");
            FrameSocket.Response call = http2.response(1);
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.field("grpc-status")).isEqualTo("14");

            RawClient.Response bare = client.send("POST /x.Y/Z HTTP/1.1\nHost: a.test\nContent-Type: application/grpc\n"
                            + "Content-Length: 0\n" + HTML + "\n")
                    .response();
            assertThat(String.valueOf(bare.header("content-type"))).doesNotContain("html");
        }
    }

    @Test
    void whatAnEndpointRespondsStaysAsItIs() {
        try (Upstream upstream = Upstream.responding(
                        request -> "HTTP/1.1 503 Mine\nContent-Type: text/plain\nContent-Length: 4\n\nmine");
                TestGateway gateway = sorry(upstream.port());
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/", HTML);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("content-type")).isEqualTo("text/plain");
            assertThat(response.body()).isEqualTo("mine");
            assertThat(response.header("vary")).isNull();
        }
    }

    @Test
    void nothingOfARequestBecomesMarkup() throws IOException {
        ErrorPagesConfig pages = new ErrorPagesConfig(
                Map.of("4xx", page("all.html", all()), "5xx", directory.resolve("all.html")), Map.of());
        String attack = "\"'><script>alert(1)</script>";
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway = gateway(Tables.one(dead.number()), pages);
                RawClient client = gateway.client();
                FrameSocket http2 = FrameSocket.client(gateway.port())) {
            String[] requests = {
                "GET /" + attack + " HTTP/1.1\nHost: a.test\n",
                "GET /?trace-branch=" + attack.replace(' ', '+') + " HTTP/1.1\nHost: a.test\n",
                "GET / HTTP/1.1\nHost: a.test\ntrace-branch: " + attack + "\n",
                "GET / HTTP/1.1\nHost: a.test\nCookie: trace-branch=" + attack + "\n",
                "GET / HTTP/1.1\nHost: a.test\nX-Request-ID: " + attack + "\n",
                "GET / HTTP/1.1\nHost: a.test\nx-tenant-id: " + attack + "\n",
                "GET / HTTP/1.1\nHost: " + attack + ".test\n"
            };
            for (String request : requests) {
                try (RawClient one = gateway.client()) {
                    RawClient.Response response =
                            one.send(request + HTML + "\n").response();
                    assertThat(response.status()).as(request).isGreaterThanOrEqualTo(400);
                    assertHarmless(response.body());
                }
            }
            // peers within choose the ids of their requests
            try (RawClient inside = RawClient.to(gateway.inside())) {
                RawClient.Response response = inside.get("/", "X-Request-ID: " + attack + "\n" + HTML);
                assertHarmless(response.body());
                assertThat(response.body()).contains("&#60;script&#62;alert(1)&#60;/script&#62;");
            }
            // lane as header over HTTP/2
            assertHarmless(http2.get(1, "/", "accept: " + BROWSER + "\ntrace-branch: " + attack + "\n")
                    .body());
            assertHarmless(
                    client.get("/", "trace-branch: " + attack + "\n" + HTML).body());
        }
    }

    private static String all() {
        return "<p title='{{detail}}'>{{status}} {{title}} {{detail}} {{service}} {{lane}} {{reason}} {{requestId}}"
                + " {{flag}}</p>";
    }

    private static void assertHarmless(String page) {
        assertThat(page).startsWith("<p title='").endsWith("</p>");
        String inner = page.substring("<p title='".length(), page.length() - "</p>".length());
        assertThat(inner.replace("'>", ""))
                .doesNotContain("<")
                .doesNotContain(">")
                .doesNotContain("\"");
    }

    @Test
    void changedFilesCountAndBrokenOnesLeaveThosePagesThatRun() throws IOException {
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway = sorry(dead.number());
                RawClient client = gateway.client()) {
            Files.writeString(sorry, "second {{status}}");
            await().untilAsserted(() -> assertThat(client.get("/", HTML).body()).isEqualTo("second 503"));

            Files.writeString(sorry, "third {{sttus}}");
            await().untilAsserted(() ->
                    assertThat(gateway.plane().parts().pageProblem()).contains(sorry + ":1: {{sttus}}"));
            assertThat(client.get("/", HTML).body()).isEqualTo("second 503");

            Files.delete(sorry);
            await().untilAsserted(() ->
                    assertThat(gateway.plane().parts().pageProblem()).isEqualTo(sorry + " does not exist"));
            assertThat(client.get("/", HTML).body()).isEqualTo("second 503");

            Files.writeString(sorry, "fourth");
            await().untilAsserted(() -> assertThat(client.get("/", HTML).body()).isEqualTo("fourth"));
            assertThat(gateway.plane().parts().pageProblem()).isEmpty();
        }
    }

    @Test
    void aGatewayDoesNotStartWithoutItsPagesAndSaysAllThatIsWrong() throws IOException {
        Path none = directory.resolve("none.html");
        Path wrong = page("wrong.html", "{{x}}");
        ErrorPagesConfig pages = new ErrorPagesConfig(Map.of("404", none), Map.of("a", Map.of("5xx", wrong)));

        assertThatThrownBy(() -> gateway(Tables.one(1), pages).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("errorPages: " + none + " does not exist (expected: a readable file); " + wrong
                        + ":1: {{x}} (expected: {{name}} with one of status,");
    }
}
