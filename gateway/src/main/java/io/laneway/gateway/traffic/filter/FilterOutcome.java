package io.laneway.gateway.traffic.filter;

import io.laneway.filter.FilterResult;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What came of a filter's look at a request. Immutable.
 *
 * @param result null exactly if there is an error
 */
record FilterOutcome(
        @Nullable FilterResult result, @Nullable Throwable error) {

    static FilterOutcome of(@Nullable FilterResult result, @Nullable Throwable error) {
        if (error != null) {
            return new FilterOutcome(null, plain(error));
        }
        return result == null
                ? failed(new NullPointerException("the filter's result is null"))
                : new FilterOutcome(result, null);
    }

    static FilterOutcome failed(Throwable error) {
        return new FilterOutcome(null, error);
    }

    /** Stages wrap what they fail with. */
    private static Throwable plain(Throwable error) {
        Throwable plain = error;
        while ((plain instanceof CompletionException || plain instanceof ExecutionException)
                && plain.getCause() != null) {
            plain = plain.getCause();
        }
        return plain;
    }
}
