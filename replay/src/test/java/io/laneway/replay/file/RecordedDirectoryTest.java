package io.laneway.replay.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.replay.Records;
import io.laneway.replay.form.RecordingHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedDirectoryTest {

    private static final RecordingHeader HEADER =
            new RecordingHeader("orders", "gw-1", Instant.parse("2026-11-30T01:30:00Z"), true);

    @TempDir
    Path directory;

    @Test
    void filesAreReadByNameAndNoneWhereItIsNotThere() throws IOException {
        write("b", 2);
        write("a", 1);

        assertThat(ids(directory)).containsExactly("r-1", "r-2");
        assertThat(ids(directory.resolve("none"))).isEmpty();
    }

    /** A gateway that was killed, or that has no more than made its next file, keeps no request of others from its readers. */
    @Test
    void aFileWithoutItsFirstLineHasNothing() throws IOException {
        byte[] whole = Files.readAllBytes(write("whole", 1));
        Files.write(directory.resolve("empty.jsonl.gz"), new byte[0]);
        Files.write(directory.resolve("zeros.jsonl.gz"), new byte[4_096]);
        for (int length = 1; length < 40; length += 3) {
            Files.write(directory.resolve("cut-" + length + ".jsonl.gz"), Arrays.copyOf(whole, length));
        }

        assertThat(ids(directory)).containsExactly("r-1");
    }

    @Test
    void aDamagedFileIsNotLeftOut() throws IOException {
        write("whole", 1);
        Files.writeString(directory.resolve("text.jsonl.gz"), "no recording at all");

        assertThatThrownBy(() -> ids(directory))
                .isInstanceOf(RecordingDamaged.class)
                .hasMessageContaining("text.jsonl.gz");
    }

    private Path write(String name, int request) throws IOException {
        Path file = directory.resolve(name + ".jsonl.gz");
        try (RecordingWriter writer = RecordingWriter.create(file, HEADER)) {
            Records record = Records.record();
            record.id = "r-" + request;
            writer.write(record.make());
        }
        return file;
    }

    private static List<String> ids(Path from) throws IOException {
        List<String> ids = new ArrayList<>();
        new RecordedDirectory(from).read(exchange -> ids.add(exchange.id()));
        return ids;
    }
}
