package io.laneway.gateway.telemetry.recording;

import static org.awaitility.Awaitility.await;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.replay.file.RecordedDirectory;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.record.DropReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A whole gateway over a table with recordings, and what it recorded. */
final class RecordedGateway implements AutoCloseable {

    private static final Pattern COUNT =
            Pattern.compile("^laneway_recording_(kept|dropped)_total\\{([^}]*)} ([0-9.]+)$", Pattern.MULTILINE);

    private final Path directory;
    private final Gateway gateway;

    RecordedGateway(Path directory, String table) throws IOException {
        this(directory, table, "data: data");
    }

    private RecordedGateway(Path directory, String table, String data) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("lanes.yaml"), table);
        String document = """
            id: gw
            listeners:
              - {name: edge, address: "127.0.0.1:0"}
              - {name: inside, address: "127.0.0.1:0", trust: internal}
            admin: {address: "127.0.0.1:0"}
            threads: 2
            accessLog: off
            table: {file: lanes.yaml}
            %s
            """.formatted(data);
        gateway = Gateway.start(
                ConfigReader.read(
                                document.getBytes(StandardCharsets.UTF_8), directory.resolve("laneway.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("0.1"));
    }

    /** One that has no data directory. */
    static RecordedGateway withoutData(Path directory, String table) throws IOException {
        return new RecordedGateway(directory, table, "");
    }

    /** One with further lines of configuration, in place of a data directory. */
    static RecordedGateway with(Path directory, String table, String lines) throws IOException {
        return new RecordedGateway(directory, table, lines);
    }

    RawClient edge() {
        return RawClient.to(gateway.port("edge"));
    }

    RawClient inside() {
        return RawClient.to(gateway.port("inside"));
    }

    /** A connection in HTTP/2 with prior knowledge. */
    FrameSocket frames() {
        return FrameSocket.client(gateway.port("edge"));
    }

    /** Has another table in force when it returns. */
    void table(String table) throws IOException {
        long before = Objects.requireNonNull(gateway.tables().get()).revision();
        Files.writeString(directory.resolve("lanes.yaml"), table);
        await().until(() -> Objects.requireNonNull(gateway.tables().get()).revision() > before);
    }

    int edgePort() {
        return gateway.port("edge");
    }

    int insidePort() {
        return gateway.port("inside");
    }

    /** Requests kept or dropped so far, for that reason; all of them for an empty one. */
    long count(String what, String reason) {
        try (RawClient client = RawClient.to(gateway.adminPort())) {
            String body = client.send("GET /metrics HTTP/1.1\nHost: localhost\n\n")
                    .response()
                    .body();
            return COUNT.matcher(body)
                    .results()
                    .filter(found ->
                            found.group(1).equals(what) && found.group(2).contains(reason))
                    .mapToLong(found -> (long) Double.parseDouble(found.group(3)))
                    .sum();
        }
    }

    /** How many were dropped, by reason. */
    Map<String, Long> reasons() {
        Map<String, Long> reasons = new TreeMap<>();
        for (DropReason reason : DropReason.values()) {
            long dropped = count("dropped", "reason=\"" + reason.word() + "\"");
            if (dropped > 0) {
                reasons.put(reason.word(), dropped);
            }
        }
        return reasons;
    }

    /** All that was matched, as it was counted. */
    long counted() {
        return count("kept", "") + count("dropped", "");
    }

    List<Path> files() throws IOException {
        return files(directory);
    }

    private static List<Path> files(Path directory) throws IOException {
        Path recordings = directory.resolve("data").resolve("recordings");
        if (!Files.isDirectory(recordings)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(recordings)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    List<RecordedExchange> recorded() throws IOException {
        return recorded(directory);
    }

    /** What a gateway whose files are below that directory recorded. */
    static List<RecordedExchange> recorded(Path directory) throws IOException {
        List<RecordedExchange> all = new ArrayList<>();
        read(directory, all::add);
        return all;
    }

    /** How many requests are in the files, of which there may be more than fit into memory. */
    long recordedCount() throws IOException {
        LongAdder count = new LongAdder();
        read(directory, exchange -> count.increment());
        return count.sum();
    }

    private static void read(Path directory, Consumer<RecordedExchange> taker) throws IOException {
        new RecordedDirectory(directory.resolve("data").resolve("recordings")).read(taker::accept);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
