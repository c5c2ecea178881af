package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.PathRegex;
import io.laneway.k8s.imports.table.ValueRegex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that a condition for a header or parameter takes. Immutable.
 *
 * @param text       the only one, null if there are others
 * @param expression of those there are, null if it is one
 */
record Wanted(@Nullable String text, @Nullable String expression) {

    private static final String EXPECTED = "exact, prefix, suffix, contains, safe_regex or present_match";

    /**
     * Reads it, with what stands beside it.
     *
     * @param kind what it is a condition for, for messages
     */
    static Wanted of(Tracked condition, String kind) {
        List<String> how = new ArrayList<>();
        condition.members().keySet().forEach(key -> how.add(FieldNames.snake(key)));
        how.remove("name");
        boolean not = condition.takeIf("true", "invert_match");
        condition.takeIf("false", "invert_match");
        condition.takeIf("false", "treat_missing_header_as_empty");
        boolean anyCase = condition.takeIf("true", "string_match", "ignore_case");
        condition.takeIf("false", "string_match", "ignore_case");
        Wanted wanted = "true".equals(condition.peek("treat_missing_header_as_empty"))
                ? null
                : not ? without(condition, anyCase) : with(condition, anyCase);
        if (wanted == null) {
            String by = not ? "invert_match" : String.join(", ", how);
            throw new Refused(condition, kind + " '" + condition.peek("name") + "' by " + by, EXPECTED);
        }
        return wanted;
    }

    private static @Nullable Wanted with(Tracked condition, boolean anyCase) {
        String exact = of(condition, "exact_match", "exact");
        if (exact != null) {
            return anyCase ? expressed(ValueRegex.text(exact), true) : new Wanted(exact, null);
        }
        String prefix = of(condition, "prefix_match", "prefix");
        if (prefix != null) {
            return expressed(ValueRegex.prefix(prefix), anyCase);
        }
        String suffix = of(condition, "suffix_match", "suffix");
        if (suffix != null) {
            return expressed(ValueRegex.suffix(suffix), anyCase);
        }
        String part = of(condition, "contains_match", "contains");
        if (part != null) {
            return expressed(ValueRegex.contains(part), anyCase);
        }
        String regex = regex(condition);
        if (regex != null) {
            // Envoy ignores ignore_case where the value is an expression
            String text = PathRegex.text(regex);
            return text == null ? expressed(regex, false) : new Wanted(text, null);
        }
        return condition.takeIf("true", "present_match") ? expressed(ValueRegex.ANY, false) : null;
    }

    /** A header that is missing is none that has another value: it has to be there. */
    private static @Nullable Wanted without(Tracked condition, boolean anyCase) {
        if (anyCase) {
            return null;
        }
        String exact = of(condition, "exact_match", "exact");
        if (exact != null) {
            return expressed(ValueRegex.notText(exact), false);
        }
        String prefix = of(condition, "prefix_match", "prefix");
        return prefix == null || prefix.isEmpty() ? null : expressed(ValueRegex.notPrefix(prefix), false);
    }

    private static Wanted expressed(String expression, boolean anyCase) {
        return new Wanted(null, anyCase ? ValueRegex.anyCase(expression) : expression);
    }

    private static @Nullable String of(Tracked condition, String former, String key) {
        String text = condition.text(former);
        return text == null ? condition.text("string_match", key) : text;
    }

    private static @Nullable String regex(Tracked condition) {
        Tracked regex = condition.has("safe_regex_match")
                ? condition.at("safe_regex_match")
                : condition.at("string_match", "safe_regex");
        if (regex == null) {
            return condition.text("regex_match");
        }
        regex.ignore("google_re2");
        return regex.text("regex");
    }
}
