package io.laneway.router.model.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What parts of a request must be like by regular expression, each as a whole, in the syntax of RE2: matching takes time
 * linear in the part. Immutable.
 *
 * @param path    of the whole path, without query; null for any
 * @param headers name to expression of the value of the first line of that name
 * @param query   name to expression of the decoded value of the first parameter of that name
 */
public record RouteExpressions(@Nullable String path, Map<String, String> headers, Map<String, String> query) {

    /** No expression. */
    public static final RouteExpressions NONE = new RouteExpressions(null, Map.of(), Map.of());

    /** The longest expression, in characters: its program is kept in memory for each route. */
    public static final int MAX_LENGTH = 1024;

    /** The most steps of its program: each character of a request may take that many, on an event loop. */
    public static final int MAX_STEPS = 500;

    public RouteExpressions {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        if (path != null) {
            require("path", path);
        }
        headers.values().forEach(expression -> require("headers", expression));
        query.values().forEach(expression -> require("query", expression));
    }

    private static void require(String what, String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("regex: " + what + ": " + expression.length()
                    + " characters (expected: at most " + MAX_LENGTH + ")");
        }
        long steps = ExpressionSize.of(expression);
        if (steps > MAX_STEPS) {
            throw new IllegalArgumentException("regex: " + what + ": a program of " + steps
                    + " steps (expected: at most " + MAX_STEPS + ", where a repetition counts as often as it repeats)");
        }
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "regex: " + what + ": " + e.getDescription() + " (expected: an expression of RE2)", e);
        }
    }

    /** Whether a path is one of those that are asked for; not for each request, since it compiles. */
    public boolean isPath(String whole) {
        return path == null || matches(path, whole);
    }

    /** Whether a whole value is one of those of an expression; not for each request, since it compiles. */
    public static boolean matches(String expression, String value) {
        return Pattern.matches(expression, value);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return path == null && headers.isEmpty() && query.isEmpty();
    }
}
