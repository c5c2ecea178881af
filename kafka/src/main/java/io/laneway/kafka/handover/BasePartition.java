package io.laneway.kafka.handover;

import io.laneway.kafka.handover.LanePartitionState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One partition in the hands of its owner in the base group: which lanes have which of its records, and what the owner
 * still has to do about it. It makes no calls: the consumer asks it what to commit, whom to look at and what to read
 * again, and reports what came of it. Confined to the consumer's thread.
 */
public final class BasePartition {

    /** Progress of re-reading that the lane's empty group should know. */
    public record Progress(String slug, long offset, LaneMark mark, boolean last) {}

    /** Hears of hand-overs. */
    public interface Handovers {

        /** The partition's records of a lane have passed to the lane, or back to the base. */
        void passed(String slug, boolean toLane);
    }

    private final TopicPartition partition;
    private final Map<String, LanePartitionState> states = new TreeMap<>();
    private final long patienceNanos;
    private final int metadataBytes;

    private final Rereads rereads = new Rereads(states);

    private Handovers handovers = (slug, toLane) -> {};
    private boolean adopting;
    private final boolean fresh;
    private boolean looked;
    private long changes;
    private long durable;

    /** How far the own stream ever was: a seek back must not give away what was handled. */
    private long furthest;

    /**
     * Takes a partition over.
     *
     * @param mark          of the group's offset; not present means that lanes' own offsets say what they have
     * @param fresh         the group has no offset for it
     * @param patienceNanos how long a returning lane waits for what was handed out to be acknowledged
     * @param metadataBytes room for the mark
     */
    public BasePartition(
            TopicPartition partition, BaseMark mark, boolean fresh, long patienceNanos, int metadataBytes) {
        this.partition = partition;
        this.adopting = !mark.present();
        this.fresh = fresh;
        this.patienceNanos = patienceNanos;
        this.metadataBytes = metadataBytes;
        mark.shares().forEach((slug, share) -> states.put(slug, LanePartitionState.of(share)));
        changes = mark.present() ? 0 : 1;
    }

    /** Whether records must be looked at one by one. */
    public boolean filters() {
        return !states.isEmpty();
    }

    /** Who is to hear of hand-overs. */
    public void onHandover(Handovers listener) {
        handovers = listener;
    }

    /** What is read again. */
    public Rereads rereads() {
        return rereads;
    }

    /** The own stream has come as far as this. */
    public void came(long position) {
        furthest = Math.max(furthest, position);
    }

    /** Whether the base handles a lane's record in its own stream. */
    public boolean handles(String slug, long offset) {
        LanePartitionState state = states.get(slug);
        return state == null || !state.skips(offset);
    }

    /** Whether the own stream must wait: for the first look, or for what is read again before it. */
    public boolean holds() {
        if (!looked) {
            return true;
        }
        for (LanePartitionState state : states.values()) {
            Reread reread = state.reread();
            if (state.phase() == Phase.UNKNOWN || (reread != null && (reread.reading() || reread.stopped()))) {
                return true;
            }
        }
        return false;
    }

    /** Proceeds without a look that does not come: the shares stay as they were found. */
    public void proceedUnlooked() {
        looked = true;
        states.values().removeIf(state -> state.share() == null);
    }

    /**
     * Takes note of a look.
     *
     * @return lanes that had to be left to the base since the metadata has no room for them
     */
    public List<String> look(GroupLook look, long position, long nowNanos) {
        if (adopting) {
            adopt(look);
            adopting = false;
        }
        looked = true;
        came(position);
        List<String> crowded = new ArrayList<>();
        look.lanes().forEach((slug, lane) -> {
            if (lane.alive(partition.topic()) && !present(slug, nowNanos)) {
                crowded.add(slug);
            }
        });
        states.forEach((slug, state) -> {
            GroupLook.LaneLook lane = look.lanes().get(slug);
            boolean alive = lane != null && lane.alive(partition.topic());
            if (state.phase() == Phase.YIELDED && !alive) {
                state.claim(++changes);
            }
        });
        return crowded;
    }

    private void adopt(GroupLook look) {
        look.lanes().forEach((slug, lane) -> {
            LaneOffset offset = lane.offsets().get(partition);
            boolean alive = lane.alive(partition.topic());
            if (offset != null && offset.mark().begun()) {
                adopt(slug, offset.mark().start());
            } else if (fresh && alive && lane.addedLater(partition)) {
                adopt(slug, 0);
            }
        });
    }

    private void adopt(String slug, long start) {
        states.put(slug, LanePartitionState.of(Share.from(start)));
        changes++;
    }

