package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.Slice;

/** Cuts {@code Forwarded} (RFC 7239 section 4) to the elements that proxies of ours can have added. Stateless. */
final class ForwardedElements {

    private ForwardedElements() {}

    /** Keeps the last n elements; none of a list that ends within quotes, since two readers would cut it differently. */
    static void keepLast(HeaderLines lines, int n) {
        int line = lines.find(Field.FORWARDED, 0);
        if (line < 0) {
            return;
        }
        StringBuilder joined = new StringBuilder();
        Slice value = new Slice();
        for (; line >= 0; line = lines.find(Field.FORWARDED, line + 1)) {
            lines.value(line, value);
            joined.append(joined.length() == 0 ? "" : ", ").append((CharSequence) value);
        }
        int from = start(joined, n);
        if (from != 0) {
            lines.remove(Field.FORWARDED);
        }
        if (from > 0) {
            lines.add(Field.FORWARDED.header(), joined.substring(from).strip());
        }
    }

    /** Where the n-th element from the right starts, 0 if there are fewer, -1 if a quote is open at the end. */
    private static int start(CharSequence list, int n) {
        int commas = 0;
        int at = comma(list, 0);
        while (at >= 0 && at < list.length()) {
            commas++;
            at = comma(list, at + 1);
        }
        if (at < 0) {
            return -1;
        }
        int start = 0;
        for (int skipped = commas + 1 - n; skipped > 0; skipped--) {
            start = comma(list, start) + 1;
        }
        return start;
    }

    /** The next comma outside quotes, the list's length if there is none, -1 if a quote is open at the end. */
    private static int comma(CharSequence list, int from) {
        boolean quoted = false;
        int at = from;
        for (; at < list.length() && (quoted || list.charAt(at) != ','); at++) {
            char c = list.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                at++;
            }
        }
        return quoted ? -1 : Math.min(at, list.length());
    }
}
