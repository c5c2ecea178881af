package io.laneway.router.model.replay;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A value that a response gives and later requests have again, such as a session or the number of an order. Immutable.
 *
 * @param from   requests whose responses give it: a method and a path; {@code *} is any text
 * @param take   where these have it
 * @param in     requests that it is put into, likewise
 * @param put    where these have it
 * @param shared whether requests of other clients have it, too
 * @param always whether the newest is put also where the recorded one is not among those that responses gave
 */
public record CarriedValue(
        String from, ValuePlace take, String in, List<ValuePlace> put, boolean shared, boolean always) {

    /** Requests of every method and path. */
    public static final String ANY = "* *";

    private static final Pattern REQUESTS = Pattern.compile("(?:\\*|[A-Z]{1,20}) (?:\\*|/\\S{0,1000})");
    private static final int MOST_PLACES = 20;

    public CarriedValue {
        requests("from", from);
        requests("in", in);
        put = List.copyOf(put);
        if (put.isEmpty() || put.size() > MOST_PLACES) {
            throw new IllegalArgumentException("put: " + put.size() + " places (expected: 1 to " + MOST_PLACES + ")");
        }
    }

    private static void requests(String key, String text) {
        if (!REQUESTS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    key + ": '" + text + "' (expected: a method and a path such as \"POST /orders/*\")");
        }
    }
}
