package io.laneway.router.model.route;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many steps the program of an expression of RE2 has, counted before it is compiled: a repetition counts as often as it
 * repeats, so that {@code (a{100}){100}} has 10 000. Matching takes time by the steps for each character. What is no
 * expression has some number too, since the compiler says what is wrong with it. Confined to one thread; use once.
 */
final class ExpressionSize {

    private static final long MOST = 1_000_000_000;

    /** What was read at one depth of groups. */
    private static final class Level {
        private long total;
        private long last;

        void atom(long size) {
            total += last;
            last = size;
        }

        void times(long least, long most) {
            last = Math.min(MOST, last * Math.max(1, most) + most - least + 1);
        }

        long end() {
            return Math.min(MOST, total + last);
        }
    }

    private final String text;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int at;

    private ExpressionSize(String text) {
        this.text = text;
        levels.push(new Level());
    }

    /** At most {@value #MOST}. */
    static long of(String expression) {
        ExpressionSize size = new ExpressionSize(expression);
        while (size.at < expression.length()) {
            size.next();
        }
        while (size.levels.size() > 1) {
            size.close();
        }
        return size.levels.element().end();
    }

    private void next() {
        Level level = levels.element();
        char c = text.charAt(at++);
        switch (c) {
            case '\\' -> escape(level);
            case '[' -> characters(level);
            case '(' -> levels.push(new Level());
            case ')' -> close();
            case '|' -> level.atom(1);
            case '*', '+', '?' -> level.times(1, 1);
            case '{' -> repetition(level);
            default -> level.atom(1);
        }
    }

    private void close() {
        if (levels.size() > 1) {
            long inner = levels.pop().end();
            levels.element().atom(inner + 2);
        }
    }

    private void escape(Level level) {
        if (text.startsWith("Q", at)) {
            int end = text.indexOf("\\E", at);
            int stop = end < 0 ? text.length() : end;
            for (at++; at < stop; at++) {
                level.atom(1);
            }
            at = Math.min(text.length(), stop + 2);
            return;
        }
        boolean named = at < text.length() && "pPx".indexOf(text.charAt(at)) >= 0;
        at++;
        int end = named && text.startsWith("{", at) ? text.indexOf('}', at) : -1;
        at = end < 0 ? at : end + 1;
        level.atom(1);
    }

    /** A class of characters is one step. A bracket that comes first, and one of {@code [:alpha:]}, ends none. */
    private void characters(Level level) {
        int from = text.startsWith("^", at) ? at + 1 : at;
        int i = text.startsWith("]", from) ? from + 1 : from;
        while (i < text.length() && text.charAt(i) != ']') {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith("[:", i) && text.indexOf(":]", i) > 0) {
                i = text.indexOf(":]", i) + 1;
            }
            i++;
        }
        at = Math.min(text.length(), i + 1);
        level.atom(1);
    }

    /** {@code {n}}, <code>{n,}</code> or <code>{n,m}</code>; any other brace is itself. */
    private void repetition(Level level) {
        int end = text.indexOf('}', at);
        String inner = end < 0 ? "" : text.substring(at, end);
        if (!inner.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
            level.atom(1);
            return;
        }
        int comma = inner.indexOf(',');
        long least = Long.parseLong(comma < 0 ? inner : inner.substring(0, comma));
        boolean open = comma == inner.length() - 1;
        long most = comma < 0 ? least : open ? least + 1 : Long.parseLong(inner.substring(comma + 1));
        at = end + 1;
        level.times(Math.min(least, most), Math.max(least, most));
    }
}
