package io.laneway.gateway.server.adminhttp;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.function.Consumer;

/** Where the responses of calls go to; a call is known by its head. Safe for many threads, but for {@link #stream}. */
interface CallResponder {

    /** Runs what may block. */
    void work(Runnable task);

    /** Responds; a second response to one call, or one to a client that is gone, comes to nothing. */
    void respond(HttpRequest call, HttpResponse response);

    /** Begins a response without end once its content is ready to come. On the connection's thread. */
    void stream(HttpRequest call, String contentType, Consumer<CallStream> content);
}
