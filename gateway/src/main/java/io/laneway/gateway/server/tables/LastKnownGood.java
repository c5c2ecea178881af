package io.laneway.gateway.server.tables;

import io.laneway.router.access.PrivateFiles;
import io.laneway.router.access.RegularFile;
import io.laneway.router.codec.TableReader;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known good table on disk: one line with the store, the revision and a checksum, then the table as JSON.
 * Written beside, under a name of one's own, and moved into place, so that a crash, or two processes that write at once,
 * leave one of the tables whole. Blocks; not for event loops.
 */
final class LastKnownGood {

    private static final Logger log = LoggerFactory.getLogger(LastKnownGood.class);
    private static final String MAGIC = "laneway-table-1";

    /** Of a part of a table. A version that knows none must not take it for a whole one. */
    private static final String PART = "laneway-part-1";

    private static final int HEADER_FIELDS = 4;
    private static final int MAX_HEADER = 1024;
    private static final String NAME = "last-known-good.table";

    /** No write takes so long: an older temporary file was left by a process that died. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private final Path directory;
    private final Path file;
    private final Path fresh;

    /** The table kept in that directory. */
    LastKnownGood(Path directory) {
        this(directory, ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()));
    }

    /** @param writer names this one among those who write there */
    LastKnownGood(Path directory, String writer) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
        this.fresh = directory.resolve(NAME + "." + writer + ".new");
    }

    /** What was found. Immutable. */
    record Found(@Nullable FollowedTable table, List<Problem> problems) {}

    /** Reads what is there; a file that is torn, altered or of another kind is a problem and not used. */
    Found read() {
        try {
            return parse(RegularFile.bytes(file));
        } catch (NoSuchFileException e) {
            return new Found(null, List.of());
        } catch (IOException e) {
            return wrong("cannot be read: " + e.getMessage());
        }
    }

    /** Writes a table durably. */
    void write(FollowedTable followed) throws IOException {
        byte[] table = TableWriter.json(followed.table());
        String header = String.join(
                " ",
                followed.part() ? PART : MAGIC,
                followed.store().isEmpty() ? "-" : followed.store(),
                Long.toString(followed.revision()),
                checksum(table));
        PrivateFiles.directory(directory);
        try {
            writeFresh(header, table);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        sync();
        sweep();
    }

    private void writeFresh(String header, byte[] table) throws IOException {
        PrivateFiles.file(fresh);
        try (FileChannel channel =
                FileChannel.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, ByteBuffer.wrap((header + "\n").getBytes(StandardCharsets.UTF_8)));
            writeAll(channel, ByteBuffer.wrap(table));
            channel.force(true);
        }
    }

    /** A rename lasts once its directory is on disk; where a directory cannot be opened, it lasts when the system says. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            log.atDebug().addKeyValue("directory", directory).setCause(e).log("directory not synced");
        }
    }

    private void sweep() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, NAME + ".*new")) {
            for (Path each : left) {
                FileTime changed = Files.getLastModifiedTime(each);
                if (changed.toInstant().isBefore(Instant.now().minus(STALE))) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // another process moved its own into place meanwhile: the next write sweeps again
            log.atDebug().addKeyValue("directory", directory).setCause(e).log("directory not swept");
        }
    }

    private Found parse(byte[] bytes) {
        int end = 0;
        while (end < Math.min(bytes.length, MAX_HEADER) && bytes[end] != '\n') {
            end++;
        }
        String[] header = new String(bytes, 0, end, StandardCharsets.UTF_8).split(" ");
        if (header.length != HEADER_FIELDS
                || !(header[0].equals(MAGIC) || header[0].equals(PART))
                || end == bytes.length) {
            return wrong("does not begin as such a file does");
        }
        byte[] table = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        if (!checksum(table).equals(header[3])) {
            return wrong("its checksum is not that of its content");
        }
        Problems problems = Problems.lenient();
        boolean part = header[0].equals(PART);
        Node node = Documents.parse(table, file.toString(), problems);
        LaneTable read =
                node == null ? null : part ? TableReader.part(node, problems) : TableReader.table(node, problems);
        if (read == null) {
            return new Found(null, problems.list());
        }
        return new Found(new FollowedTable(header[1].equals("-") ? "" : header[1], read, part), List.of());
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
