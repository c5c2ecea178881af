package io.laneway.filter;

import java.util.concurrent.CompletionStage;

/**
 * Decides what becomes of requests on their way to an endpoint, when their service and lane are known. Safe for many threads:
 * all event loops of a gateway call the same one.
 */
@FunctionalInterface
public interface Filter extends AutoCloseable {

    /**
     * Called on an event loop, which serves other requests as well and must not wait here: for what takes time, return a stage
     * and complete it later, from any thread. What is thrown, a stage that fails and one that is not complete in the time
     * configured are failures of the filter. A client that leaves, and the end of that time, cancel the stage if it is a
     * {@link java.util.concurrent.CompletableFuture}.
     */
    CompletionStage<? extends FilterResult> filter(FilterRequest request);

    /** The gateway has ended. */
    @Override
    default void close() {}
}
