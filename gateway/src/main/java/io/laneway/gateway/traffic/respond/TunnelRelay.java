package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.forward.Forwarder;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange has become after it switched to another protocol or opened a tunnel: two directions of bytes, each of
 * which ends on its own. Confined to one event loop; one for each exchange.
 *
 * <p>When the gateway goes away, a WebSocket gets a close frame in both directions, each at the end of a frame (RFC
 * 6455 section 7.4.1, code 1001), and what comes behind that is dropped.
 */
public final class TunnelRelay {

    private static final String WEB_SOCKET = "websocket";

    private final ExchangeContext context;
    private final Forwarder forwarder;
    private final ExchangeEnd exchange;
    private final FrameBounds clientFrames = new FrameBounds();
    private final FrameBounds endpointFrames = new FrameBounds();
    private boolean on;
    private boolean framed;
    private boolean leaving;
    private boolean clientEnded;
    private boolean endpointEnded;
    private boolean clientClosing;
    private boolean endpointClosing;

    TunnelRelay(ExchangeContext context, Forwarder forwarder, ExchangeEnd exchange) {
        this.context = context;
        this.forwarder = forwarder;
        this.exchange = exchange;
    }

    /** Whether the exchange has switched. */
    public boolean isOn() {
        return on;
    }

    /** Whether it is a WebSocket that the exchange has become. */
    boolean isWebSocket() {
        return on && framed;
    }

    void clear() {
        on = false;
    }

    /** The exchange switches. */
    void start() {
        on = true;
        framed = isWebSocket(context.request());
        leaving = false;
        clientEnded = forwarder.requestEnded();
        endpointEnded = false;
        clientClosing = false;
        endpointClosing = false;
        clientFrames.start();
        endpointFrames.start();
    }

    private static boolean isWebSocket(RequestHead head) {
        Slice protocol = new Slice();
        return head.upgrade()
                && head.lines().first(Field.UPGRADE, protocol)
                && WEB_SOCKET.equalsIgnoreCase(protocol.toString());
    }

    /** Bytes of the client; takes ownership. */
    public void fromClient(ByteBuf data, boolean end) {
        clientEnded |= end;
        if (!endpointClosing) {
            ByteBuf passed = passed(clientFrames, data);
            forwarder.data(passed, end);
            if (leaving && !end) {
                tellEndpoint();
            }
        } else {
            data.release();
        }
        if (end && endpointEnded) {
            over(context.downstream(), Unpooled.EMPTY_BUFFER);
        }
    }

    /** Bytes of the endpoint, on to the client; takes ownership. Returns whether the endpoint may send more. */
    boolean fromEndpoint(ByteBuf data, boolean end) {
        Downstream to = context.downstream();
        ByteBuf passed = clientClosing ? dropped(data) : passed(endpointFrames, data);
        endpointEnded |= end;
        UpstreamStream stream = forwarder.attempt().stream();
        if (end && (clientEnded || stream == null || !stream.takesMore())) {
            over(to, passed);
            return false;
        }
        boolean closing = clientClosing;
        to.data(passed, false);
        if (end && !closing) {
            to.endOutput();
        } else if (leaving && !end) {
            tellClient();
        }
        return !end;
    }

    /** How many of the client's next bytes do not have to be read: of a WebSocket, those of a frame's payload. */
    public long unreadOfClient() {
        return unread(clientFrames, endpointClosing);
    }

    /** So many of them went on to the endpoint. */
    public void passedFromClient(int bytes) {
        clientFrames.passPayload(bytes);
    }

    /** The same of the endpoint's. */
    long unreadOfEndpoint() {
        return unread(endpointFrames, clientClosing);
    }

    /** So many of them went on to the client. */
    void passedFromEndpoint(int bytes) {
        endpointFrames.passPayload(bytes);
    }

    private long unread(FrameBounds frames, boolean closing) {
        if (leaving || closing) {
            return 0;
        }
        return framed ? frames.payload() : Long.MAX_VALUE;
    }

    private static ByteBuf dropped(ByteBuf data) {
        data.release();
        return Unpooled.EMPTY_BUFFER;
    }

    /** What may pass of that: all, or the rest of the current frame if the next is to be ours. */
    private ByteBuf passed(FrameBounds frames, ByteBuf data) {
        if (!framed) {
            return data;
        }
        if (!leaving) {
            frames.pass(data);
            return data;
        }
        data.writerIndex(data.readerIndex() + frames.passFrame(data));
        return data;
    }

    private void over(Downstream to, ByteBuf last) {
        forwarder.ended(context.facts().status);
        exchange.finish();
        to.data(last, true);
    }

    /** Whether the endpoint has closed its WebSocket by a frame, so that the end of its connection cuts nothing off. */
    boolean saidGoodbye() {
        return on && framed && endpointFrames.closed() && !endpointEnded;
    }

    /** The client is gone, which is no failure once it got all; returns whether that is so, and then all is over. */
    public boolean clientLeft() {
        boolean complete = on && (endpointEnded || (framed && endpointFrames.closed()));
        if (complete) {
            forwarder.abandon();
            exchange.finish();
        }
        return complete;
    }

    /**
     * The gateway goes away: a WebSocket gets a close frame in both directions, now or at the end of the current frame.
     */
    public void leave() {
        if (on && framed && !leaving) {
            leaving = true;
            tellEndpoint();
            tellClient();
        }
    }

    private void tellEndpoint() {
        if (on && !endpointClosing && !clientEnded && clientFrames.between()) {
            endpointClosing = true;
            byte @Nullable [] frame = clientFrames.closed()
                    ? null
                    : FrameBounds.maskedGoodbye(context.loop().random());
            forwarder.data(frame == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(frame), true);
        }
    }

    private void tellClient() {
        if (on && !clientClosing && !endpointEnded && endpointFrames.between()) {
            clientClosing = true;
            Downstream to = context.downstream();
            to.data(
                    endpointFrames.closed() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(FrameBounds.goingAway()),
                    false);
            to.endOutput();
        }
    }
}
