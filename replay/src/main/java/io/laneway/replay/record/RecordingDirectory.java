package io.laneway.replay.record;

import io.laneway.replay.file.FileOpener;
import io.laneway.replay.file.OwnerFile;
import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording into files of a directory, each of a bounded size and with mode 0600. It takes no file away: where
 * there is no room, requests are dropped and counted, and a file is tried again a second later. Nothing is thrown.
 * Confined to one thread, but for its counts.
 */
public final class RecordingDirectory implements RecordingSink {

    private static final int MOST_TAKEN = 100;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RecordingCounts counts = new RecordingCounts();
    private final RunFiles files;
    private final RecordingHeader header;
    private final DirectoryLimits limits;
    private final FileOpener opener;
    private final DiskListener disk;
    private final LongSupplier nanos;
    private @Nullable RecordingWriter writer;
    private long earlier;
    private final Unwritten unwritten = new Unwritten();
    private boolean begun;
    private boolean failing;
    private boolean said;
    private long failedAt;

    /**
     * A recording's files.
     *
     * @param header the recording, the gateway, and when the recording was begun
     * @param disk learns whether they can be written
     * @throws IllegalArgumentException if the recording or the gateway has a name that is no file's
     */
    public RecordingDirectory(Path directory, RecordingHeader header, DirectoryLimits limits, DiskListener disk) {
        this(directory, header, limits, OwnerFile::create, disk, System::nanoTime);
    }

    RecordingDirectory(
            Path directory,
            RecordingHeader header,
            DirectoryLimits limits,
            FileOpener opener,
            DiskListener disk,
            LongSupplier nanos) {
        this.files = new RunFiles(directory, header);
        this.header = header;
        this.limits = limits;
        this.opener = opener;
        this.disk = disk;
        this.nanos = nanos;
    }

    @Override
    public RecordingCounts counts() {
        return counts;
    }

    /** Counts the bytes that are there since before a restart; until they are counted nothing is written. */
    @Override
    public void begin() {
        try {
            earlier = files.runBytes();
            begun = true;
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    /** Whether it has as many bytes as it may have. */
    @Override
    public boolean ended() {
        return earlier + (writer == null ? 0 : writer.size()) >= limits.recording();
    }

    @Override
    public void write(RecordedExchange exchange) {
        if (ended()) {
            counts.drop(DropReason.ENDED, exchange);
            return;
        }
        RecordingWriter to = writer != null ? writer : opened();
        if (to == null) {
            counts.drop(DropReason.DISK, exchange);
            return;
        }
        try {
            to.add(exchange);
            unwritten.add(exchange);
            if (to.isFull()) {
                flush();
            }
        } catch (IOException e) {
            unwritten.add(exchange);
            lost(to, e);
        }
    }

    /** What was written is in a file from now on: in another one, if its own was removed or renamed. */
    @Override
    public void flush() {
        RecordingWriter to = writer == null || writer.isInPlace() ? writer : moved(writer);
        if (to == null || to.pending() == 0) {
            return;
        }
        try {
            to.flush();
            kept(to);
        } catch (IOException e) {
            lost(to, e);
        }
    }

    @Override
    public void close() {
        flush();
        if (writer != null) {
            leave(writer);
        }
    }

    private @Nullable RecordingWriter opened() {
        if (failing && nanos.getAsLong() - failedAt < RETRY_NANOS) {
            return null;
        }
        if (!begun) {
            begin();
        }
        if (!begun) {
            return null;
        }
        try {
            if (files.allBytes() >= limits.directory()) {
                fail("the directory is full (expected: less than " + limits.directory() + " bytes)");
                return null;
            }
            writer = created();
            failing = false;
            return writer;
        } catch (IOException e) {
            fail(e.toString());
            return null;
        }
    }

    /**
     * Lets a file go whose path does not name it any more, so that its room is free. What is in no member of it yet goes
     * into the next one; null if there is none.
     */
    private @Nullable RecordingWriter moved(RecordingWriter from) {
        writer = null;
        RecordingWriter next = from.pending() == 0 ? null : opened();
        if (next != null) {
            next.takeOver(from);
        } else {
            unwritten.drop(counts, DropReason.DISK);
        }
        earlier += from.size();
        closed(from);
        return next;
    }

    /** Another process of the same name may have made the next file since it was looked for. */
    private RecordingWriter created() throws IOException {
        IOException last = new IOException("no file");
        for (int i = 0; i < MOST_TAKEN; i++) {
            try {
                return RecordingWriter.create(files.next(), header, opener);
            } catch (FileAlreadyExistsException e) {
                last = e;
            }
        }
        throw last;
    }

    private void kept(RecordingWriter to) {
        unwritten.keep(counts);
        if (said) {
            said = false;
            disk.recovered();
        }
        if (to.size() >= limits.file()) {
            leave(to);
        }
    }

    private void lost(RecordingWriter to, IOException why) {
        unwritten.drop(counts, DropReason.DISK);
        fail(why.toString());
        leave(to);
    }

    private void fail(String reason) {
        failing = true;
        failedAt = nanos.getAsLong();
        if (!said) {
            said = true;
            disk.failed(reason);
        }
    }

    /** Everything was written before: what is in the file stays, even if closing fails. */
    private void leave(RecordingWriter to) {
        earlier += to.size();
        writer = null;
        closed(to);
    }

    private void closed(RecordingWriter to) {
        try {
            to.close();
        } catch (IOException e) {
            fail(e.toString());
        }
    }
}
