package io.laneway.control.store;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of the store that a commit writes and a start reads. */
public final class Rows {

    private Rows() {}

    /** Names an object: its kind, and its name in that kind. Immutable. */
    public record ObjectKey(String kind, String name) {
        public ObjectKey {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * One object of the table. Immutable.
     *
     * @param place    orders the objects as they were first put
     * @param revision the edit that put it as it is
     * @param owner    who may change it; empty for REST
     */
    public record ObjectRow(ObjectKey key, long place, long revision, String owner, String body) {}

    /**
     * One edit. Immutable.
     *
     * @param at      milliseconds since 1970
     * @param origin  where the call came from
     * @param action  such as {@code put}
     * @param subject such as {@code shift default}
     * @param owner   who owns the changed objects from then on; empty for REST
     * @param undo    the changes that lead back
     */
    public record HistoryRow(
            long revision,
            long at,
            String who,
            String origin,
            String why,
            String action,
            String subject,
            String owner,
            String changes,
            String undo) {}

    /** What the watch says of one revision; {@code kind} is {@code edit} or {@code overlay}. Immutable. */
    public record PublishedRow(long revision, String kind, String delta) {}

    /** A part of what one discovery found; an empty body is one that is gone. Immutable. */
    public record OverlayRow(String source, String part, long revision, String body) {}

    /**
     * The response of a call with an Idempotency-Key. Immutable.
     *
     * @param request the hash of what was asked
     * @param status  the HTTP status
     * @param tag     the ETag, empty for none
     * @param body    what it said beside the revision, as JSON; empty for nothing
     */
    public record ResponseRow(
            String subject, String call, String request, long at, long revision, int status, String tag, String body) {}

    /**
     * When a lane was last used. Immutable.
     *
     * @param lane its slug
     * @param at   milliseconds since 1970
     * @param ttl  how long it lives idle, in milliseconds; 0 for the default, -1 to leave it as it is
     */
    public record LaneUse(String lane, long at, long ttl) {}

    /**
     * A stepwise shift as kept. Immutable.
     *
     * @param version grows with every change of it, from 1
     * @param body    as JSON; empty removes it
     */
    public record PlanRow(String shift, long version, String body) {}

    /**
     * One revision to be written, whole or not at all. Immutable.
     *
     * @param from     the revision that it follows; another one in the store means that another replica was first
     * @param history  null for a step of discovery
     * @param put      objects as they now are; the place of one that exists is kept
     * @param overlay  the parts of a discovery that changed
     * @param snapshot the whole table after it, when one is due
     */
    public record Commit(
            long from,
            PublishedRow published,
            @Nullable HistoryRow history,
            List<ObjectRow> put,
            List<ObjectKey> removed,
            @Nullable String snapshot,
            List<OverlayRow> overlay,
            @Nullable ResponseRow response,
            List<LaneUse> uses,
            @Nullable PlanRow plan) {
        public Commit {
            uses = List.copyOf(uses);
            put = List.copyOf(put);
            overlay = List.copyOf(overlay);
            removed = List.copyOf(removed);
        }
    }

    /** Everything that a start reads, as of one moment. Immutable. */
    public record Loaded(long revision, long edited, List<ObjectRow> objects, List<OverlayRow> overlays) {
        public Loaded {
            objects = List.copyOf(objects);
            overlays = List.copyOf(overlays);
        }
    }

    /**
     * What was done that is in no revision. Immutable.
     *
     * @param number from 1, without a gap; 0 where it is not written yet
     * @param at     milliseconds since 1970
     * @param detail one line for people
     */
    public record AuditRow(
            long number,
            long at,
            String who,
            String origin,
            String why,
            String action,
            String subject,
            String detail) {}
}
