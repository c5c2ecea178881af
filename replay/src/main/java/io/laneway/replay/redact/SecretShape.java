package io.laneway.replay.redact;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of secrets looks like. Immutable.
 *
 * @param marks   texts of which each secret of this kind has one, or {@code pattern} is not looked for: nearly all texts
 *                have none, and finding that out costs a twentieth of the pattern
 * @param anyCase whether the marks may be in any case
 */
record SecretShape(String name, Pattern pattern, List<String> marks, boolean anyCase) {

    static SecretShape of(String name, String pattern, String... marks) {
        return new SecretShape(name, Pattern.compile(pattern), List.of(marks), false);
    }

    /** One with marks in lower case that may be in any. */
    static SecretShape inAnyCase(String name, String pattern, String... marks) {
        return new SecretShape(name, Pattern.compile(pattern), List.of(marks), true);
    }

    /** Looks for the secrets of a text; null if it has no mark of them. */
    @Nullable
    Matcher in(String text) {
        for (int i = 0; i < marks.size(); i++) {
            String mark = marks.get(i);
            if (anyCase ? isIn(text, mark) : text.contains(mark)) {
                return pattern.matcher(text);
            }
        }
        return null;
    }

    private static boolean isIn(String text, String mark) {
        return at(text, mark, mark.charAt(0)) || at(text, mark, Character.toUpperCase(mark.charAt(0)));
    }

    private static boolean at(String text, String mark, char first) {
        for (int i = text.indexOf(first); i >= 0; i = text.indexOf(first, i + 1)) {
            if (text.regionMatches(true, i, mark, 0, mark.length())) {
                return true;
            }
        }
        return false;
    }
}
