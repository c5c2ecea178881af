package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import org.jspecify.annotations.Nullable;

/** Changes that something on a request's way wants of the response's head. Confined to the exchange's event loop. */
public interface ResponseEdit {

    /** Changes the head; a failure if the client is to get that instead, and not this response. */
    @Nullable
    Failure apply(ResponseHead head);
}
