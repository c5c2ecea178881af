package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import org.junit.jupiter.api.Test;

/** Bodies, and responses without one, in every framing of HTTP/1.1 on both sides. */
class FramingIT {

    private static final String HOST = " HTTP/1.1\nHost: a.test\n";

    @Test
    void keepsBothConnectionsForTheNextRequest() {
        try (Upstream upstream = Upstream.saying("x");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.get("/" + i).status()).isEqualTo(200);
            }
            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(upstream.requests()).hasSize(10);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        try (Upstream upstream = Upstream.responding(request -> {
                    String path = request.startLine().split(" ")[1];
                    return "HTTP/1.1 200 OK\nContent-Length: " + path.length() + "\n\n" + path;
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                all.append("GET /").append(i).append(HOST).append('\n');
            }
            client.send(all.toString());
            for (int i = 0; i < 200; i++) {
                assertThat(client.response().body()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void passesARequestBodyOfKnownLength() {
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 201 Created\nContent-Length: 0\n\n");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("POST /x" + HOST + "Content-Length: 11\n\nhello").sendRaw(" world");

            assertThat(client.response().status()).isEqualTo(201);
            assertThat(upstream.requests().get(0).body()).isEqualTo("hello world");
            assertThat(client.get("/next").status()).isEqualTo(201);
        }
    }

    @Test
    void passesAChunkedRequestBodyWithTrailersAndDropsExtensions() {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("POST /x" + HOST + "Transfer-Encoding: chunked\n\n5;a=b\nhello\n")
                    .send("1\n \n5\nworld\n0\nX-Sum: 7\nHost: evil\n\n");

            assertThat(client.response().status()).isEqualTo(200);
            Upstream.Request request = upstream.requests().get(0);
            assertThat(request.body()).isEqualTo("hello world|X-Sum: 7");
            assertThat(request.header("content-length")).isNull();
        }
    }

    @Test
    void passesAChunkedResponseWithTrailers() {
        try (Upstream upstream = Upstream.responding(request ->
                        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n4\ndefg\n0\nX-End: yes\n\n");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/");

            assertThat(response.body()).isEqualTo("abcdefg");
            assertThat(response.trailers()).containsEntry("X-End".toLowerCase(java.util.Locale.ROOT), "yes");
            assertThat(client.get("/again").body()).isEqualTo("abcdefg");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void chunksAResponseThatEndsWithItsConnection() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\n\nuntil ");
                    conversation.send("close");
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/");

            assertThat(response.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(response.body()).isEqualTo("until close");
            assertThat(client.get("/").body()).isEqualTo("until close");
        }
    }

    @Test
    void answersAnHttp10ClientWithoutChunks() {
        try (Upstream upstream =
                        Upstream.responding(request -> "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.0\nHost: a.test\nConnection: keep-alive\n\n");

            RawClient.Response response = client.response();
            assertThat(response.header("transfer-encoding")).isNull();
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(response.body()).isEqualTo("abc");
        }
    }

    @Test
    void keepsAnHttp10ConnectionThatAsksForIt() {
        try (Upstream upstream = Upstream.saying("x");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.0\nHost: a.test\nConnection: keep-alive\n\n");
            assertThat(client.response().header("connection")).isEqualTo("keep-alive");
            client.send("GET / HTTP/1.0\nHost: a.test\n\n");
            assertThat(client.response().header("connection")).isEqualTo("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void passesResponsesThatHaveNoBody() {
        try (Upstream upstream = Upstream.responding(
                        request -> switch (request.startLine().split(" ")[1]) {
                            case "/204" -> "HTTP/1.1 204 No Content\n\n";
                            case "/304" -> "HTTP/1.1 304 Not Modified\nContent-Length: 99\nETag: x\n\n";
                            default -> "HTTP/1.1 200 OK\nContent-Length: 12345\n\n";
                        });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("HEAD /" + HOST + "\n");
            assertThat(client.response(true).header("content-length")).isEqualTo("12345");
            assertThat(client.get("/204").status()).isEqualTo(204);
            assertThat(client.get("/304").header("etag")).isEqualTo("x");
            assertThat(client.get("/204").status()).isEqualTo(204);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void passesInterimResponsesOn() {
        try (Upstream upstream = Upstream.responding(
                        request -> "HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nok");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            RawClient.Response hints = client.get("/");
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.header("link")).isEqualTo("</a>");
            assertThat(client.response().body()).isEqualTo("ok");
        }
    }

    @Test
    void letsTheEndpointDecideAboutAnExpectation() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    String head = conversation.head();
                    if (head.startsWith("POST /no")) {
                        conversation.send("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n");
                        return;
                    }
                    conversation.send("HTTP/1.1 100 Continue\n\n");
                    String body =
                            new String(conversation.in().readNBytes(4), java.nio.charset.StandardCharsets.US_ASCII);
                    conversation.send("HTTP/1.1 200 OK\nConnection: close\nContent-Length: 4\n\n" + body);
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()))) {
            try (RawClient client = gateway.client()) {
                client.send("POST /yes" + HOST + "Expect: 100-continue\nContent-Length: 4\n\n");
                assertThat(client.response().status()).isEqualTo(100);
                assertThat(client.send("body").response().body()).isEqualTo("body");
            }
            try (RawClient client = gateway.client()) {
                client.send("POST /no" + HOST + "Expect: 100-continue\nContent-Length: 4\n\n");
                assertThat(client.response().status()).isEqualTo(403);
                assertThat(client.closed()).isTrue();
            }
        }
    }

    @Test
    void tellsTheClientToGoOnWhenTheEndpointDoesNot() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    for (String head = conversation.head(); head != null; head = conversation.head()) {
                        byte[] body = conversation.in().readNBytes(4);
                        String text = new String(body, java.nio.charset.StandardCharsets.US_ASCII);
                        // what it says too late is not for the client, who heard it before
                        conversation.send("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length: 4\n\n" + text);
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()))) {
            String head = "POST /x" + HOST + "Expect: 100-continue\nContent-Length: 4\n\n";
            try (RawClient client = gateway.client()) {
                long before = System.nanoTime();
                client.send(head);
                assertThat(client.response().status()).isEqualTo(100);
                assertThat(System.nanoTime() - before).isGreaterThan(900_000_000L);
                assertThat(client.send("body").response().body()).isEqualTo("body");
                // one who does not wait hears nothing of it, and the connection is as good as before
                assertThat(client.send(head + "next").response().status()).isEqualTo(100);
                assertThat(client.response().body()).isEqualTo("next");
            }
            try (FrameSocket client = FrameSocket.client(gateway.port())) {
                client.headers(
                        1,
                        false,
                        ":method: POST\n:scheme: http\n:path: /x\n:authority: a.test\nexpect: 100-continue\ncontent-length: 4\n");
                assertThat(client.fields(client.await(1))).contains(":status: 100");
                client.data(1, true, "body");
                assertThat(client.response(1).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void takesFieldsNamedInConnectionForThisHopOnly() {
        try (Upstream upstream = Upstream.responding(
                        request ->
                                "HTTP/1.1 200 OK\nConnection: X-Secret\nX-Secret: 1\nKeep-Alive: timeout=5\nContent-Length: 0\n\n");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get(
                    "/", "Connection: x-hop, keep-alive\nX-Hop: 1\nX-End: 1\nTE: gzip\nProxy-Connection: x\n");

            Upstream.Request request = upstream.requests().get(0);
            assertThat(request.header("x-hop")).isNull();
            assertThat(request.header("x-end")).isEqualTo("1");
            assertThat(request.header("connection")).isNull();
            assertThat(request.header("te")).isNull();
            assertThat(request.header("proxy-connection")).isNull();
            assertThat(response.header("x-secret")).isNull();
            assertThat(response.header("keep-alive")).isNull();
        }
    }
}
