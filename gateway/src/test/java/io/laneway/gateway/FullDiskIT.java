package io.laneway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.server.tables.TableStatus;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WholeGateway;
import io.laneway.testkit.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Access log, recordings and the last known good table on a disk of their own, which fills up. Needs the right to mount a
 * tmpfs.
 */
class FullDiskIT {

    private static final int EVENT_LOOPS = 2;

    @TempDir
    Path dir;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(dir.resolve("disk"));
        mounted = Programs.has("mount")
                && Programs.run(dir, List.of("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()))
                                .exit()
                        == 0;
        assumeTrue(mounted, "may not mount a tmpfs here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(Programs.run(dir, List.of("umount", "-l", disk.toString()))
                            .exit())
                    .isZero();
        }
    }

    private String table(int revision, int upstream) {
        return """
            revision: %d
            services:
              - {name: a, hosts: [a.test], deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]}
            recordings: [{name: rec, until: "2999-01-01T00:00:00Z", service: a}]
            """.formatted(revision, upstream);
    }

    private Gateway start() {
        String document = """
            id: gw
            listeners: [{name: edge, address: "127.0.0.1:0"}]
            admin: {address: "127.0.0.1:0"}
            threads: %d
            accessLog: {path: disk/access.log}
            table: {file: lanes.yaml}
            data: disk/data
            """.formatted(EVENT_LOOPS);
        return Gateway.start(
                ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), dir.resolve("laneway.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("test"));
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[1024];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static void ask(Gateway gateway, int requests) {
        for (int i = 0; i < requests; i++) {
            try (RawClient client = RawClient.to(gateway.port("edge"))) {
                assertThat(client.send("GET /" + "x".repeat(1000) + " HTTP/1.1\nHost: a.test\n\n")
                                .response()
                                .body())
                        .isEqualTo("served");
            }
        }
    }

    private static long counted(Gateway gateway, String series) throws Exception {
        Matcher line = Pattern.compile("^" + series + "(?:\\{[^}]*})? (\\S+)$", Pattern.MULTILINE)
                .matcher(WholeGateway.metrics(gateway));
        long sum = 0;
        while (line.find()) {
            sum += (long) Double.parseDouble(line.group(1));
        }
        return sum;
    }

    @Test
    void requestsAreServedWhatIsLostIsCountedAndAllIsWrittenAgainOnceThereIsRoom() throws Exception {
        try (Upstream upstream = Upstream.saying("served")) {
            Files.writeString(dir.resolve("lanes.yaml"), table(1, upstream.port()));
            try (Gateway gateway = start()) {
                ask(gateway, 20);
                Path log = disk.resolve("access.log");
                await().until(() -> Files.exists(log) && Files.readAllLines(log).size() == 20);
                fill(disk.resolve("filler"));
                Files.writeString(dir.resolve("lanes.yaml"), table(2, upstream.port()));
                await().until(() -> gateway.tables().status().followed().revision() == 2);

                ask(gateway, 1_000);

                assertThat(counted(gateway, "laneway_requests_total")).isEqualTo(1_020);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> counted(gateway, "laneway_recording_kept_total")
                                        + counted(gateway, "laneway_recording_dropped_total")
                                == 1_020);
                Files.delete(disk.resolve("filler"));
                ask(gateway, 20);

                long dropped = counted(gateway, "laneway_access_log_dropped_total");
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(Files.readAllLines(log))
                                .hasSize((int) (1_040 - dropped))
                                .allMatch(line -> line.contains("GET /x") && line.contains("decision=")));
            }
            Files.delete(dir.resolve("lanes.yaml"));
            try (Gateway again = start()) {
                assertThat(again.tables().status().origin()).isEqualTo(TableStatus.Origin.LAST_KNOWN_GOOD);
                assertThat(again.tables().status().followed().revision()).isEqualTo(2);
            }
        }
    }
}
