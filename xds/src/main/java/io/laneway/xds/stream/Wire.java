package io.laneway.xds.stream;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.laneway.xds.resource.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the two variants of the protocol. Stateless.
 *
 * @param <Q> requests
 * @param <S> responses
 */
interface Wire<Q, S> {

    Node node(Q request);

    String type(Q request);

    String nonce(Q request);

    /** The names that it wants, or wants besides, for logs. */
    List<String> names(Q request);

    /** What the client refused, empty if it refused nothing. */
    String refusal(Q request);

    /** Whether subscriptions count in a request about a response that is not the newest one. */
    boolean countsStale();

    /** @param begins whether it is the stream's first request of that type */
    void subscribe(Subscription subscription, Q request, boolean begins);

    /** What is to be sent, null for nothing. */
    @Nullable
    S response(Subscription subscription, View view, String nonce, String version);
}
