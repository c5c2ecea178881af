package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.record.DropReason;
import io.laneway.replay.record.PendingExchange;
import io.laneway.replay.record.RecorderInlet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one recording retains of an exchange, up to the recording's bound of a body. Its bytes are taken from the inlet
 * before they are retained. Confined to its event loop until it is finished, then to the recorder's thread.
 */
final class RecordedCopy implements PendingExchange {

    /** Objects of an exchange beside its head and bodies, in bytes. */
    private static final int OVERHEAD = 1024;

    private final RunningRecording running;
    private final RecorderInlet inlet;
    private final Loop loop;
    private final int most;
    private final HeldBody request = new HeldBody();
    private final HeldBody response = new HeldBody();
    private final HeldHeads heads = new HeldHeads();
    private @Nullable SocketCopy socket;
    private @Nullable Facts facts;
    private boolean dropped;
    private long held;

    RecordedCopy(RunningRecording running, RecorderInlet inlet, Loop loop) {
        this.running = running;
        this.inlet = inlet;
        this.loop = loop;
        this.most = (int) running.recording().bodies().bytes();
    }

    /** Keeps the head, as it is before it is settled for its endpoint. */
    void begin(FollowedExchange exchange) {
        RequestHead head = exchange.request();
        if (take(OVERHEAD + head.lines().sizeHint())) {
            heads.request = lines(head.lines());
            heads.read(head, exchange);
            if (head.bodyLength() == 0) {
                request.ended();
            }
        }
    }

    private static ByteBuf lines(HeaderLines lines) {
        ByteBuf copy = Unpooled.buffer(lines.sizeHint());
        lines.writeTo(copy);
        return copy;
    }

    /** Whether there is room; if not, the request is dropped. */
    private boolean take(long bytes) {
        if (dropped) {
            return false;
        }
        if (inlet.take(bytes)) {
            held += bytes;
            return true;
        }
        drop(inlet.full());
        return false;
    }

    /** The request is not kept: what is held is given back at once. */
    void drop(DropReason reason) {
        if (!dropped) {
            dropped = true;
            release();
            inlet.drop(reason, held);
            held = 0;
        }
    }

    /**
     * The request has become a WebSocket, with this response, or a tunnel.
     *
     * @param response null for a tunnel
     */
    void upgraded(FollowedExchange exchange, Instant time, @Nullable ResponseHead response) {
        if (response == null || !running.recording().frames()) {
            drop(DropReason.UPGRADE);
            return;
        }
        responseHead(response, false);
        if (!dropped) {
            request.release();
            socket = new SocketCopy(running, inlet, loop, heads, exchange.facts(), time, most);
        }
    }

    void requestData(ByteBuf data, boolean end) {
        if (socket == null) {
            keep(request, data, end);
        } else {
            socket.fromClient(data);
        }
    }

    void responseData(ByteBuf data, boolean end) {
        if (socket == null) {
            keep(response, data, end);
        } else {
            socket.fromServer(data);
        }
    }

    private void keep(HeldBody body, ByteBuf data, boolean end) {
        if (dropped) {
            return;
        }
        body.passed(data.readableBytes());
        if (end) {
            body.ended();
        }
        int bytes = body.wanted(data, most);
        if (bytes > 0 && take(HeldBody.cost(data, bytes))) {
            body.retain(data, bytes);
        }
    }

    void requestTrailers(HeaderLines trailers) {
        request.ended();
        if (take(trailers.sizeHint())) {
            heads.requestTrailers = lines(trailers);
        }
    }

    void responseHead(ResponseHead head, boolean end) {
        if (end || head.neverHasBody()) {
            response.ended();
        }
        if (take(head.lines().sizeHint())) {
            heads.response = lines(head.lines());
        }
    }

    void responseTrailers(HeaderLines trailers) {
        response.ended();
        if (take(trailers.sizeHint())) {
            heads.responseTrailers = lines(trailers);
        }
    }

    /** The exchange is over: the recorder has it from now on, unless it was dropped. */
    void finish(Facts known) {
        if (socket != null) {
            socket.finish(held);
        } else if (!dropped) {
            facts = known;
            inlet.finish(this);
        }
    }

    @Override
    public RecordedExchange record() {
        Facts known = Objects.requireNonNull(facts);
        return ExchangeRecords.of(
                heads, request.body(), response.body(), known, running.gateway(), running.client(known.source()));
    }

    @Override
    public long bytes() {
        return held;
    }

    @Override
    public void release() {
        request.release();
        response.release();
    }
}
