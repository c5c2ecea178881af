package io.laneway.replay.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.replay.Records;
import io.laneway.replay.form.LineWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {

    private static final RecordingHeader HEADER =
            new RecordingHeader("orders", "gw-1", Instant.parse("2026-11-30T01:30:00Z"), true);

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = write(600, 100);

        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.header()).isEqualTo(HEADER);
            for (int i = 0; i < 600; i++) {
                assertThat(reader.next()).isEqualTo(exchange(i));
                assertThat(reader.line()).isEqualTo(i + 2);
            }
            assertThat(reader.next()).isNull();
            assertThat(reader.tail()).isNull();
        }
    }

    @Test
    void onlyItsOwnerCanReadAFileAndNoneIsWrittenOver() throws IOException {
        Path file = write(1, 1);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> RecordingWriter.create(file, HEADER)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatEndsAnywhereReadsUpToItsLastWholeMember() throws IOException {
        Path file = write(4, 1);
        byte[] whole = Files.readAllBytes(file);
        Path cut = directory.resolve("cut");
        int most = 0;
        for (int length = whole.length - 1; length > 0; length -= 7) {
            Files.write(cut, Arrays.copyOf(whole, length));
            int count = 0;
            try (RecordingReader reader = RecordingReader.open(cut)) {
                for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                    assertThat(next).isEqualTo(exchange(count++));
                }
                Tail tail = reader.tail();
                assertThat(count).isLessThan(4);
                assertThat(tail == null ? length : tail.position()).isLessThanOrEqualTo(length);
                most = Math.max(most, tail == null ? 0 : count);
            } catch (RecordingDamaged e) {
                // not even the first line is there
                assertThat(e).hasMessageContaining("no whole gzip member");
                assertThat(count).isZero();
            }
        }
        assertThat(most).isEqualTo(3);
    }

    @Test
    void zerosBehindTheLastMemberAreATail() throws IOException {
        Path file = write(10, 5);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 5_000));

        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(count(reader)).isEqualTo(10);
            assertThat(reader.tail()).isEqualTo(new Tail(11, whole.length));
        }
    }

    @Test
    void aBrokenMemberInTheMiddleSaysFileLineAndPlace() throws IOException {
        Path file = write(40, 10);
        byte[] whole = Files.readAllBytes(file);
        int third = memberStarts(whole).get(2);
        whole[third + 30] ^= 0x55;
        Files.write(file, whole);

        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThatThrownBy(() -> count(reader))
                    .isInstanceOf(RecordingDamaged.class)
                    .hasMessageStartingWith(file + ":12: ")
                    .hasMessageContaining("at byte " + third)
                    .hasMessageContaining("(expected: ");
        }
    }

    @Test
    void aLineThatIsWrongSaysWhatWasExpected() throws IOException {
        assertThat(damage("{\"id\":\"a\"}")).endsWith(":2: time: not there (expected: a text)");
        assertThat(damage("{\"id\":7}")).endsWith(":2: id: 7 (expected: a text)");
        assertThat(damage("{\"id\":"))
                .contains(":2: no JSON at column ")
                .endsWith("(expected: a JSON object in one line)");
        assertThat(damage("[1]")).endsWith(":2: line: a list (expected: an object)");
        assertThat(damage("{\"form\":\"laneway-recording\",\"version\":2}")).endsWith(":2: version: 2 (expected: 1)");
    }

    @Test
    void aFileOfSomethingElseSaysSo() throws IOException {
        Path file = Files.writeString(directory.resolve("x"), "hello");

        assertThatThrownBy(() -> RecordingReader.open(file))
                .hasMessageContaining(file + ":1: bytes that begin no gzip");
    }

    @Test
    void filesThatWerePutTogetherOrCompressedAgainAreRead() throws IOException {
        byte[] one = Files.readAllBytes(write(20, 7));
        Path both = directory.resolve("both");
        Files.write(both, one);
        Files.write(both, one, StandardOpenOption.APPEND);
        Path again = directory.resolve("again");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(both));
                GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(again))) {
            in.transferTo(out);
        }

        for (Path file : List.of(both, again)) {
            try (RecordingReader reader = RecordingReader.open(file)) {
                assertThat(count(reader)).as(file.toString()).isEqualTo(40);
            }
            RecordingIndex index = RecordingIndex.of(file);
            IndexEntry last = index.entries().get(39);
            assertThat(index.read(last)).isEqualTo(exchange(19));
        }
    }

    @Test
    void theIndexFindsRequestsByIdTracePathAndLane() throws IOException {
        Path file = write(600, 100);

        RecordingIndex index = RecordingIndex.of(file);

        assertThat(index.entries()).hasSize(600);
        assertThat(index.byId("r-431")).singleElement().satisfies(entry -> {
            assertThat(entry.line()).isEqualTo(433);
            assertThat(index.read(entry)).isEqualTo(exchange(431));
        });
        assertThat(index.byTrace("4bf92f3577b34da6a3ce929d0e0e4736")).hasSize(600);
        assertThat(index.byPath("/orders/1")).hasSize(200);
        assertThat(index.byLane("master")).hasSize(600);
        assertThat(index.byId("none")).isEmpty();
    }

    private String damage(String line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            LineWriter.header(HEADER, gzip);
            gzip.write((line + "\n").getBytes(UTF_8));
        }
        Path file = Files.write(directory.resolve("damaged"), out.toByteArray());
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.next();
            return "nothing was wrong";
        } catch (RecordingDamaged e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Path write(int count, int flushed) throws IOException {
        Path file = directory.resolve("orders-" + count + ".jsonl.gz");
        try (RecordingWriter writer = RecordingWriter.create(file, HEADER)) {
            for (int i = 0; i < count; i++) {
                writer.write(exchange(i));
                if ((i + 1) % flushed == 0) {
                    writer.flush();
                }
            }
        }
        return file;
    }

    private static RecordedExchange exchange(int number) {
        Records record = Records.record()
                .target("/orders/" + number % 3 + "?n=" + number)
                .header("x-n", "n" + number)
                .body("application/octet-stream", new byte[] {(byte) number, -1, 0})
                .responseBody("text/plain", "é" + number);
        record.id = "r-" + number;
        return record.make();
    }

    private static int count(RecordingReader reader) throws IOException {
        int count = 0;
        while (reader.next() != null) {
            count++;
        }
        return count;
    }

    private static List<Integer> memberStarts(byte[] whole) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i + 3 < whole.length; i++) {
            if (whole[i] == 0x1f && whole[i + 1] == (byte) 0x8b && whole[i + 2] == 8 && whole[i + 3] == 0) {
                starts.add(i);
            }
        }
        return starts;
    }
}
