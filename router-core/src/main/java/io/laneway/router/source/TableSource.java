package io.laneway.router.source;

import java.util.concurrent.CompletionStage;

/**
 * Where a gateway's lane table comes from: a watched file, the control API, a Kafka topic, Kubernetes. A source runs
 * on threads of its own, never on an event loop that carries requests. Safe for many threads.
 */
public interface TableSource extends AutoCloseable {

    /** A short name for logs and {@code /server_info}, such as {@code control http://127.0.0.1:9900}. */
    String name();

    /**
     * Starts to deliver to the listener, at once what is known and then every change, until closed. Never throws for a
     * source that is down: it says so to the listener and tries again with growing, jittered pauses.
     */
    void start(TableListener listener);

    /** What was delivered does not fit what the listener has: a source that delivers changes delivers a whole table next. */
    default void resync() {
        // a source of whole tables alone has nothing to do
    }

    /** Accepts the store that the source now names although its id changed or its revision fell. */
    CompletionStage<Void> accept();

    @Override
    void close();
}
