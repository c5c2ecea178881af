package io.laneway.control.http;

import io.laneway.router.document.tree.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a call that lists is asked for: a text, a page, and values of its own filters. Immutable.
 *
 * @param q     in lower case; empty for all
 * @param limit how many at most, 0 for all
 * @param after the item after which the page begins, null for the first page
 */
public record ListQuery(String q, int limit, @Nullable String after) {

    /** The names of these parameters in a route's template. */
    public static final String NAMES = "q,limit,after";

    /** So many at most are on a page. */
    public static final int MAX = 1_000;

    private static final int MAX_TEXT = 200;
    private static final int MAX_AFTER = 1_000;

    /** Reads a query whose page has so many items where it does not say. */
    public static ListQuery of(Call call, int otherwise) {
        return new ListQuery(
                text(call, "q", MAX_TEXT).toLowerCase(Locale.ROOT),
                (int) call.number("limit", otherwise, 1, MAX),
                call.query("after") == null ? null : text(call, "after", MAX_AFTER));
    }

    /** A text of a query, empty where it is not given. */
    public static String text(Call call, String name, int most) {
        String text = call.query(name);
        if (text != null && text.length() > most) {
            throw QueryValue.refusal(
                    Problem.at(name, text.length() + " characters", "at most " + most + " characters"));
        }
        return text == null ? "" : text;
    }

    /** A value of a filter that must be one of some words; null where it is not given. */
    public static <T> @Nullable T word(Call call, String name, T[] values, Function<T, String> word) {
        String given = call.query(name);
        if (given == null) {
            return null;
        }
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(given))
                .findFirst()
                .orElseThrow(() -> QueryValue.refusal(Problem.at(
                        name, given, "one of " + Arrays.stream(values).map(word).collect(Collectors.joining(", ")))));
    }

    /** A value of a filter that is true or false; null where it is not given. */
    public static @Nullable Boolean either(Call call, String name) {
        return word(call, name, new Boolean[] {true, false}, String::valueOf);
    }

    /** Several values with commas between them; none where they are not given. */
    public static List<String> several(Call call, String name, int most) {
        String given = call.query(name);
        List<String> values = given == null ? List.of() : List.of(given.split(",", -1));
        if (values.size() > most || values.stream().anyMatch(String::isBlank)) {
            throw QueryValue.refusal(Problem.at(name, String.valueOf(given), "1 to " + most + " names with commas"));
        }
        return values;
    }

    /** Whether one of some texts holds what is looked for. */
    public boolean finds(@Nullable String... texts) {
        return finds(Arrays.asList(texts));
    }

    private boolean finds(Collection<@Nullable String> texts) {
        return q.isEmpty()
                || texts.stream()
                        .anyMatch(text ->
                                text != null && text.toLowerCase(Locale.ROOT).contains(q));
    }
}
