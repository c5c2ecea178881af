package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The request's direction of an endpoint's connection: how far it is, and whether it can be written at all. Confined to one
 * event loop; used again for request after request.
 */
final class RequestSending {

    private final Channel channel;
    private final ConnectionOutput output;
    private final RequestWriter writer;
    private Method method = Method.OTHER;
    private boolean upgrade;
    private boolean upgradeWithBody;
    private boolean bare;
    private boolean ended = true;
    private boolean broken;

    RequestSending(Channel channel, ConnectionOutput output) {
        this.channel = channel;
        this.output = output;
        this.writer = new RequestWriter(output);
        HalfClose.readBehindBrokenOutput(channel);
    }

    /** A request is about to be written. */
    void begin() {
        ended = false;
    }

    void head(RequestHead request, boolean end) {
        method = request.method();
        upgrade = request.upgrade();
        upgradeWithBody = upgrade && request.bodyLength() != 0;
        bare = end;
        ended = end;
        writer.head(request, end);
    }

    /** Takes ownership. What cannot be written is dropped: the response may still be read. */
    void data(ByteBuf data, boolean end) {
        ended |= end;
        if (broken) {
            data.release();
        } else {
            writer.data(data, end);
        }
    }

    /** The channel, where it takes bytes as they are. */
    @Nullable
    Channel socket() {
        return ended || broken ? null : writer.socket();
    }

    void trailers(HeaderLines trailers) {
        ended = true;
        if (!broken) {
            writer.trailers(trailers);
        }
    }

    /** From now on bytes pass as they are, until they end in their turn. */
    void switchToRaw() {
        ended &= !upgradeWithBody;
        writer.switchToRaw();
    }

    Method method() {
        return method;
    }

    /** Whether the request asks for another protocol. */
    boolean upgrade() {
        return upgrade;
    }

    /** Whether a switch to another protocol has to wait for the request's body. */
    boolean hasBodyBeforeSwitch() {
        return upgradeWithBody && !ended;
    }

    /** Whether it has ended, as far as known here. */
    boolean ended() {
        return ended;
    }

    /** Whether nothing more can be written. */
    boolean broken() {
        return broken;
    }

    /** Whether all of the request has left this process, so that nothing of it can be taken for the next one. */
    boolean complete() {
        return ended && !broken && output.isWritten();
    }

    /** Whether a response now cannot be one to this request, which has not left this process. */
    boolean isAhead() {
        return !bare || output.isWritten();
    }

    /** Whether an error is one of writing alone. */
    boolean breaks(Throwable cause) {
        broken |= cause instanceof ChannelOutputShutdownException;
        return broken
                && channel.isActive()
                && (cause instanceof ChannelOutputShutdownException || cause instanceof ClosedChannelException);
    }
}
