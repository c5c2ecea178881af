package io.laneway.gateway.protocol.grpc;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.MediaType;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What is followed of one call: whether a request is one at all, its deadline, its messages. Confined to one event loop;
 * one for each exchange, used again for request after request.
 */
public final class GrpcCall {

    private static final MediaType GRPC = MediaType.of("application/grpc");

    private final MessageCounter sent = new MessageCounter();
    private final MessageCounter responses = new MessageCounter();
    private boolean active;
    private boolean inResponse;

    /** Begins for a request. */
    public void start(HeaderLines request) {
        inResponse = false;
        active = isOne(request);
        if (active) {
            sent.start();
            responses.start();
        }
    }

    /** Whether a request with these lines is a call. */
    public static boolean isOne(HeaderLines request) {
        return GRPC.matches(request);
    }

    /** Whether the request is a call. */
    public boolean active() {
        return active;
    }

    /** The time that the client gives to the whole call, in nanoseconds; 0 for no bound. */
    public static long within(HeaderLines request) {
        return request.mayHave(Field.GRPC_TIMEOUT.bit()) ? GrpcTimeout.read(request) : 0;
    }

    /** The response begins; whether it is one of gRPC. */
    public boolean responseBegins(HeaderLines head) {
        inResponse = active && GRPC.matches(head);
        return inResponse;
    }

    /** Whether a response of gRPC has begun, to be ended by trailers. */
    public boolean inResponse() {
        return inResponse;
    }

    /** Bytes of the request pass. */
    public void sent(ByteBuf data, @Nullable DeploymentStats stats) {
        int messages = sent.count(data);
        if (messages > 0 && stats != null) {
            stats.grpcRequestMessages.add(messages);
        }
    }

    /** Bytes of the response pass. */
    public void responseData(ByteBuf data, @Nullable DeploymentStats stats) {
        int messages = responses.count(data);
        if (messages > 0 && stats != null) {
            stats.grpcResponseMessages.add(messages);
        }
    }
}
