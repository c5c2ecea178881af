package io.laneway.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.cli.command.Laneway;
import io.laneway.gateway.runtime.config.RecordingsConfig;
import io.laneway.gateway.telemetry.recording.TopicSinks;
import io.laneway.kafka.testkit.Broker;
import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.record.DiskListener;
import io.laneway.replay.record.DropReason;
import io.laneway.replay.record.RecordingSink;
import io.laneway.testkit.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Recordings over a real broker: what is kept is in the topic and comes back as a file; what is not is counted. */
class KafkaSinkIT {

    private static final long MUCH = 1L << 30;

    private final Broker broker = Broker.shared();
    private final String topic = "recordings-" + UUID.randomUUID();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path dir;

    private RecordingSink sink(String servers, String recording, long max, Map<String, String> properties) {
        DiskListener listener = new DiskListener() {
            @Override
            public void failed(String reason) {
                said.add(reason);
            }

            @Override
            public void recovered() {
                said.add("recovered");
            }
        };
        RecordingSink sink = ServiceLoader.load(TopicSinks.class)
                .findFirst()
                .orElseThrow()
                .open(new RecordingsConfig.Kafka(servers, topic, properties))
                .open(new RecordingHeader(recording, "edge-1", Instant.now(), true), max, listener);
        sink.begin();
        return sink;
    }

    private static RecordedExchange exchange(int number, int bytes) {
        return new RecordedExchange(
                "id-" + number,
                "trace-" + number % 7,
                "",
                Instant.now(),
                Duration.ZERO,
                Duration.ZERO,
                new RecordedDecision("edge-1", "orders", "", "", "", "master", "", 1),
                new RecordedRequest(
                        "HTTP/1.1",
                        "GET",
                        "http",
                        "orders.test",
                        "/",
                        List.of(),
                        RecordedBody.whole(new byte[bytes]),
                        List.of()),
                null,
                "",
                List.of());
    }

    private int fetch(Path to, String... more) {
        List<String> args = new ArrayList<>(
                List.of("record", "fetch", "kafka://" + broker.servers() + "/" + topic, "--to", to.toString()));
        args.addAll(List.of(more));
        return command().execute(args.toArray(String[]::new));
    }

    private CommandLine command() {
        return Laneway.commandLine().setErr(new PrintWriter(err, true));
    }

    @Test
    void whatIsKeptIsInTheTopicAndComesBackAsAFile() throws Exception {
        broker.topic(topic, 3);
        RecordingSink orders = sink(broker.servers(), "orders", MUCH, Map.of());
        RecordingSink carts = sink(broker.servers(), "carts", MUCH, Map.of());
        for (int i = 0; i < 500; i++) {
            orders.write(exchange(i, 10));
            carts.write(exchange(1000 + i, 10));
        }
        orders.close();
        carts.close();

        assertThat(orders.counts().kept()).isEqualTo(500);
        Path file = dir.resolve("orders.jsonl.gz");
        assertThat(fetch(file, "--recording", "orders")).as("%s", err).isZero();
        Map<String, List<Integer>> byTrace = new TreeMap<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                byTrace.computeIfAbsent(next.trace(), made -> new ArrayList<>())
                        .add(Integer.parseInt(next.id().substring(3)));
            }
        }
        // a chain is in one partition, so that it comes back in its order
        assertThat(byTrace)
                .hasSize(7)
                .allSatisfy((trace, ids) -> assertThat(ids).isSorted());
        assertThat(byTrace.values().stream().mapToInt(List::size).sum()).isEqualTo(500);
        assertThat(fetch(dir.resolve("none.jsonl.gz"), "--recording", "none")).isNotZero();
        assertThat(dir.resolve("none.jsonl.gz")).doesNotExist();
        assertThat(said).isEmpty();
    }

    @Test
    void aRecordThatIsTooLargeIsRefusedAndARecordingEndsByItsSize() {
        broker.topic(topic, 1);
        RecordingSink sink = sink(broker.servers(), "orders", 2000, Map.of("compression.type", "none"));
        sink.write(exchange(1, 2_000_000));
        await().until(() -> sink.counts().dropped(DropReason.REFUSED) == 1);
        while (!sink.ended()) {
            sink.write(exchange(2, 1000));
            await().until(() -> sink.counts().kept() + sink.counts().dropped() > 1);
        }
        long kept = sink.counts().kept();
        sink.write(exchange(3, 10));
        sink.close();

        assertThat(sink.counts().dropped(DropReason.ENDED)).isEqualTo(1);
        assertThat(sink.counts().kept()).isEqualTo(kept);
        assertThat(said).hasSize(2).last().isEqualTo("recovered");
    }

    @Test
    void aBrokerThatIsAwayCostsRequestsAndNoTime() {
        RecordingSink sink = sink("127.0.0.1:" + FreePort.take(), "orders", MUCH, Map.of());
        long begin = System.nanoTime();
        for (int i = 0; i < 5000; i++) {
            sink.write(exchange(i, 100));
        }
        sink.close();

        assertThat(sink.counts().dropped(DropReason.AWAY)).isEqualTo(5000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        assertThat(said).hasSize(1);
    }
}
