package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway without file descriptors says so at once, and blames no endpoint for it. */
@Timeout(60)
class ScarceSocketsIT {

    private static final String LANE = "trace-branch: f-1\n";

    private static final int LOOKS = 25;

    @TempDir
    private Path directory;

    private Path config(String transport, Upstream base, Upstream lane) throws IOException {
        Files.writeString(directory.resolve("lanes.yaml"), """
                lanes: [{name: f-1}]
                services:
                  - name: a
                    hosts: [a.test]
                    deployments:
                      - {lane: master, endpoints: ["127.0.0.1:%d"]}
                      - {lane: f-1, endpoints: ["127.0.0.1:%d"]}
                  - name: dead
                    hosts: [dead.test]
                    deployments: [{lane: master, endpoints: ["127.0.0.1:1"]}]
                """.formatted(base.port(), lane.port()));
        return Files.writeString(directory.resolve("laneway.yaml"), """
                listeners: [{name: edge, address: "127.0.0.1:0"}]
                admin: {address: "127.0.0.1:0"}
                table: {file: lanes.yaml}
                threads: 1
                transport: %s
                accessLog: off
                """.formatted(transport));
    }

    private static long open(GatewayChild gateway) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + gateway.pid() + "/fd"))) {
            return open.count();
        }
    }

    /** What is open when no health check is under way and sockets that were closed are gone. */
    private static long fewestOpen(GatewayChild gateway) throws Exception {
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < LOOKS; i++) {
            fewest = Math.min(fewest, open(gateway));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return fewest;
    }

    private static void limit(GatewayChild gateway, long files) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(gateway.pid()), "--nofile=" + files + ":")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    /** Clients wait at the listening socket while there is no descriptor for them. */
    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void connectionsThatCannotBeAcceptedWaitAndDoNotFloodTheLog(Transport transport) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "skipped: no /proc (expected: Linux)");
        assumeTrue(Sockets.canDo(transport), "skipped: no " + transport + " here");
        try (Upstream base = Upstream.saying("base");
                Upstream lane = Upstream.saying("lane");
                GatewayChild gateway =
                        GatewayChild.packed(config(transport.name().toLowerCase(Locale.ROOT), base, lane), directory)) {
            long lines = gateway.lines();
            limit(gateway, open(gateway) + 8);
            Deque<RawClient> clients = new ArrayDeque<>();
            for (int i = 0; i < 60; i++) {
                clients.add(RawClient.to(gateway.port()));
            }
            assertThat(clients.getFirst()
                            .send("GET / HTTP/1.1\nHost: nobody.test\n\n")
                            .response()
                            .status())
                    .as("what is open is served, with classes that no request needed before")
                    .isEqualTo(404);
            await().until(() -> gateway.lines() > lines);

            limit(gateway, 4096);
            assertThat(clients.getLast().get("/").body()).isEqualTo("base");
            assertThat(gateway.lines() - lines).as("lines of the log").isLessThan(5);
            clients.forEach(RawClient::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void aRequestIsRefusedAtOnceAndItsLaneServesTheNextOne(String transport) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "skipped: no /proc (expected: Linux)");
        assumeTrue(
                Sockets.canDo(Transport.valueOf(transport.toUpperCase(Locale.ROOT))),
                "skipped: no " + transport + " here");
        try (Upstream base = Upstream.saying("base");
                Upstream lane = Upstream.saying("lane");
                GatewayChild gateway = GatewayChild.packed(config(transport, base, lane), directory);
                RawClient client = RawClient.to(gateway.port())) {
            assertThat(client.get("/").body()).isEqualTo("base");
            client.send("GET / HTTP/1.1\nHost: dead.test\n\n");
            assertThat(client.response().status())
                    .as("loads the classes of a failure")
                    .isEqualTo(503);
            limit(gateway, fewestOpen(gateway));
            RawClient.Response refused = client.get("/", LANE);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("the gateway has no socket left");
            assertThat(client.get("/").body()).as("on a kept connection").isEqualTo("base");

            limit(gateway, 4096);
            RawClient.Response served = client.get("/", LANE);
            assertThat(served.body()).isEqualTo("lane");
            assertThat(served.header("x-laneway-decision")).isEqualTo("lane");
        }
    }
}
