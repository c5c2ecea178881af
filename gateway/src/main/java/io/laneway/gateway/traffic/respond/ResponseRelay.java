package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.MediaType;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.compress.CompressedBody;
import io.laneway.gateway.traffic.compress.ResponseCompression;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.context.ExchangeRecording;
import io.laneway.gateway.traffic.context.ExchangeTimeouts;
import io.laneway.gateway.traffic.forward.ContinueGrace;
import io.laneway.gateway.traffic.forward.Forwarder;
import io.laneway.gateway.traffic.forward.RetryConditions;
import io.laneway.gateway.upstream.policy.CompressionRule;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.policy.Retries;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Phase 9 of an exchange, the side that faces the endpoint: its response on to the client, as fast as that takes it.
 * Confined to one event loop; one for each exchange.
 *
 * <p>The end of the response is written last of all, when the exchange is already over and free for the next request:
 * the writing may set that off.
 */
public final class ResponseRelay implements ResponseSink, Bypass {

    private static final int SWITCHING = 101;
    private static final int REDIRECT = 300;
    private static final int BAD_GATEWAY = 502;
    private static final MediaType EVENTS = MediaType.of("text/event-stream");

    private final ExchangeContext context;
    private final ExchangeEnd exchange;
    private final Forwarder forwarder;
    private final ExchangeTimeouts timeouts;
    private final ResponseHeaders headers;
    private final TunnelRelay tunnel;
    private boolean begun;
    private boolean paused;
    private final ResponseCompression compression;
    private @Nullable CompressedBody compressed;

    public ResponseRelay(
            ExchangeContext context,
            Forwarder forwarder,
            ExchangeTimeouts timeouts,
            ResponseCompression compression,
            ExchangeEnd exchange) {
        this.compression = compression;
        this.context = context;
        this.exchange = exchange;
        this.forwarder = forwarder;
        this.timeouts = timeouts;
        this.headers = new ResponseHeaders(context);
        this.tunnel = new TunnelRelay(context, forwarder, exchange);
    }

    public void start() {
        begun = false;
        paused = false;
        tunnel.clear();
    }

    /** What it does once it has switched to another protocol. */
    public TunnelRelay tunnel() {
        return tunnel;
    }

    /** Whether the client has seen some of the response, so that it cannot be replaced. */
    public boolean begun() {
        return begun;
    }

    @Override
    public void opened(UpstreamStream stream) {
        forwarder.opened(stream);
    }

    @Override
    public void writable() {
        forwarder.writable();
    }

    @Override
    public void informational(ResponseHead head) {
        timeouts.moved();
        if (head.status() == ContinueGrace.CONTINUE) {
            forwarder.continueGrace().end();
            if (forwarder.continueGrace().given()) {
                return;
            }
        }
        if (head.status() == SWITCHING) {
            if (refused(head, false)) {
                return;
            }
            context.facts().status = SWITCHING;
            switched();
            headers.settle(head, forwarder.cluster());
            upgraded(tunnel.isWebSocket() ? head : null);
        }
        context.downstream().informational(head);
    }

    /** It has become a tunnel or another protocol. */
    private void switched() {
        begun = true;
        context.facts().mostReceived = Long.MAX_VALUE;
        timeouts.switched();
        forwarder.switched();
        tunnel.start();
    }

    private void upgraded(@Nullable ResponseHead webSocket) {
        ExchangeRecording recording = context.recording();
        if (recording != null) {
            recording.upgraded(webSocket);
        }
    }

    @Override
    public void head(ResponseHead response, boolean end) {
        timeouts.moved();
        int status = response.status();
        if (status >= BAD_GATEWAY && forwarder.again(RetryConditions.status(status), false)) {
            if (end) {
                forwarder.attempt().gone();
            }
            forwarder.lost(true, ResponseFlag.NONE, status);
            return;
        }
        forwarder.attempt().responded();
        forwarder.continueGrace().end();
        if (forwarder.retried()) {
            settle(status);
        }
        if (refused(response, end)) {
            return;
        }
        begun = true;
        context.facts().responded = timeouts.lastMove();
        context.facts().status = status;
        headers.settle(response, forwarder.cluster());
        Downstream to = context.downstream();
        GrpcCall grpc = context.grpc();
        if (context.request().method() == Method.CONNECT && status < REDIRECT && !end) {
            switched();
            upgraded(null);
        } else if (grpc.responseBegins(response.lines()) || isEventStream(response)) {
            timeouts.streams();
        } else {
            timeouts.responded();
        }
        compress(response, end);
        ExchangeRecording recording = context.recording();
        if (recording != null) {
            recording.responseHead(response, end);
        }
        if (end) {
            status(response.lines());
            finish();
        }
        to.head(response, end);
    }

    /** Whether the client is not to get the response, as a phase before says: the exchange has failed then. */
    private boolean refused(ResponseHead response, boolean end) {
        Failure refusal = headers.edit(response);
        if (refusal == null) {
            return false;
        }
        if (end) {
            forwarder.attempt().gone();
        }
        exchange.fail(refusal);
        return true;
    }

    /** What is converted has a form of its own, and tunnels have none. */
    private void compress(ResponseHead response, boolean end) {
        ServiceRules rules = context.facts().passedThrough ? null : context.serviceRules();
        CompressionRule rule = rules == null ? null : rules.compression();
        if (rule != null && context.conversion() == null && !tunnel.isOn()) {
            compressed = compression.begin(rule, context.request(), response, end, forwarder.stats(), this::flushed);
        }
    }

