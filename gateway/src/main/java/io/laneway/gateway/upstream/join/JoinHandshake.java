package io.laneway.gateway.upstream.join;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the control API to hand a connection on to a machine that joined (RFC 9110 section 7.8). What follows the response
 * 101 is the machine's; any other response means that it is not reached. Then this handler is gone from the channel, and
 * what was read too much is passed on. Confined to one event loop.
 */
public final class JoinHandshake extends ByteToMessageDecoder {

    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final int MAX_HEAD = 16 << 10;
    private static final int SHOWN = 200;

    private final JoinRoute route;
    private final @Nullable ChannelPromise reached;
    private boolean active;
    private boolean asked;
    private boolean done;

    /** @param reached is completed once the machine is reached, or is not; null where the end of the channel says so */
    public JoinHandshake(JoinRoute route, @Nullable ChannelPromise reached) {
        this.route = route;
        this.reached = reached;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            ask(ctx);
        }
    }

    /** The handlers behind it find their connection open once the machine is reached. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        active = true;
        ask(ctx);
    }

    /** TLS with the control API is no concern of the handlers behind it. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (done) {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void ask(ChannelHandlerContext ctx) {
        if (!asked) {
            asked = true;
            var unused = ctx.writeAndFlush(Unpooled.wrappedBuffer(route.bytes()));
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (done) {
            return;
        }
        int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END), in);
        if (end < 0) {
            if (in.readableBytes() > MAX_HEAD) {
                fail(ctx, "a response head of more than " + MAX_HEAD + " bytes");
            }
            return;
        }
        int length = end - in.readerIndex() + END.length;
        String head = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
        String line = head.substring(0, head.indexOf('\r'));
        if (line.startsWith("HTTP/1.1 101 ")) {
            reached(ctx);
        } else {
            fail(ctx, line.substring(0, Math.min(line.length(), SHOWN)));
        }
    }

    private void reached(ChannelHandlerContext ctx) {
        done = true;
        if (reached != null) {
            reached.trySuccess();
        }
        if (active) {
            ctx.fireChannelActive();
        }
        // those who wait for it add their handlers first
        ctx.channel().eventLoop().execute(() -> {
            if (!ctx.isRemoved()) {
                ctx.pipeline().remove(this);
            }
        });
    }

    private void fail(ChannelHandlerContext ctx, String why) {
        done = true;
        failed(new ConnectException("the control API answered " + why));
        var unused = ctx.close();
    }

    private void failed(Throwable cause) {
        if (reached != null) {
            reached.tryFailure(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        failed(new ConnectException("the control API closed the connection"));
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (done) {
            ctx.fireExceptionCaught(cause);
        } else {
            failed(cause);
            var unused = ctx.close();
        }
    }
}
