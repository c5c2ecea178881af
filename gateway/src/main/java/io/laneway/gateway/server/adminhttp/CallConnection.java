package io.laneway.gateway.server.adminhttp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: its calls one after another, in their order. Confined to the connection's event loop, but for
 * {@link #respond} and {@link #work}.
 */
final class CallConnection extends SimpleChannelInboundHandler<HttpObject> implements CallResponder {

    /** Bytes of a request line, and of all header fields, that are read. */
    static final int MOST_LINE = 4096;

    static final int MOST_HEAD = 8192;

    /** As many calls may wait for the one before them; then nothing more is read. */
    private static final int MOST_WAITING = 16;

    private final CallRoutes routes;
    private final Executor workers;
    private final Channel channel;
    private final Deque<AdminCall> waiting = new ArrayDeque<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private @Nullable HttpRequest head;
    private boolean tooLong;
    private @Nullable AdminCall running;
    private @Nullable CallStream stream;
    private boolean serving;

    /** @param channel whose last handler this becomes */
    CallConnection(CallRoutes routes, Executor workers, Channel channel) {
        this.routes = routes;
        this.workers = workers;
        this.channel = channel;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
        if (part.decoderResult().isFailure()) {
            refuse(part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpRequest request) {
            head = request;
            if (HttpUtil.is100ContinueExpected(request)) {
                channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            }
        }
        if (part instanceof HttpContent content) {
            add(content);
        }
    }

    private void add(HttpContent content) throws IOException {
        int length = content.content().readableBytes();
        tooLong |= body.size() + length > AdminCall.MOST_BODY;
        if (!tooLong) {
            content.content().readBytes(body, length);
        }
        HttpRequest begun = head;
        if (content instanceof LastHttpContent && begun != null) {
            waiting.add(new AdminCall(this, begun, body.toByteArray(), tooLong));
            head = null;
            body.reset();
            tooLong = false;
            serve();
        }
    }

    /** What cannot be read ends the connection: nothing says where the next call begins. */
    private void refuse(Throwable why) {
        HttpResponse response;
        if (why instanceof TooLongHttpLineException) {
            response = AdminCall.problemOf(414, "request line: too long (expected: " + MOST_LINE + " bytes at most)");
        } else if (why instanceof TooLongHttpHeaderException) {
            response = AdminCall.problemOf(
                    431, "header fields: too large (expected: " + MOST_HEAD + " bytes at most in all)");
        } else {
            response = AdminCall.problemOf(
                    400, "the request line or a header field cannot be read (expected: HTTP/1.1 as in RFC 9112)");
        }
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        waiting.clear();
        channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** Calls one after another, without a deeper stack for each that was answered at once. */
    private void serve() {
        if (serving) {
            return;
        }
        serving = true;
        while (running == null && !waiting.isEmpty()) {
            running = waiting.remove();
            routes.serve(running);
        }
        serving = false;
        channel.config().setAutoRead(waiting.size() < MOST_WAITING);
    }

    @Override
    public void work(Runnable task) {
        workers.execute(task);
    }

    @Override
    public void respond(HttpRequest call, HttpResponse response) {
        if (channel.eventLoop().inEventLoop()) {
            respondNow(call, response);
        } else {
            channel.eventLoop().execute(() -> respondNow(call, response));
        }
    }

    private void respondNow(HttpRequest call, HttpResponse response) {
        if (running == null || call != running.head() || stream != null) {
            ReferenceCountUtil.release(response);
            return;
        }
        running = null;
        boolean keep = HttpUtil.isKeepAlive(call);
        if (keep) {
            HttpUtil.setKeepAlive(response.headers(), call.protocolVersion(), true);
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelFuture written = channel.writeAndFlush(response);
        if (keep) {
            serve();
        } else {
            waiting.clear();
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void stream(HttpRequest call, String contentType, Consumer<CallStream> content) {
        CallStream opened = new CallStream(channel);
        content.accept(opened);
        stream = opened;
        boolean chunked = call.protocolVersion().isKeepAliveDefault();
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(
                        chunked ? HttpHeaderNames.TRANSFER_ENCODING : HttpHeaderNames.CONNECTION,
                        chunked ? HttpHeaderValues.CHUNKED : HttpHeaderValues.CLOSE);
        channel.writeAndFlush(response);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (stream != null && channel.isWritable()) {
            stream.room();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waiting.clear();
        running = null;
        if (stream != null) {
            stream.end();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.close();
        }
    }

    /** The connection broke. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
