package io.laneway.replay.value;

import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.text.Glob;
import java.util.List;

/**
 * A value that a response gives and later requests have again. Immutable.
 *
 * @param from   requests whose responses give it, as methods with paths
 * @param take   where these have it
 * @param in     requests that it is put into
 * @param put    where these have it
 * @param shared whether requests of other clients have it, too
 * @param always whether the newest is put also where the recorded one is not among those that responses gave
 */
public record ValueRule(Glob from, ValueSource take, Glob in, List<ValueTarget> put, boolean shared, boolean always) {

    public ValueRule {
        put = List.copyOf(put);
    }

    boolean givenBy(RecordedRequest request) {
        return from.matches(line(request));
    }

    boolean putInto(RecordedRequest request) {
        return in.matches(line(request));
    }

    private static String line(RecordedRequest request) {
        return request.method() + " " + request.path();
    }
}
