package io.laneway.router.model.recording;

import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.ByteSize;
import io.laneway.router.unit.Share;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recording: which requests each gateway keeps, with their responses, and until when. Immutable. What is null is not
 * looked at.
 *
 * @param lane   the lane that was asked for, or whose deployment served
 * @param path   what the path begins with
 * @param share  of the requests, by the hash of their trace or id, so that a chain is kept whole or not at all
 * @param from   when it begins; null for as soon as a gateway knows of it
 * @param until  when it ends by itself
 * @param max    size of a gateway's files at which it ends there
 * @param bodies how much of each body is kept
 * @param frames whether WebSockets are kept, by their frames
 */
public record Recording(
        String name,
        @Nullable ServiceId service,
        @Nullable String lane,
        @Nullable String tenant,
        @Nullable String path,
        Share share,
        @Nullable Instant from,
        Instant until,
        ByteSize max,
        ByteSize bodies,
        boolean frames,
        Redaction redact) {

    public static final ByteSize DEFAULT_MAX = ByteSize.parse("1GiB");
    public static final ByteSize DEFAULT_BODIES = ByteSize.parse("64KiB");

    /** No more of them run at a time: each has a thread and memory of its own on every gateway. */
    public static final int MOST_AT_ONCE = 16;

    /** More of a body is not kept. */
    public static final ByteSize MOST_BODIES = ByteSize.parse("1MiB");

    public Recording {
        Slug.requireName("name", name);
        if (path != null && !path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: a path that begins with /)");
        }
        if (from != null && !from.isBefore(until)) {
            throw new IllegalArgumentException("from: " + from + " (expected: before until, " + until + ")");
        }
        if (share.slots() == 0) {
            throw new IllegalArgumentException("share: " + share + " (expected: more than 0%)");
        }
        if (bodies.bytes() > MOST_BODIES.bytes()) {
            throw new IllegalArgumentException("bodies: " + bodies + " (expected: at most " + MOST_BODIES + ")");
        }
    }

    /** The same recording, at another time. */
    public Recording during(Instant from, Instant until) {
        return new Recording(name, service, lane, tenant, path, share, from, until, max, bodies, frames, redact);
    }
}
