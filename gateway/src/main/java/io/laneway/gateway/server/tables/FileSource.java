package io.laneway.gateway.server.tables;

import io.laneway.router.access.RegularFile;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableListener;
import io.laneway.router.source.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A table in a file. Looks at the file four times a second rather than being notified: that sees writes in
 * place, editors' renames and the symlink swaps of ConfigMaps alike, on any file system. A file is read once it was
 * unchanged still from one look to the next, so that one being written is not taken half; what is no regular file is
 * not opened. A change that takes all services away by leaving them out is refused: it is rather a file that broke than one
 * that was meant. Works on the table thread.
 */
final class FileSource implements TableSource {

    private static final long LOOK_EVERY_MILLIS = 250;

    /** What a look sees without reading. */
    private record Seen(long modified, long size, @Nullable Object key) {}

    private static final Seen MISSING = new Seen(0, -1, null);

    private final Path file;
    private final ScheduledExecutorService tableThread;
    private @Nullable ScheduledFuture<?> looks;
    private @Nullable Seen last;
    private @Nullable Seen read;
    private byte[] content = new byte[0];
    private long revision;
    private int services;

    FileSource(Path file, ScheduledExecutorService tableThread) {
        this.file = file;
        this.tableThread = tableThread;
    }

    @Override
    public String name() {
        return "file " + file;
    }

    @Override
    public synchronized void start(TableListener listener) {
        tableThread.execute(() -> deliver(listener));
        looks = tableThread.scheduleWithFixedDelay(
                () -> look(listener), LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Void> accept() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized void close() {
        if (looks != null) {
            looks.cancel(false);
        }
    }

    private void look(TableListener listener) {
        Seen now = seen();
        boolean still = now.equals(last);
        last = now;
        if (still && !now.equals(read)) {
            deliver(listener);
        }
    }

    private void deliver(TableListener listener) {
        read = seen();
        try {
            byte[] bytes = RegularFile.bytes(file);
            listener.connected(true, name());
            if (!Arrays.equals(bytes, content)) {
                content = bytes;
                parse(bytes, listener);
            }
        } catch (NoSuchFileException e) {
            content = new byte[0];
            listener.connected(false, "does not exist: " + file);
        } catch (IOException e) {
            listener.connected(false, "cannot be read: " + e.getMessage());
        }
    }

    private void parse(byte[] bytes, TableListener listener) {
        Problems problems = Problems.strict();
        Node document = Documents.parse(bytes, file.toString(), problems);
        LaneTable table = document == null ? null : TableReader.table(document, problems);
        if (document == null || table == null) {
            listener.refused(problems.isEmpty() ? List.of(empty()) : problems.list());
            return;
        }
        if (services > 0 && table.services().isEmpty() && !TableReader.saysServices(document)) {
            listener.refused(List.of(gone()));
            return;
        }
        services = table.services().size();
        revision++;
        listener.snapshot("", table.revision() > 0 ? table : table.atRevision(revision));
    }

    private Problem empty() {
        return new Problem(file.toString(), 1, "", "no table", "a lane table");
    }

    private Problem gone() {
        return new Problem(
                file.toString(), 1, "services", "missing, the table before had " + services, "services: [] for none");
    }

    private Seen seen() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Seen(
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return MISSING;
        }
    }
}
