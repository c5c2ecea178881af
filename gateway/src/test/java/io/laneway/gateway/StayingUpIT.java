package io.laneway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.codec.TableWriter;
import io.netty.channel.epoll.Epoll;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway needs goes away, one thing after the other, and its clients do not notice. */
class StayingUpIT {

    private static final String REPLACED = "drain: {handover: heir.sock}\ntransport: epoll\ntimeouts: {drain: 2s}\n";

    @TempDir
    Path dir;

    private Gateway start(String listener, String table, String more) {
        String document = """
            id: gw-1
            listeners: [{name: edge, address: "%s"}]
            admin: {address: "127.0.0.1:0"}
            threads: 1
            accessLog: off
            table: %s
            %s
            """.formatted(listener, table, more);
        return Gateway.start(
                ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), dir.resolve("laneway.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("0.1"));
    }

    private Gateway start(String table, String more) {
        return start("127.0.0.1:0", table, more);
    }

    private void file(String name, int revision, Upstream upstream, String more) throws Exception {
        Files.writeString(dir.resolve(name), """
                    revision: %d
                    services:
                      - name: a
                        hosts: [a.test]
                        deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]
                    %s
                    """.formatted(revision, upstream.port(), more));
    }

    private static int asks(Gateway gateway) {
        try (RawClient client = RawClient.to(gateway.port("edge"))) {
            return client.get("/").status();
        }
    }

    private static String admin(Gateway gateway, String path) {
        return response(gateway, path).body();
    }

    private static RawClient.Response response(Gateway gateway, String path) {
        try (RawClient client = RawClient.to(gateway.adminPort())) {
            return client.send("GET " + path + " HTTP/1.1\nHost: localhost\n\n").response();
        }
    }

    /** A control API that tells one table, and only errors once its database is gone. */
    private static HttpServer control(Upstream upstream, AtomicBoolean database, CountDownLatch end) throws Exception {
        String json = new String(TableWriter.json(Tables.one(upstream.port())), StandardCharsets.UTF_8);
        String event = "event: snapshot\nid: 1\ndata: {\"store\":\"s-1\",\"replaces\":[],\"revision\":1,\"table\":"
                + json + "}\n\n";
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "control");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            if (!database.get()) {
                exchange.sendResponseHeaders(503, -1);
            } else if (exchange.getRequestURI().getPath().endsWith("/watch")) {
                exchange.getResponseHeaders().set("content-type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                waitFor(end);
            } else {
                exchange.sendResponseHeaders(204, -1);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theControlApiLosesItsDatabaseAndThenGoesAwayAndTheGatewayIsStartedAgain() throws Exception {
        AtomicBoolean database = new AtomicBoolean(true);
        CountDownLatch end = new CountDownLatch(1);
        try (Upstream upstream = Upstream.saying("ok")) {
            HttpServer control = control(upstream, database, end);
            String table =
                    "{control: \"http://127.0.0.1:" + control.getAddress().getPort() + "\"}";
            try (Gateway gateway = start(table, "data: data")) {
                await().until(() -> asks(gateway) == 200);
                database.set(false);
                end.countDown();
                await().until(() -> admin(gateway, "/table?table=false").contains("\"connected\":false"));
                assertThat(asks(gateway)).isEqualTo(200);
                control.stop(0);
                assertThat(asks(gateway)).isEqualTo(200);
            }
            try (Gateway gateway = start(table, "data: data")) {
                assertThat(asks(gateway)).isEqualTo(200);
                assertThat(admin(gateway, "/table?table=false")).contains("\"last_known_good\"");
            } finally {
                control.stop(0);
            }
        }
    }

    @Test
    void theDiskTakesNothingAndTablesAreTakenAllTheSame() throws Exception {
        Files.writeString(dir.resolve("data"), "a file where the directory should be");
        try (Upstream before = Upstream.saying("before");
                Upstream after = Upstream.saying("after")) {
            file("lanes.yaml", 1, before, "");
            try (Gateway gateway = start("{file: lanes.yaml}", "data: data");
                    RawClient client = RawClient.to(gateway.port("edge"))) {
                assertThat(client.get("/").body()).isEqualTo("before");
                file("lanes.yaml", 2, after, "");
                await().until(() -> client.get("/").body().equals("after"));
            }
        }
    }

    @Test
    void aTableLeavesAServiceWithoutADeploymentAndTheOthersAreServed() throws Exception {
        try (Upstream upstream = Upstream.saying("ok")) {
            file("lanes.yaml", 1, upstream, "");
            try (Gateway gateway = start("{file: lanes.yaml}", "");
                    RawClient client = RawClient.to(gateway.port("edge"))) {
                file("lanes.yaml", 2, upstream, "  - {name: b, hosts: [b.test], deployments: []}");
                await().until(() -> admin(gateway, "/table?table=false").contains("service b has no deployment"));
                assertThat(client.get("/").status()).isEqualTo(200);
                RawClient.Response response =
                        client.send("GET / HTTP/1.1\nHost: b.test\n\n").response();
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.body()).contains("base_unavailable");
            }
        }
    }

    @Test
    void theAdminInterfaceAnswersWhileRequestsAreShed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Upstream upstream = Upstream.responding(request -> {
            waitFor(end);
            return "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
        })) {
            file("lanes.yaml", 1, upstream, "");
            try (Gateway gateway = start("{file: lanes.yaml}", "overload: {maxRequests: 1}");
                    RawClient first = RawClient.to(gateway.port("edge"))) {
                first.send("GET / HTTP/1.1\nHost: a.test\n\n");
                await().until(() -> upstream.requests().size() == 1);
                for (int i = 0; i < 20; i++) {
                    assertThat(asks(gateway)).isEqualTo(503);
                    for (String path : new String[] {"/livez", "/readyz", "/table", "/config_dump"}) {
                        assertThat(response(gateway, path).status()).isEqualTo(200);
                    }
                }
                assertThat(admin(gateway, "/metrics")).contains("kind=\"shed\"");
                end.countDown();
                assertThat(first.response().status()).isEqualTo(200);
            } finally {
                end.countDown();
            }
        }
    }

    @Test
    void theProcessIsReplacedAndTheTableOnDiskIsThatOfItsSuccessor() throws Exception {
        assumeTrue(Epoll.isAvailable());
        String more = REPLACED + "data: data";
        try (Upstream upstream = Upstream.saying("ok")) {
            file("old.yaml", 1, upstream, "");
            file("new.yaml", 7, upstream, "");
            Path kept = dir.resolve("data").resolve("last-known-good.table");
            Gateway heir = null;
            try (Gateway old = start("{file: old.yaml}", more)) {
                await().until(() -> Files.exists(kept));
                // what is to be written ten seconds after the last time, or at the end
                file("old.yaml", 2, upstream, "");
                await().until(() -> admin(old, "/table?table=false").contains("\"revision\":2"));
                heir = start("{file: new.yaml}", more);
                await().until(() -> Files.readString(kept).startsWith("laneway-table-1 - 7 "));
                old.drained().toCompletableFuture().join();
            }
            try (Gateway serving = heir) {
                assertThat(Files.readString(kept)).startsWith("laneway-table-1 - 7 ");
                assertThat(asks(serving)).isEqualTo(200);
            }
            assertThat(Files.readString(kept)).startsWith("laneway-table-1 - 7 ");
        }
    }
}
