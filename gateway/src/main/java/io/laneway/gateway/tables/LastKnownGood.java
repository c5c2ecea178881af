package io.laneway.gateway.tables;

import io.laneway.router.document.Problem;
import io.laneway.router.document.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.tableform.TableReader;
import io.laneway.router.tableform.TableWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The last known good table on disk: one line with the store, the revision and a checksum, then the table as JSON.
 * Written beside and moved into place, so that a crash leaves the old or the new one. Blocks; not for event loops.
 */
final class LastKnownGood {

    private static final String MAGIC = "laneway-table-1";
    private static final int HEADER_FIELDS = 4;
    private static final int MAX_HEADER = 1024;

    private final Path file;

    /** The table kept in that directory. */
    LastKnownGood(Path directory) {
        this.file = directory.resolve("last-known-good.table");
    }

    /** What was found. Immutable. */
    record Found(@Nullable Followed table, List<Problem> problems) {}

    /** Reads what is there; a file that is torn, altered or of another kind is a problem and not used. */
    Found read() {
        try {
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return new Found(null, List.of());
        } catch (IOException e) {
            return wrong("cannot be read: " + e.getMessage());
        }
    }

    /** Writes a table durably. */
    void write(Followed followed) throws IOException {
        byte[] table = TableWriter.json(followed.table());
        String header = String.join(
                " ",
                MAGIC,
                followed.store().isEmpty() ? "-" : followed.store(),
                Long.toString(followed.revision()),
                checksum(table));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, ByteBuffer.wrap((header + "\n").getBytes(StandardCharsets.UTF_8)));
            writeAll(channel, ByteBuffer.wrap(table));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Found parse(byte[] bytes) {
        int end = 0;
        while (end < Math.min(bytes.length, MAX_HEADER) && bytes[end] != '\n') {
            end++;
        }
        String[] header = new String(bytes, 0, end, StandardCharsets.UTF_8).split(" ");
        if (header.length != HEADER_FIELDS || !header[0].equals(MAGIC) || end == bytes.length) {
            return wrong("does not begin as such a file does");
        }
        byte[] table = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        if (!checksum(table).equals(header[3])) {
            return wrong("its checksum is not that of its content");
        }
        Problems problems = Problems.lenient();
        LaneTable read = TableReader.read(table, file.toString(), problems);
        if (read == null) {
            return new Found(null, problems.list());
        }
        return new Found(new Followed(header[1].equals("-") ? "" : header[1], read), List.of());
    }

    private Found wrong(String what) {
        return new Found(null, List.of(new Problem(file.toString(), 1, "", what, "a table that this program wrote")));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return HexFormat.of().toHexDigits((int) checksum.getValue()) + "-" + bytes.length;
    }
}
