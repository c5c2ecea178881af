package io.laneway.kafka.handover;

/** Offsets of a partition from {@code start} up to, without, {@code end}. Immutable. */
record Range(long start, long end) {

    /** The end of a range that is still open. */
    static final long OPEN = Long.MAX_VALUE;

    Range {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("range: " + start + "-" + end + " (expected: 0 <= start <= end)");
        }
    }

    static Range from(long start) {
        return new Range(start, OPEN);
    }

    boolean open() {
        return end == OPEN;
    }

    boolean contains(long offset) {
        return offset >= start && offset < end;
    }

    /** {@code 30-100}, open {@code 30-}. */
    @Override
    public String toString() {
        return open() ? start + "-" : start + "-" + end;
    }

    static Range parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("range: '" + text + "' (expected: start-end or start-)");
        }
        long start = Long.parseLong(text.substring(0, dash));
        String end = text.substring(dash + 1);
        return new Range(start, end.isEmpty() ? OPEN : Long.parseLong(end));
    }
}
