package io.laneway.kafka.handover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A lane's share of a partition: the ranges that the base does not handle in its own stream, in order, the last one
 * open while the lane has it. Immutable.
 *
 * @param ranges what the base does not handle in its own stream
 * @param state  the state of the last range
 */
public record Share(List<Range> ranges, State state) {

    /** The state of the last range. */
    public enum State {
        /** Open: the lane has it. Closed: the base has still to read again what the lane left of it. */
        PLAIN(""),
        /** Open, and the base is about to close it: who finds this must not begin to read. */
        CLAIMED("!"),
        /** Closed, and nothing is left to do. */
        SETTLED(".");

        private final String sign;

        State(String sign) {
            this.sign = sign;
        }
    }

    public Share {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("ranges: none (expected: at least one)");
        }
    }

    static Share from(long start) {
        return new Share(List.of(Range.from(start)), State.PLAIN);
    }

    Range last() {
        return ranges.get(ranges.size() - 1);
    }

    boolean claimed() {
        return state == State.CLAIMED;
    }

    boolean settled() {
        return state == State.SETTLED;
    }

    /** Whether the lane may read, from {@code last().start()} on. */
    boolean yielded() {
        return last().open() && !claimed();
    }

    boolean contains(long offset) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(offset)) {
                return true;
            }
        }
        return false;
    }

    Share claim(boolean claim) {
        return new Share(ranges, claim ? State.CLAIMED : State.PLAIN);
    }

    Share settle() {
        return new Share(ranges, State.SETTLED);
    }

    /** The same with another open range. */
    Share open(long start) {
        List<Range> more = new ArrayList<>(ranges);
        more.add(Range.from(start));
        return new Share(more, State.PLAIN);
    }

    /** The same with the last range ending where it is said. */
    Share close(long end) {
        List<Range> closed = new ArrayList<>(ranges);
        closed.set(closed.size() - 1, new Range(last().start(), end));
        return new Share(closed, State.PLAIN);
    }

    /** The same with the last range open again, read by the lane from an offset within it on. */
    Share reopen(long from) {
        return from <= last().start() ? close(Range.OPEN) : close(from).open(from);
    }

    /** The same with what the base has read again of the last range, up to an offset, in a range of its own. */
    Share read(long done) {
        int before = ranges.size() - 2;
        boolean adjacent = before >= 0 && ranges.get(before).end() == last().start();
        long start = adjacent ? ranges.get(before).start() : last().start();
        List<Range> divided = new ArrayList<>(ranges.subList(0, adjacent ? before : before + 1));
        divided.add(new Range(start, done));
        divided.add(new Range(done, last().end()));
        return new Share(divided, state);
    }

    /** What is left of the ranges above an offset, besides the last one. */
    List<Range> above(long offset) {
        return ranges.stream()
                .filter(range -> range.end() > offset && range.end() > range.start())
                .toList();
    }

    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(",")) + state.sign;
    }

    static Share parse(String text) {
        State state = State.PLAIN;
        for (State signed : State.values()) {
            state = !signed.sign.isEmpty() && text.endsWith(signed.sign) ? signed : state;
        }
        String ranges = text.substring(0, text.length() - state.sign.length());
        return new Share(Arrays.stream(ranges.split(",")).map(Range::parse).toList(), state);
    }
}
