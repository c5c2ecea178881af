package io.laneway.gateway.telemetry.accesslog;

import io.laneway.router.decision.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The ends of lines: what a line says of the endpoint, service, lanes and reason comes again and again in the same
 * combination, so its bytes are kept, found by the identity of the texts. As many as there are places; a newcomer takes
 * the place of one that was missed often. Confined to one event loop.
 */
final class LineEnds {

    private static final int PLACES = 4096;
    private static final int PATIENCE = 16;

    private final @Nullable Tail[] tails = new @Nullable Tail[PLACES];

    /** What one line says of where its request went. */
    static final class Tail {
        private final String upstream;
        private final String service;
        private final String lane;
        private final String requested;
        private final @Nullable Reason reason;
        private byte @Nullable [] bytes;
        private int missed;

        private Tail(String upstream, String service, String lane, String requested, @Nullable Reason reason) {
            this.upstream = upstream;
            this.service = service;
            this.lane = lane;
            this.requested = requested;
            this.reason = reason;
        }

        /** Null until they were {@linkplain #keep kept}. */
        byte @Nullable [] bytes() {
            return bytes;
        }

        void keep(byte[] made) {
            bytes = made;
        }

        /** Identity is enough: an equal text that is another object is only slower. */
        @SuppressWarnings({"ReferenceEquality", "StringEquality"})
        private boolean is(String upstream, String service, String lane, String requested, @Nullable Reason reason) {
            return this.upstream == upstream
                    && this.lane == lane
                    && this.requested == requested
                    && this.reason == reason
                    && this.service == service;
        }
    }

    /** The tail of that combination, maybe without bytes yet; null if there is no place for it now. */
    @Nullable
    Tail of(String upstream, String service, String lane, String requested, @Nullable Reason reason) {
        int hash = (upstream.hashCode() * 31 + lane.hashCode()) * 31 + requested.hashCode();
        int place = (hash ^ (hash >>> 9) ^ (hash >>> 18)) & (PLACES - 1);
        Tail there = tails[place];
        if (there != null) {
            if (there.is(upstream, service, lane, requested, reason)) {
                return there;
            }
            if (++there.missed <= PATIENCE) {
                return null;
            }
        }
        Tail fresh = new Tail(upstream, service, lane, requested, reason);
        tails[place] = fresh;
        return fresh;
    }
}
