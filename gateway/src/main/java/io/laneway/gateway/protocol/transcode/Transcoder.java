package io.laneway.gateway.protocol.transcode;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.ConvertedBody;
import io.laneway.gateway.protocol.stream.Downstream;
import org.jspecify.annotations.Nullable;

/** Converts the requests with JSON of one service to calls of gRPC. Immutable; any thread may use it. */
public interface Transcoder {

    /**
     * Converts a request if a method of the service is bound to its method and path; null if none is. The body is handed
     * on when the request has been forwarded, also where it has none of its own.
     */
    @Nullable
    Conversion begin(RequestHead head, Downstream client, ConvertedBody body);
}
