package io.laneway.replay.s3;

import io.laneway.replay.record.DropReason;
import io.laneway.replay.record.Unwritten;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A part on its way into the bucket, tried again each second while that fails. Confined to one thread. */
final class S3Upload {

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final int STORAGE_FULL = 507;

    private final S3Client client;
    private final String key;
    private final byte[] body;
    private final Unwritten unwritten;
    private final long begun;
    private CompletableFuture<Void> call;
    private long tried;
    private @Nullable Throwable failure;

    S3Upload(S3Client client, String key, S3Part part, long now) {
        this.client = client;
        this.key = key;
        this.body = part.bytes();
        this.unwritten = part.unwritten();
        this.begun = now;
        this.tried = now;
        this.call = client.put(key, body);
    }

    /** What becomes of it is counted here. */
    Unwritten unwritten() {
        return unwritten;
    }

    /** Why the last attempt failed that has ended; null for none. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether the object is there. Tries again where that is due. */
    boolean stored(long now) {
        if (!call.isDone()) {
            return false;
        }
        try {
            call.join();
            return true;
        } catch (CompletionException e) {
            failure = e.getCause() == null ? e : e.getCause();
        }
        if (now - tried >= RETRY_NANOS && !isGivenUp(now)) {
            tried = now;
            call = client.put(key, body);
        }
        return false;
    }

    /** Whether it has failed for so long that it makes room for the next one. */
    boolean isGivenUp(long now) {
        return call.isDone() && now - begun >= GIVE_UP_NANOS;
    }

    void cancel() {
        call.cancel(true);
    }

    /** What is in the way: of those on their way, too, while the one before has no answer. */
    DropReason reason() {
        return failure == null ? DropReason.SLOW : reason(failure);
    }

    static DropReason reason(Throwable failure) {
        if (!(failure instanceof S3Refused refused)) {
            return failure instanceof UncheckedIOException || failure instanceof IllegalArgumentException
                    ? DropReason.REFUSED
                    : DropReason.AWAY;
        }
        String code = refused.code().toLowerCase(Locale.ROOT);
        if (refused.status() == STORAGE_FULL || code.contains("quota") || code.contains("storagefull")) {
            return DropReason.FULL;
        }
        if (refused.status() == TOO_MANY || (refused.status() == UNAVAILABLE && code.equals("slowdown"))) {
            return DropReason.SLOW;
        }
        // with those that redirect to another region
        return refused.status() < SERVER_ERROR ? DropReason.REFUSED : DropReason.AWAY;
    }
}
