package io.laneway.xds.stream;

import java.util.concurrent.Executor;

/**
 * One open stream, as its network side sees it. Safe for many threads; requests are taken in the order of the calls.
 *
 * @param <Q> requests
 */
public final class Stream<Q> {

    private final Executor thread;
    private final Session<Q, ?> session;

    Stream(Executor thread, Session<Q, ?> session) {
        this.thread = thread;
        this.session = session;
    }

    /** Takes a request. */
    public void request(Q request) {
        thread.execute(() -> session.request(request));
    }

    /** The client is gone. */
    public void closed() {
        thread.execute(session::close);
    }
}
