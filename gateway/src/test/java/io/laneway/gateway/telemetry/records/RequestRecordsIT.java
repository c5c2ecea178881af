package io.laneway.gateway.telemetry.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway says of requests that ended, and that it is what its access log says of them. */
class RequestRecordsIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01\n";
    private static final String UNAVAILABLE = "HTTP/1.1 503 No\nContent-Length: 2\n\nno";
    private static final String CALLED = """
            HTTP/1.1 200 OK
            Content-Type: application/grpc
            Transfer-Encoding: chunked

            7
            \0\0\0\0\2ok
            0
            grpc-status: 0

            """;

    @TempDir
    Path dir;

    private final Upstream plain = Upstream.saying("fine");
    private final Upstream bad = Upstream.responding(request -> UNAVAILABLE);
    private final Upstream calls = Upstream.responding(request -> CALLED);
    private final DeadPort dead = DeadPort.hold();
    private final Upstream sockets = WebSocket.echoing();

    @AfterEach
    void stop() {
        plain.close();
        bad.close();
        calls.close();
        sockets.close();
        dead.close();
    }

    private String table(long revision) {
        return """
            revision: %d
            lanes: [{name: f-1}, {name: s, mode: strict}]
            services:
              - name: a
                hosts: [a.test]
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}
                  - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:%d"]}
              - name: b
                hosts: [b.test]
                policy: {retries: {max: 1, "on": [connect-failure, "503"], budget: 100%%}}
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:%d", "127.0.0.1:%d"]}
              - name: g
                hosts: [g.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
              - name: w
                hosts: [a.socket]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
              - name: dead
                hosts: [dead.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
              - name: t
                hosts: [t.test]
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}
                  - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:%d"]}
                shift: gray
            routes:
              - {hosts: [r.test], path: /, match: {headers: {x-v: "2"}}, service: a}
            shifts:
              - name: gray
                tenant: [{header: x-tenant}]
                environments: [{lane: f-1, share: 50%%, requests: 50%%, tenants: {include: [acme]}}]
            """.formatted(
                        revision,
                        plain.port(),
                        plain.port(),
                        bad.port(),
                        plain.port(),
                        calls.port(),
                        sockets.port(),
                        dead.number(),
                        plain.port(),
                        plain.port());
    }

    private static String get(String host, String path, String more) {
        return "GET " + path + " HTTP/1.1\nHost: " + host + "\nUser-Agent: test/1 \u00e9\n" + more + "\n";
    }

    private static void sendEveryKind(ObservedGateway gateway) {
        try (RawClient client = gateway.client()) {
            client.send(get("a.test", "/x?trace-branch=f-1", PARENT)).response();
            client.send(get("a.test", "/q?a=%22&b=%C3%A9", "trace-branch: nowhere\n"))
                    .response();
            client.send(get("a.test", "/s", "trace-branch: s\n")).response();
            client.send(get("b.test", "/r", "")).response();
            client.send(get("b.test", "/r", "")).response();
            client.send(get("t.test", "/t", "x-tenant: acme\n")).response();
            client.send(get("t.test", "/t", "x-tenant: other\n")).response();
            client.send(get("t.test", "/t", "")).response();
            client.send(get("t.test", "/t", "baggage: trace-branch=f-1\n")).response();
            client.send(get("r.test", "/routed", "x-v: 2\ncookie: trace-branch=f-1\n"))
                    .response();
            client.send(get("none.test", "/", "")).response();
            client.send(get("dead.test", "/" + "long/".repeat(500), "")).response();
            client.send("GET / HTTP/1.1\nHost: a.test\nContent-Length: x\n\n").response();
        }
        try (RawClient client = RawClient.to(gateway.inside())) {
            client.send(get("a.test", "/i", "x-request-id: of-our-own\ntrace-branch: f-1\nx-laneway-hops: 2\n"))
                    .response();
            client.send(get("a.test", "/", "x-laneway-hops: 16\n")).response();
        }
        try (FrameSocket client = FrameSocket.client(gateway.edge())) {
            client.headers(1, true, ":method: GET\n:scheme: http\n:path: /two\n:authority: a.test\n");
            client.response(1);
            client.headers(3, false, """
                            :method: POST
                            :scheme: http
                            :path: /s/M
                            :authority: g.test
                            content-type: application/grpc
                            te: trailers
                            """);
            client.data(3, true, "\0\0\0\0\2ok");
            client.response(3);
        }
        try (WebSocket socket = WebSocket.overHttp1(gateway.client(), "", "a.socket")) {
            assertThat(socket.text("hello").read().text()).isEqualTo("hello");
            socket.close(1000, "");
            socket.read();
        }
    }

    @Test
    void everyKindOfRequestIsRememberedAsTheAccessLogHasIt() throws Exception {
        try (ObservedGateway gateway = new ObservedGateway(dir, table(7), "")) {
            sendEveryKind(gateway);
            await().untilAsserted(() -> assertThat(gateway.log()).hasSize(18));
            for (JsonObject line : gateway.log()) {
                List<JsonObject> found = gateway.explain("request=" + line.getString("x_request_id"));
                assertThat(found).hasSize(1);
                for (String field : line.fieldNames()) {
                    assertThat(found.get(0).getValue(field))
                            .as(field + " of " + line)
                            .isEqualTo(line.getValue(field));
                }
                assertThat(found.get(0).getValue("now")).as(line.encode()).isNull();
            }
        }
    }

    @Test
    void saysWhichCarrierAskedAndWhatCameOfEachAttempt() {
        try (ObservedGateway gateway = new ObservedGateway(dir, table(7), "")) {
            JsonObject asked = ask(gateway, get("a.test", "/x?trace-branch=f-1", PARENT));
            assertThat(asked.getString("origin")).isEqualTo("query");
            assertThat(asked.getString("carrier")).isEqualTo("trace-branch");
            assertThat(asked.getInteger("hop")).isEqualTo(1);
            assertThat(asked.getString("trace_id")).isEqualTo(TRACE);
            assertThat(asked.getString("parent_id")).isEqualTo("b7ad6b7169203331");

            JsonObject shifted = ask(gateway, get("t.test", "/", "x-tenant: acme\n"));
            assertThat(shifted.getString("origin")).isEqualTo("tenant");
            assertThat(shifted.getString("tenant")).isEqualTo("acme");
            assertThat(shifted.getString("assigned")).isEqualTo("pinned");
            assertThat(shifted.getValue("carrier")).isNull();

            JsonObject retried = ask(gateway, get("b.test", "/", ""));
            for (int i = 0; i < 20 && retried.getInteger("retries") == 0; i++) {
                retried = ask(gateway, get("b.test", "/", ""));
            }
            assertThat(retried.getJsonArray("attempts")).hasSize(2);
            JsonObject first = retried.getJsonArray("attempts").getJsonObject(0);
            assertThat(first.getInteger("response_code")).isEqualTo(503);
            assertThat(first.getString("upstream_host")).isEqualTo("127.0.0.1:" + bad.port());
            JsonObject second = retried.getJsonArray("attempts").getJsonObject(1);
            assertThat(second.getInteger("response_code")).isEqualTo(200);
            assertThat(second.getString("upstream_host")).isEqualTo("127.0.0.1:" + plain.port());

            JsonObject failed = ask(gateway, get("dead.test", "/", ""));
            assertThat(failed.getJsonArray("attempts"))
                    .isNotEmpty()
                    .allSatisfy(attempt -> assertThat(((JsonObject) attempt).getString("response_flags"))
                            .isEqualTo("UF"));
        }
    }

    /** Sends a request and asks for it by the id that its response quotes. */
    private static JsonObject ask(ObservedGateway gateway, String request) {
        try (RawClient client = gateway.client()) {
            String id = client.send(request).response().header("x-request-id");
            List<JsonObject> found = gateway.explain("request=" + id);
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    @Test
    void saysWhatWouldBeDecidedNowIfThatDiffers() {
        try (ObservedGateway gateway = new ObservedGateway(dir, table(7), "")) {
            JsonObject before = ask(gateway, get("a.test", "/", "cookie: trace-branch=f-1\n"));
            assertThat(before.getString("lane")).isEqualTo("f-1");
            assertThat(before.getValue("now")).isNull();

            gateway.write(table(8).replace("lanes: [{name: f-1}, ", "lanes: [").replaceAll(".*lane: f-1.*\n", ""));
            await().until(() -> gateway.revision() == 8);

            JsonObject after = gateway.explain("request=" + before.getString("x_request_id"))
                    .get(0);
            assertThat(after.getString("lane")).isEqualTo("f-1");
            assertThat(after.getLong("table_revision")).isEqualTo(7);
            JsonObject now = after.getJsonObject("now");
            assertThat(now.getLong("revision")).isEqualTo(8);
            assertThat(now.getString("served")).isEqualTo("master");
            assertThat(now.getString("reason")).isEqualTo("lane_unknown");
        }
    }

    @Test
    void aChainIsFoundAtEachGatewayByItsTraceAndItsRequest() {
        try (ObservedGateway last = new ObservedGateway(dir.resolve("3"), table(3), "");
                ObservedGateway middle = new ObservedGateway(dir.resolve("2"), through(2, last), "");
                ObservedGateway first = new ObservedGateway(dir.resolve("1"), through(1, middle), "")) {
            JsonObject asked = ask(first, get("a.test", "/chain", PARENT + "trace-branch: f-1\n"));
            int hop = 1;
            for (ObservedGateway gateway : List.of(first, middle, last)) {
                JsonObject byTrace = gateway.explain("trace=" + TRACE).get(0);
                JsonObject byRequest = gateway.explain("request=" + asked.getString("x_request_id"))
                        .get(0);
                assertThat(byTrace).isEqualTo(byRequest);
                assertThat(byTrace.getInteger("hop")).isEqualTo(hop++);
                assertThat(byTrace.getString("lane_requested")).isEqualTo("f-1");
            }
            assertThat(asked.getString("lane")).isEqualTo("master");
            JsonObject end = last.explain("trace=" + TRACE).get(0);
            assertThat(end.getString("lane")).isEqualTo("f-1");
            assertThat(end.getString("origin")).isEqualTo("stamp");
            assertThat(end.getString("carrier")).isEqualTo("header");
        }
    }

    private static String through(long revision, ObservedGateway next) {
        return """
            revision: %d
            lanes: [{name: f-1}]
            services:
              - name: a
                hosts: [a.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
            """.formatted(revision, next.inside());
    }

    @Test
    void forgetsTheOldestAndSaysWhatItDoesNotKnow() {
        try (ObservedGateway gateway = new ObservedGateway(dir, table(7), "requests: {remembered: 100}\n");
                RawClient client = gateway.client()) {
            String[] ids = new String[400];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = client.send(get("a.test", "/" + i, "")).response().header("x-request-id");
            }
            for (int i = 300; i < ids.length; i++) {
                assertThat(gateway.explain("request=" + ids[i]).get(0).getString("path"))
                        .isEqualTo("/" + i);
            }
            RawClient.Response forgotten = gateway.ask("/explain?request=" + ids[0]);
            assertThat(forgotten.status()).isEqualTo(404);
            assertThat(forgotten.header("content-type")).isEqualTo("application/problem+json");
            assertThat(gateway.ask("/explain?trace=" + TRACE).status()).isEqualTo(404);
            assertThat(gateway.ask("/explain?trace=").status()).isEqualTo(404);
            assertThat(gateway.ask("/explain?request=a&trace=b").status()).isEqualTo(400);
            assertThat(gateway.ask("/explain?service=a").status()).isEqualTo(200);
        }
    }

    @Test
    void remembersNothingWhereThatIsOff() {
        try (ObservedGateway gateway = new ObservedGateway(dir, table(7), "requests: {remembered: 0}\n");
                RawClient client = gateway.client()) {
            String id = client.send(get("a.test", "/", "")).response().header("x-request-id");
            assertThat(gateway.ask("/explain?request=" + id).status()).isEqualTo(404);
        }
    }
}
