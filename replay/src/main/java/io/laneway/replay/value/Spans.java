package io.laneway.replay.value;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parts of one text that get another text; of two that overlap the first that was added holds. Confined to one thread. */
public final class Spans {

    private final TreeMap<Integer, Span> byStart = new TreeMap<>();

    /** A part from a character on, without the one at its end. */
    record Span(int start, int end, String text) {}

    void add(int start, int end, String text) {
        var before = byStart.lowerEntry(end);
        if (before == null || before.getValue().end() <= start) {
            byStart.put(start, new Span(start, end, text));
        }
    }

    /** The part that begins there, null if none does. */
    @Nullable
    Span at(int start) {
        return byStart.get(start);
    }

    boolean isEmpty() {
        return byStart.isEmpty();
    }
}
