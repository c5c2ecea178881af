package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.ConvertedBody;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeRecording;
import io.laneway.gateway.traffic.context.ExchangeTimeouts;
import io.laneway.gateway.traffic.forward.Forwarder;
import io.laneway.gateway.traffic.mirror.RequestCopy;
import io.laneway.gateway.traffic.respond.ResponseRelay;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Phase 8 of an exchange, the side that faces the client: what comes behind the head on to the endpoint and to the mirror,
 * by way of the conversion if there is one. Confined to one event loop; one for each exchange.
 */
final class RequestRelay implements ConvertedBody, Bypass {

    private final ExchangeContext context;
    private final GrpcCall grpc;
    private final ExchangeTimeouts timeouts;
    private final Forwarder forwarder;
    private final ResponseRelay responses;
    private final RequestSink exchange;
    private @Nullable RequestCopy mirror;

    RequestRelay(
            ExchangeContext context,
            ExchangeTimeouts timeouts,
            Forwarder forwarder,
            ResponseRelay responses,
            RequestSink exchange) {
        this.context = context;
        this.grpc = context.grpc();
        this.timeouts = timeouts;
        this.forwarder = forwarder;
        this.responses = responses;
        this.exchange = exchange;
    }

    /** What comes is to be copied as well; null for no copy. */
    void mirror(@Nullable RequestCopy to) {
        mirror = to;
    }

    /** Body bytes as the client sent them. */
    void received(ByteBuf data, boolean end) {
        timeouts.moved();
        ExchangeFacts facts = context.facts();
        facts.received += data.readableBytes();
        if (facts.received > facts.mostReceived) {
            data.release();
            exchange.aborted(facts.tooLarge());
            return;
        }
        Conversion conversion = context.conversion();
        if (conversion == null) {
            data(data, end);
        } else {
            conversion.received(data, end);
        }
    }

    /** The client's body ended with trailers. */
    void received(HeaderLines trailers) {
        Conversion conversion = context.conversion();
        if (conversion == null) {
            trailers(trailers);
        } else {
            conversion.received(trailers);
        }
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        ExchangeRecording recording = context.recording();
        if (recording != null) {
            recording.requestData(data, end);
        }
        if (mirror != null) {
            mirror.body(data.retainedDuplicate(), end);
        }
        if (grpc.active()) {
            grpc.sent(data, forwarder.stats());
        }
        if (end) {
            asked();
        }
        if (responses.tunnel().isOn()) {
            responses.tunnel().fromClient(data, end);
        } else {
            forwarder.data(data, end);
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        ExchangeRecording recording = context.recording();
        if (recording != null) {
            recording.requestTrailers(trailers);
        }
        if (mirror != null) {
            mirror.body(Unpooled.EMPTY_BUFFER, true);
        }
        asked();
        forwarder.trailers(trailers);
    }

    /** Where the body may go unread; null if a phase looks at it. */
    @Nullable
    Bypass bypass() {
        boolean seen = context.conversion() != null || context.recording() != null;
        return seen || mirror != null || grpc.active() ? null : this;
    }

    @Override
    public @Nullable Channel target() {
        return forwarder.socket();
    }

    @Override
    public long most() {
        if (responses.tunnel().isOn()) {
            return responses.tunnel().unreadOfClient();
        }
        ExchangeFacts facts = context.facts();
        return facts.mostReceived - facts.received;
    }

    @Override
    public void passed(int bytes) {
        timeouts.moved();
        context.facts().received += bytes;
        if (responses.tunnel().isOn()) {
            responses.tunnel().passedFromClient(bytes);
        }
    }

    private void asked() {
        timeouts.asked();
        forwarder.attempt().asked();
    }

    @Override
    public void failed(Failure failure) {
        exchange.aborted(failure);
    }

    /** The exchange is over. */
    void end() {
        if (mirror != null) {
            mirror.originalOver();
            mirror = null;
        }
    }
}
