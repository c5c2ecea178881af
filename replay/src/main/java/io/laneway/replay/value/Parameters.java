package io.laneway.replay.value;

import io.laneway.replay.text.Percent;

/** Pairs of names and values, as queries and forms have them; both may be percent-encoded. Stateless. */
final class Parameters {

    private Parameters() {}

    /** Puts another value for a parameter between two characters of a text. */
    static void put(String text, int from, int to, String name, Swap swap, Spans spans) {
        int start = from;
        while (start < to) {
            int ampersand = text.indexOf('&', start);
            int end = ampersand < 0 || ampersand > to ? to : ampersand;
            int equals = text.indexOf('=', start);
            if (equals >= 0
                    && equals < end
                    && Percent.decode(text.substring(start, equals), true).equals(name)) {
                String now = swap.of(Percent.decode(text.substring(equals + 1, end), true));
                if (now != null) {
                    spans.add(equals + 1, end, Percent.encode(now));
                }
            }
            start = end + 1;
        }
    }
}
