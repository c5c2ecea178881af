package io.laneway.kafka.handover;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one lane has of one partition, as the base's owner of the partition sees it. Confined to the consumer's
 * thread.
 */
final class LanePartitionState {

    /** Who has the lane's records. */
    enum Phase {
        /** The base. Ranges may be left that its own stream must still skip. */
        BASE,
        /** The lane. */
        YIELDED,
        /** The lane's group seemed gone; the claim must become durable, then its group is looked at once more. */
        CLAIMED,
        /** Taken over from a former owner with a closed range: how far the lane came is not known yet. */
        UNKNOWN,
        /** The base, which still reads again what the lane left. */
        OWED
    }

    private Phase phase;
    private @Nullable Share share;
    private @Nullable Reread reread;

    /** The number of the change that must be durable before the lane's group is looked at. */
    private long since;

    /** Up to where the share says that the lane's records were read again, and the number of that change. */
    private long noted = -1;

    private long notedAt;

    private LanePartitionState(Phase phase, @Nullable Share share) {
        this.phase = phase;
        this.share = share;
    }

    static LanePartitionState base() {
        return new LanePartitionState(Phase.BASE, null);
    }

    /** As a former owner left it. */
    static LanePartitionState of(Share share) {
        if (share.yielded()) {
            return new LanePartitionState(Phase.YIELDED, share);
        }
        if (share.settled()) {
            return new LanePartitionState(Phase.BASE, share);
        }
        return new LanePartitionState(share.claimed() ? Phase.CLAIMED : Phase.UNKNOWN, share);
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    Share share() {
        return share;
    }

    @Nullable
    Reread reread() {
        return reread;
    }

    boolean skips(long offset) {
        return share != null && share.contains(offset);
    }

    /** The lane is to have everything from here on. */
    void leaveFrom(long start) {
        share = share == null ? Share.from(start) : share.open(start);
        phase = Phase.YIELDED;
    }

    void claim(long change) {
        share = required().claim(true);
        phase = Phase.CLAIMED;
        since = change;
    }

    /** Whether the lane's group must be looked at once more, now that changes are durable up to a number. */
    boolean asks(long durable) {
        return (phase == Phase.CLAIMED && durable >= since) || phase == Phase.UNKNOWN;
    }

    /** The lane is there after all. */
    void unclaim() {
        share = required().claim(false);
        phase = Phase.YIELDED;
    }

    /** The lane is gone and had read up to an offset; the base's stream is at a position. */
    void takeBack(long reached, long position) {
        Share closed = phase == Phase.CLAIMED ? required().close(Math.max(reached, position)) : required();
        long to = closed.last().end();
        share = closed;
        phase = Phase.OWED;
        reread = new Reread(Math.min(reached, to), to, position <= to);
        noted = -1;
    }

    /** The lane is back while the base reads again: it continues where the base stopped. */
    void giveBack() {
        Reread stopped = reread;
        if (stopped != null) {
            share = required().reopen(stopped.done());
            phase = Phase.YIELDED;
            reread = null;
        }
    }

    /** The share as it would be with what was read again, where it does not say so yet; null where it does. */
    @Nullable
    Share unnoted() {
        Reread made = reread;
        Share now = share;
        return made != null && now != null && made.unwritten() && !made.finished() && made.done() > noted
                ? now.read(made.done())
                : null;
    }

    /** What was read again is in the share from now on, since the lane's group does not take it. */
    void note(Share wanted, long change) {
        share = wanted;
        noted = wanted.last().start();
        notedAt = change;
    }

    /** Changes up to a number are durable. */
    void durable(long changeNumber) {
        if (reread != null && noted >= 0 && changeNumber >= notedAt) {
            reread.written(noted);
        }
    }

    /** All that the lane left is done. */
    void release() {
        share = required().settle();
        phase = Phase.BASE;
        reread = null;
    }

    /** Forgets ranges below an offset from which no owner will read again; says whether something is left. */
    boolean prune(long committed) {
        Share now = share;
        if (now == null) {
            return false;
        }
        List<Range> left = new ArrayList<>(now.above(committed));
        if (phase != Phase.BASE && !left.contains(now.last())) {
            left.add(now.last());
        }
        share = left.isEmpty() ? null : new Share(left, now.state());
        return share != null;
    }

    private Share required() {
        if (share == null) {
            throw new IllegalStateException("share: none in phase " + phase);
        }
        return share;
    }
}
