package io.laneway.replay.s3;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.record.DiskListener;
import io.laneway.replay.record.DropReason;
import io.laneway.replay.record.RecordingCounts;
import io.laneway.replay.record.RecordingSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording into a bucket: an object for each 4 MiB or ten seconds, put whole, so that a killed gateway leaves
 * whole members. One part is filled while the one before is on its way, which bounds what is held; what does not fit is
 * dropped and counted. Confined to one thread, but for its counts.
 */
public final class S3Sink implements RecordingSink {

    private static final int PART_BYTES = 4 << 20;
    private static final long PART_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final RecordingCounts counts = new RecordingCounts();
    private final S3Client client;
    private final RecordingHeader header;
    private final String prefix;
    private final long max;
    private final DiskListener listener;
    // two gateways of one name do not overwrite each other's objects
    private final String run =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private S3Part part;
    private @Nullable S3Upload sending;
    private long size;
    private int number;
    private boolean said;

    /**
     * A recording's objects.
     *
     * @param folder   of all recordings; empty, or with a slash at its end
     * @param max      bytes after which it ends
     * @param listener learns whether they can be put
     */
    public S3Sink(S3Client client, String folder, RecordingHeader header, long max, DiskListener listener) {
        this.client = client;
        this.header = header;
        this.prefix = folder + header.recording() + "/" + header.gateway() + "/" + TIME.format(header.created()) + "-";
        this.max = max;
        this.listener = listener;
        this.part = new S3Part(header, System.nanoTime());
    }

    @Override
    public RecordingCounts counts() {
        return counts;
    }

    /** Counts what earlier runs of the gateway put, as far as the store says so. */
    @Override
    public void begin() {
        try {
            size = client.list(prefix).stream().mapToLong(S3Client.Stored::size).sum();
        } catch (IOException | RuntimeException e) {
            // credentials may come later, who may put need not be allowed to list, and a store that is away is said
            // when a part is put
            size = 0;
        }
    }

    @Override
    public boolean ended() {
        return size + part.size() >= max;
    }

    @Override
    public void write(RecordedExchange exchange) {
        settle();
        if (ended()) {
            counts.drop(DropReason.ENDED, exchange);
        } else if (sending != null && part.size() >= PART_BYTES) {
            counts.drop(sending.reason(), exchange);
        } else {
            add(exchange);
        }
    }

    private void add(RecordedExchange exchange) {
        if (part.isEmpty()) {
            part = new S3Part(header, System.nanoTime());
        }
        try {
            part.add(exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (part.size() >= PART_BYTES) {
            send();
        }
    }

    @Override
    public void flush() {
        settle();
        if (!part.isEmpty() && part.age(System.nanoTime()) >= PART_NANOS) {
            send();
        }
    }

    @Override
    public void close() {
        long end = System.nanoTime() + CLOSE_NANOS;
        settle();
        send();
        while (sending != null && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
            settle();
            send();
        }
        if (sending != null) {
            DropReason reason = sending.failure() == null ? DropReason.AWAY : sending.reason();
            sending.cancel();
            sending.unwritten().drop(counts, reason);
            part.unwritten().drop(counts, reason);
            sending = null;
        }
    }

    /** Sends the part, unless the one before is on its way. */
    private void send() {
        if (sending != null || part.isEmpty()) {
            return;
        }
        try {
            part.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        number++;
        String key = prefix + TIME.format(Instant.now()) + "-" + run + "-" + String.format(Locale.ROOT, "%06d", number)
                + ".jsonl.gz";
        sending = new S3Upload(client, key, part, System.nanoTime());
        size += part.size();
        part = new S3Part(header, System.nanoTime());
    }

    /** Looks at what became of the part that is on its way. */
    private void settle() {
        S3Upload sent = sending;
        if (sent == null) {
            return;
        }
        long now = System.nanoTime();
        if (sent.stored(now)) {
            sent.unwritten().keep(counts);
            sending = null;
            recovered();
        } else {
            if (sent.failure() != null) {
                failed(sent.failure());
            }
            if (sent.isGivenUp(now)) {
                sent.unwritten().drop(counts, sent.reason());
                sending = null;
            }
        }
        if (part.size() >= PART_BYTES) {
            send();
        }
    }

    private void failed(Throwable why) {
        if (!said) {
            said = true;
            listener.failed(why.toString());
        }
    }

    private void recovered() {
        if (said) {
            said = false;
            listener.recovered();
        }
    }
}
