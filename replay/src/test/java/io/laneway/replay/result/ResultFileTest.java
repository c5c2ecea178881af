package io.laneway.replay.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.replay.Records;
import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {

    private static final Instant THEN = Instant.parse("2026-11-30T01:30:00Z");
    private static final ReplayHeader HEADER =
            new ReplayHeader("r-7", "orders.jsonl.gz", "https://gw:8443", "f-1", "master", THEN);

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = write(1);
        try (ResultReader reader = ResultReader.open(file)) {
            assertThat(reader.header()).isEqualTo(HEADER);
            ReplayedRequest read = reader.next();
            assertThat(read.sequence()).isZero();
            assertThat(read.recorded().request())
                    .usingRecursiveComparison()
                    .isEqualTo(recorded().make().request());
            assertThat(read.of(Side.BASE2)).isNull();
            assertThat(read.of(Side.BASE1).error()).isEqualTo("timeout: 30s");
            assertThat(read.of(Side.LANE)).usingRecursiveComparison().isEqualTo(lane());
            assertThat(read.of(Side.LANE).response().grpcStatus()).isEqualTo("5");
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void aCutFileIsReadAndAppendedToBehindItsLastWholeMember() throws IOException {
        Path file = write(300);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        long end;
        try (ResultReader reader = ResultReader.open(file)) {
            assertThat(count(reader)).isEqualTo(256);
            assertThat(reader.tail()).isNotNull();
            end = reader.end();
        }
        try (ResultWriter writer = ResultWriter.append(file, end)) {
            writer.write(request(256));
        }
        try (ResultReader reader = ResultReader.open(file)) {
            assertThat(count(reader)).isEqualTo(257);
            assertThat(reader.tail()).isNull();
        }
    }

    @Test
    void aResultIsNoRecordingAndSaysSo() throws IOException {
        Path file = write(1);
        assertThatThrownBy(() -> RecordingReader.open(file))
                .hasMessage(file + ":1: form: a text (expected: laneway-recording)");
    }

    private Path write(int requests) throws IOException {
        Path file = directory.resolve("result.jsonl.gz");
        try (ResultWriter writer = ResultWriter.create(file, HEADER)) {
            for (int i = 0; i < requests; i++) {
                writer.write(request(i));
            }
        }
        return file;
    }

    private static int count(ResultReader reader) throws IOException {
        int count = 0;
        while (reader.next() != null) {
            count++;
        }
        return count;
    }

    private static Records recorded() {
        return Records.record().body("application/json", "{\"a\":1}");
    }

    private static ReplayedRequest request(long sequence) {
        ReplayedResponse base =
                new ReplayedResponse(Side.BASE1, THEN, Duration.ZERO, Duration.ofSeconds(30), null, "timeout: 30s");
        return new ReplayedRequest(sequence, recorded().make(), List.of(base, lane()));
    }

    private static ReplayedResponse lane() {
        RecordedResponse response = new RecordedResponse(
                200,
                List.of(new Field("content-type", "application/grpc")),
                RecordedBody.whole("\u0000\u0001x".getBytes(StandardCharsets.UTF_8)),
                List.of(new Field("grpc-status", "5")));
        return new ReplayedResponse(Side.LANE, THEN, Duration.ofMillis(3), Duration.ofMillis(12), response, "");
    }
}
