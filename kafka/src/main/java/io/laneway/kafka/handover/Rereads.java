package io.laneway.kafka.handover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The application's position among the records that are read again on one partition, over all lanes: where reading
 * continues, what was handed out, and what a seek or an acknowledgement means. Offsets of re-read records lie below those
 * of the own stream, so an offset alone does not say which of the two it is about; where it is open, a record is
 * handed out once more rather than not at all. Confined to the consumer's thread.
 */
public final class Rereads {

    private static final int MAX_STRAYS = 10_000;
    private static final long NONE = -1;

    private final Map<String, LanePartitionState> states;

    /**
     * Re-read records that are settled otherwise, and whose late acknowledgement is none of the own stream, however
     * far that has come: it would move the own offset back.
     */
    private final TreeSet<Long> strays = new TreeSet<>();

    private long unreadable = NONE;

    /** Whether the last record that was handed out is one that was read again. */
    private boolean last;

    Rereads(Map<String, LanePartitionState> states) {
        this.states = states;
    }

    /** Where to read again from; -1 if nothing is to be read. */
    public long from() {
        long from = NONE;
        for (LanePartitionState state : states.values()) {
            Reread reread = state.reread();
            if (reread != null && reread.reading()) {
                from = from < 0 ? reread.next() : Math.min(from, reread.next());
            }
        }
        return from;
    }

    /** The lanes of which something is to be read again, or is not acknowledged yet. */
    public List<String> lanes() {
        List<String> lanes = new ArrayList<>();
        states.forEach((slug, state) -> {
            if (state.reread() != null) {
                lanes.add(slug);
            }
        });
        return lanes;
    }

    /** Whether a record that was read again is to be handed out; then it counts as handed out. */
    public boolean handsOut(String slug, long offset) {
        LanePartitionState state = states.get(slug);
        Reread reread = state == null ? null : state.reread();
        if (reread == null || !reread.wants(offset)) {
            return false;
        }
        reread.delivered(offset);
        strays.remove(offset);
        last = true;
        return true;
    }

    /** Everything below was read again. */
    public void reached(long position) {
        states.values().forEach(state -> {
            Reread reread = state.reread();
            if (reread != null) {
                reread.scanned(position);
            }
        });
    }

    /** The record at this offset cannot be deserialized; a seek to the next offset passes over it. */
    public void unreadable(long offset) {
        unreadable = offset;
    }

    /** Records of the own stream are handed out. */
    public void ownHandedOut() {
        last = false;
    }

    /**
     * The application says that everything below an offset is done.
     *
     * @param committed of the own stream
     * @return whether that is about the own stream; else it is about a record that was read again
     */
    public boolean acknowledge(long below, long committed) {
        boolean own = !strays.contains(below - 1) && !(below <= committed && below == from());
        if (!own) {
            strays.headSet(below).clear();
        }
        own &= !delivers(below - 1);
        for (LanePartitionState state : states.values()) {
            Reread reread = state.reread();
            if (reread != null && (!own || reread.endsBefore(below))) {
                if (own) {
                    stray(reread);
                }
                reread.acknowledge(below);
            }
        }
        return own;
    }

    /** Whether a record is one that was read again, and is not acknowledged. */
    boolean delivers(long offset) {
        for (LanePartitionState state : states.values()) {
            Reread reread = state.reread();
            if (reread != null && reread.delivers(offset)) {
                return true;
            }
        }
        return false;
    }

    /** The application says that everything that it was given is done. */
    public void acknowledgeAll() {
        strays.clear();
        for (LanePartitionState state : states.values()) {
            Reread reread = state.reread();
            if (reread != null) {
                reread.acknowledge(Long.MAX_VALUE);
            }
        }
    }

    /** Its records that the application still has are no longer waited for. */
    void stray(Reread reread) {
        strays.addAll(reread.unacknowledged());
        while (strays.size() > MAX_STRAYS) {
            strays.pollFirst();
        }
    }

    /**
     * The application continues at an offset.
     *
     * @param committed of the own stream
     * @param position  of the own stream
     * @param ownRecord whether the own stream has handed out the record there, and it is not acknowledged
     * @return where the own stream continues
     */
    public long seek(long target, long committed, long position, boolean ownRecord) {
        long first = Long.MAX_VALUE;
        long end = NONE;
        boolean back = target == committed(committed);
        for (LanePartitionState state : states.values()) {
            Reread reread = state.reread();
            if (reread != null) {
                stray(reread);
                if (back) {
                    // To what is committed, of all together: what one of them has committed beyond that is done.
                    reread.rewind(Math.max(target, reread.written()));
                } else {
                    reread.seek(target, target - 1 == unreadable, last, ownRecord);
                }
                strays.removeAll(reread.unacknowledged());
                first = Math.min(first, reread.from());
                end = Math.max(end, reread.to());
            }
        }
        boolean own = ownRecord || target < first || target >= end;
        return own ? target : Math.min(position, Math.max(target, committed));
    }

    /** The application goes back to the beginning: of what is read again too. */
    public void seekToBeginning() {
        states.values().forEach(state -> {
            Reread reread = state.reread();
            if (reread != null) {
                stray(reread);
                reread.rewind(reread.from());
            }
        });
    }

    /** The application passes over everything: over what is read again too, which counts once it is acknowledged. */
    public void seekToEnd() {
        states.values().forEach(state -> {
            Reread reread = state.reread();
            if (reread != null) {
                reread.pass(reread.to());
            }
        });
    }

    /** The application's position, given that of the own stream. */
    public long position(long own) {
        long after = NONE;
        for (LanePartitionState state : states.values()) {
            Reread reread = state.reread();
            if (reread != null && last && !reread.unacknowledged().isEmpty()) {
                after = Math.max(after, reread.unacknowledged().last() + 1);
            }
        }
        long from = from();
        return after >= 0 ? after : from >= 0 ? from : own;
    }

    /** What is committed, given that of the own stream: the least that would be handed out after a restart. */
    public long committed(long own) {
        long committed = own;
        for (LanePartitionState state : states.values()) {
            Reread reread = state.reread();
            if (reread != null && !reread.finished()) {
                committed = Math.min(committed, reread.written());
            }
        }
        return committed;
    }
}
