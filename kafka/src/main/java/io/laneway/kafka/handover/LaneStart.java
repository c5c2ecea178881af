package io.laneway.kafka.handover;

import org.jspecify.annotations.Nullable;

/** What a lane's member does about a partition that it was given: begin, wait, or say itself where it begins. */
public sealed interface LaneStart {

    /** Begin at an offset, under a W. */
    record At(long offset, long start) implements LaneStart {}

    /** Look again a little later. */
    record Wait(String reason) implements LaneStart {}

    /** The base has no member: write this mark with its unchanged offset, then look again. */
    record MarkBase(long offset, BaseMark mark) implements LaneStart {}

    /** The base has neither member nor offset: commit W as the lane's own offset, then look again. */
    record Propose(long start) implements LaneStart {}

    /** An offset of the base with its mark. */
    record BaseOffset(long offset, BaseMark mark) {}

    /**
     * What the lane sees. The base's members must have been asked for before its offset: then an empty group has no
     * commit under way.
     *
     * @param baseOwns         a member of the base may have the partition; not so where the base has not heard of it yet
     * @param end              end of the partition, the last stable offset for {@code read_committed}
     * @param addedLater       the partition was added to its topic after the lane began there
     */
    record Sight(
            boolean baseHasMembers,
            boolean baseOwns,
            @Nullable BaseOffset base,
            @Nullable LaneOffset lane,
            long end,
            boolean addedLater) {}

    /** Decides. */
    static LaneStart decide(String slug, Sight sight) {
        BaseOffset base = sight.base();
        if (base == null || !base.mark().present()) {
            // A base that gets it later finds what we commit, or us, before it hands out anything.
            boolean ours = base == null && !sight.baseOwns();
            return sight.baseHasMembers() && !ours ? new Wait("the base has not committed yet") : unmarked(slug, sight);
        }
        Share share = base.mark().shares().get(slug);
        if (share != null && share.yielded()) {
            long start = share.last().start();
            return new At(resume(sight.lane(), start), start);
        }
        if (sight.baseHasMembers()) {
            return new Wait("the base has not yielded yet");
        }
        return alone(slug, base, share, sight);
    }

    private static LaneStart unmarked(String slug, Sight sight) {
        LaneOffset lane = sight.lane();
        BaseOffset base = sight.base();
        boolean begun = lane != null && lane.mark().begun();
        long start = lane != null && begun ? lane.mark().start() : sight.end();
        if (base == null) {
            return lane != null && begun
                    ? new At(lane.offset(), start)
                    : new Propose(sight.addedLater() ? 0 : sight.end());
        }
        return new MarkBase(base.offset(), base.mark().with(slug, Share.from(start)));
    }

    private static LaneStart alone(String slug, BaseOffset base, @Nullable Share share, Sight sight) {
        if (share == null) {
            return markBase(slug, base, Share.from(Math.max(sight.end(), base.offset())));
        }
        if (share.claimed()) {
            return markBase(slug, base, share.claim(false));
        }
        if (share.settled()) {
            return markBase(
                    slug, base, share.open(Math.max(sight.end(), share.last().end())));
        }
        Range owed = share.last();
        long reached = resume(sight.lane(), owed.start());
        if (base.offset() <= owed.end() && reached < owed.end()) {
            return markBase(slug, base, share.reopen(reached));
        }
        if (reached >= owed.end()) {
            return markBase(slug, base, share.open(Math.max(sight.end(), owed.end())));
        }
        return new Wait("the base has still to read again what the lane left");
    }

    private static LaneStart markBase(String slug, BaseOffset base, Share share) {
        return new MarkBase(base.offset(), base.mark().with(slug, share));
    }

    private static long resume(@Nullable LaneOffset lane, long start) {
        return lane != null && lane.under(start) ? Math.max(start, lane.offset()) : start;
    }
}
