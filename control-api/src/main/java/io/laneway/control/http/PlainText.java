package io.laneway.control.http;

import io.laneway.control.table.Refusal;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses texts that a store cannot keep or a terminal cannot show: those with control characters, and with halves of a
 * surrogate pair (Unicode 15, D75), which UTF-8 cannot carry. Stateless.
 */
final class PlainText {

    private static final String EXPECTED = "a text without control characters and without halves of surrogate pairs";

    private PlainText() {}

    /** Adds a problem for each text of a document that is refused; a value of a key may have several lines. */
    static void check(Node node, Problems problems) {
        if (node instanceof Mapping mapping) {
            mapping.members().forEach((key, value) -> {
                report(value, key, false, problems);
                value(value, problems);
            });
        } else if (node instanceof Sequence sequence) {
            sequence.items().forEach(item -> item(item, problems));
        }
    }

    private static void value(Node value, Problems problems) {
        if (value instanceof Scalar scalar) {
            report(value, scalar.text(), true, problems);
        } else {
            check(value, problems);
        }
    }

    private static void item(Node item, Problems problems) {
        if (item instanceof Scalar scalar) {
            report(item, scalar.text(), false, problems);
        } else {
            check(item, problems);
        }
    }

    private static void report(Node at, String text, boolean lines, Problems problems) {
        String wrong = wrong(text, lines);
        if (wrong != null) {
            problems.add(at, wrong, EXPECTED);
        }
    }

    /** Returns a header's text if it has one line of characters that can be kept. */
    static String line(String name, String text) {
        String wrong = wrong(text, false);
        if (wrong != null) {
            throw new Refusal(
                    Refusal.Kind.UNSOUND,
                    name + ": " + wrong + " (expected: " + EXPECTED + ")",
                    List.of(Problem.at(name, wrong, EXPECTED)));
        }
        return text;
    }

    /** The first character that is refused, null if there is none. */
    private static @Nullable String wrong(String text, boolean lines) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c) || (Character.isISOControl(c) && !(lines && isLine(c)))) {
                return String.format("has the character U+%04X", (int) c);
            }
        }
        return null;
    }

    private static boolean isLine(char c) {
        return c == '\n' || c == '\r' || c == '\t';
    }
}