    private boolean present(String slug, long nowNanos) {
        LanePartitionState state = states.computeIfAbsent(slug, unused -> LanePartitionState.base());
        Reread reread = state.reread();
        if (reread != null) {
            reread.stop(nowNanos, furthest);
        } else if (state.phase() == Phase.BASE) {
            Share share = state.share();
            long start =
                    share == null ? furthest : Math.max(furthest, share.last().end());
            Share wanted = share == null ? Share.from(start) : share.open(start);
            if (mark("").with(slug, wanted).bytes() > metadataBytes) {
                if (share == null) {
                    states.remove(slug);
                }
                return false;
            }
            state.leaveFrom(start);
            handovers.passed(slug, true);
            changes++;
        }
        return true;
    }

    /** The lanes whose groups must be looked at once more, now. */
    public List<String> asks() {
        List<String> slugs = new ArrayList<>();
        states.forEach((slug, state) -> {
            if (state.asks(durable)) {
                slugs.add(slug);
            }
        });
        return slugs;
    }

    /** What that look saw: whether the lane's group has members, and its offset here. */
    public void answered(String slug, boolean alive, @Nullable LaneOffset offset, long position) {
        LanePartitionState state = states.get(slug);
        if (state == null || !state.asks(durable)) {
            return;
        }
        came(position);
        Share share = state.share();
        if (share == null) {
            return;
        }
        changes++;
        if (state.phase() == Phase.CLAIMED && alive) {
            state.unclaim();
            return;
        }
        long start = share.last().start();
        long reached = offset != null && offset.under(start) ? Math.max(start, offset.offset()) : start;
        state.takeBack(reached, furthest);
        handovers.passed(slug, false);
    }

    /** Gives lanes that came back what is left, once that can be done without doing anything twice. */
    public void settle(long nowNanos) {
        states.forEach((slug, state) -> {
            Reread reread = state.reread();
            if (reread != null && reread.settled(nowNanos, patienceNanos)) {
                rereads.stray(reread);
                state.giveBack();
                changes++;
                handovers.passed(slug, true);
            }
        });
    }

    /** The lane's group took the progress. */
    public void accepted(Progress progress) {
        LanePartitionState state = states.get(progress.slug());
        Reread reread = state == null ? null : state.reread();
        if (state != null && reread != null) {
            reread.written(progress.offset());
            if (progress.last()) {
                release(state);
            }
        }
    }

    /** The lane's group refused the progress: the lane is back. */
    public void refused(Progress progress, long nowNanos) {
        LanePartitionState state = states.get(progress.slug());
        Reread reread = state == null ? null : state.reread();
        if (state != null && reread != null) {
            reread.stop(nowNanos, furthest);
            if (progress.last()) {
                release(state);
            } else {
                note(state, progress.slug());
            }
        }
    }

    /**
     * Puts into the mark what was read again for lanes that are back: their groups do not take it. Else the next owner would
     * read again what the application has committed.
     */
    public void note() {
        states.forEach((slug, state) -> {
            Reread reread = state.reread();
            if (reread != null && reread.stopped()) {
                note(state, slug);
            }
        });
    }

    private void note(LanePartitionState state, String slug) {
        Share wanted = state.unnoted();
        if (wanted != null && mark("").with(slug, wanted).bytes() <= metadataBytes) {
            state.note(wanted, ++changes);
        }
    }

    private void release(LanePartitionState state) {
        state.release();
        changes++;
    }

    /** Progress to write now. */
    public List<Progress> progress() {
        List<Progress> all = new ArrayList<>();
        states.forEach((slug, state) -> {
            Reread reread = state.reread();
            Share share = state.share();
            if (reread != null && share != null && !reread.stopped() && (reread.unwritten() || reread.finished())) {
                boolean last = reread.finished();
                LaneMark mark = new LaneMark(share.last().start(), 0, last, "");
                all.add(new Progress(slug, Math.max(reread.done(), 0), mark, last));
            }
        });
        return all;
    }

    /** The mark to commit, with the application's metadata. */
    public BaseMark mark(String user) {
        Map<String, Share> shares = new TreeMap<>();
        states.forEach((slug, state) -> {
            Share share = state.share();
            if (share != null) {
                shares.put(slug, share);
            }
        });
        return new BaseMark(true, shares, user);
    }

    /** The number of changes of the mark so far; to be given to {@link #durable} when a commit of it succeeded. */
    public long changes() {
        return changes;
    }

    /** Whether the mark must be committed although the application commits nothing. */
    public boolean changed() {
        return looked && changes > durable;
    }

    /** A commit of the mark with this number of changes, at an offset, succeeded. */
    public void durable(long changeNumber, long committed) {
        durable = Math.max(durable, changeNumber);
        states.values().forEach(state -> state.durable(changeNumber));
        states.values().removeIf(state -> !state.prune(committed) && state.phase() == Phase.BASE);
    }
}