    /** What the endpoint sent so far, between two pieces of it. */
    private void flushed(ByteBuf data) {
        recorded(data, false);
        context.facts().delivered += data.readableBytes();
        Downstream to = context.downstream();
        to.data(data, false);
        pauseIfFull(to);
    }

    /** The exchange is over, whatever became of the response. */
    public void end() {
        if (compressed != null) {
            compressed.end();
            compressed = null;
        }
    }

    /** Server-sent events; only a response without a length can be. */
    private static boolean isEventStream(ResponseHead response) {
        return response.bodyLength() == ResponseHead.UNKNOWN_LENGTH && EVENTS.matches(response.lines());
    }

    private void settle(int status) {
        boolean well = status < BAD_GATEWAY || RetryConditions.status(status) == null;
        forwarder.settled(well);
        if (!well) {
            context.facts().flag = ResponseFlag.URX;
        }
    }

    @Override
    public void data(ByteBuf sent, boolean end) {
        timeouts.moved();
        ByteBuf data = sent;
        if (compressed != null) {
            data = compressed.data(sent, end);
            if (!end && !data.isReadable()) {
                data.release();
                return;
            }
        }
        recorded(data, end);
        context.facts().delivered += data.readableBytes();
        if (context.grpc().active()) {
            context.grpc().responseData(data, forwarder.stats());
        }
        Downstream to = context.downstream();
        if (tunnel.isOn()) {
            if (!tunnel.fromEndpoint(data, end)) {
                return;
            }
        } else if (end) {
            finish();
            to.data(data, true);
            return;
        } else {
            to.data(data, false);
        }
        pauseIfFull(to);
    }

    @Override
    public @Nullable Bypass responseBypass() {
        boolean seen = compressed != null
                || context.recording() != null
                || context.grpc().active();
        return seen || context.over() ? null : this;
    }

    @Override
    public @Nullable Channel target() {
        return context.downstream().socket();
    }

    @Override
    public long most() {
        return tunnel.isOn() ? tunnel.unreadOfEndpoint() : Long.MAX_VALUE;
    }

    @Override
    public void passed(int bytes) {
        timeouts.moved();
        context.facts().delivered += bytes;
        if (tunnel.isOn()) {
            tunnel.passedFromEndpoint(bytes);
        }
    }

    private void recorded(ByteBuf data, boolean end) {
        ExchangeRecording recording = context.recording();
        if (recording != null) {
            recording.responseData(data, end);
        }
    }

    private void pauseIfFull(Downstream to) {
        if (!context.over() && !to.isWritable()) {
            paused = true;
            forwarder.attempt().pauseResponse(true);
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        Downstream to = context.downstream();
        status(trailers);
        if (compressed != null) {
            ByteBuf rest = compressed.data(Unpooled.EMPTY_BUFFER, true);
            recorded(rest, false);
            context.facts().delivered += rest.readableBytes();
            to.data(rest, false);
        }
        ExchangeRecording recording = context.recording();
        if (recording != null) {
            recording.responseTrailers(trailers);
        }
        finish();
        to.trailers(trailers);
    }

    private void status(HeaderLines last) {
        if (context.grpc().active()) {
            context.facts().grpcStatus = GrpcStatus.read(last);
        }
    }

    private void finish() {
        int grpc = context.facts().grpcStatus;
        forwarder.ended(grpc < 0 ? context.facts().status : GrpcStatus.http(grpc));
        exchange.finish();
    }

    /** The client may take more of the response. */
    public void clientWritable() {
        if (paused && context.downstream().isWritable()) {
            paused = false;
            timeouts.moved();
            forwarder.attempt().pauseResponse(false);
        }
    }

    @Override
    public void failed(Failure failure) {
        if (tunnel.saidGoodbye()) {
            data(Unpooled.EMPTY_BUFFER, true);
            return;
        }
        DeploymentStats stats = forwarder.stats();
        if (failure.equals(Failure.TRUNCATED) && stats != null) {
            stats.truncated.increment();
        }
        boolean reset = failure.retry() == Retries.On.RESET_BEFORE_RESPONSE;
        boolean stale = reset && forwarder.attempt().onUsedConnection();
        if (reset && !stale) {
            forwarder.attempt().closedWithoutResponse();
        }
        forwarder.attempt().violated(failure);
        forwarder.attempt().gone();
        if (begun || failure.stage() != Failure.Stage.PROTOCOL || !forwarder.otherwise()) {
            attemptFailed(failure, stale);
        }
    }

    /** One attempt took too long. */
    public void attemptExpired() {
        if (!context.over() && !begun) {
            attemptFailed(Failure.TRY_TIMEOUT, false);
        }
    }

    private void attemptFailed(Failure failure, boolean stale) {
        boolean senseless = failure.stage() == Failure.Stage.PROTOCOL && !forwarder.hasOther();
        boolean late = failure.side() == Failure.Side.UPSTREAM && timeouts.callIsOver();
        boolean again = !begun && !senseless && !late && forwarder.again(failure.retry(), stale);
        if (!again && !begun && forwarder.retried()) {
            forwarder.settled(false);
        }
        boolean erred = !stale && failure.stage().compareTo(Failure.Stage.PROTOCOL) > 0;
        forwarder.lost(erred, failure.flag(), 0);
        if (!again) {
            exchange.fail(late ? Failure.REQUEST_TIMEOUT : failure);
        }
    }
}
