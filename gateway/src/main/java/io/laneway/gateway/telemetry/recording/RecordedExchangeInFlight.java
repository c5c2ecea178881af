package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.traffic.context.ExchangeRecording;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that recordings want: what passes is retained up to their bound. Confined to its event loop until it is
 * finished, then to the writer's thread.
 */
final class RecordedExchangeInFlight implements ExchangeRecording {

    /** Objects of an exchange beside its head and bodies, in bytes. */
    private static final int OVERHEAD = 512;

    private final LoopRecorder loop;
    private final FollowedExchange exchange;
    private final List<RecordingRule> rules = new ArrayList<>(1);
    private final StringBuilder stamp = new StringBuilder();
    private final HeldBody request = new HeldBody();
    private final HeldBody response = new HeldBody();
    private final HeldHeads heads = new HeldHeads();
    private @Nullable Facts facts;
    private @Nullable Loss lost;
    private int most;
    private long held;

    RecordedExchangeInFlight(LoopRecorder loop, FollowedExchange exchange) {
        this.loop = loop;
        this.exchange = exchange;
    }

    /** A recording matches, and wants the request or not. */
    void decide(RecordingRule rule, boolean selected) {
        if (selected) {
            rules.add(rule);
            most = Math.max(most, rule.bodies());
        }
        stamp.append(stamp.isEmpty() ? "" : ", ");
        for (byte letter : rule.name()) {
            stamp.append((char) letter);
        }
        stamp.append(selected ? "=1" : "=0");
    }

    /** Keeps the head, as it is before it is settled for its endpoint. */
    void begin() {
        RequestHead head = exchange.request();
        if (holds() && hold(OVERHEAD + head.lines().sizeHint())) {
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

    private boolean holds() {
        return lost == null && !rules.isEmpty();
    }

    private boolean hold(long bytes) {
        if (loop.hold(bytes)) {
            held += bytes;
            return true;
        }
        lose(Loss.MEMORY);
        return false;
    }

    private void lose(Loss why) {
        lost = why;
        release();
    }

    @Override
    public void stamp(HeaderLines lines) {
        lines.add(RecordingStamp.NAME, stamp);
    }

    @Override
    public void requestData(ByteBuf data, boolean end) {
        keep(request, data, end);
    }

    @Override
    public void responseData(ByteBuf data, boolean end) {
        keep(response, data, end);
    }

    private void keep(HeldBody body, ByteBuf data, boolean end) {
        if (!holds()) {
            return;
        }
        body.passed(data.readableBytes());
        if (end) {
            body.ended();
        }
        int bytes = body.wanted(data, most);
        if (bytes > 0 && hold(HeldBody.cost(data))) {
            body.retain(data, bytes);
        }
    }

    @Override
    public void requestTrailers(HeaderLines trailers) {
        request.ended();
        if (holds() && hold(trailers.sizeHint())) {
            heads.requestTrailers = lines(trailers);
        }
    }

    @Override
    public void responseHead(ResponseHead head, boolean end) {
        if (end || head.neverHasBody()) {
            response.ended();
        }
        if (holds() && hold(head.lines().sizeHint())) {
            heads.response = lines(head.lines());
        }
    }

    @Override
    public void responseTrailers(HeaderLines trailers) {
        response.ended();
        if (holds() && hold(trailers.sizeHint())) {
            heads.responseTrailers = lines(trailers);
        }
    }

    @Override
    public void upgraded() {
        if (holds()) {
            lose(Loss.UPGRADE);
        }
    }

    @Override
    public void finished() {
        if (rules.isEmpty()) {
            return;
        }
        if (lost != null) {
            Loss why = lost;
            rules.forEach(rule -> rule.running().dropped(why, 1));
            return;
        }
        facts = Facts.of(exchange.facts());
        loop.finished(this);
    }

    List<RecordingRule> rules() {
        return rules;
    }

    HeldHeads heads() {
        return heads;
    }

    HeldBody request() {
        return request;
    }

    HeldBody response() {
        return response;
    }

    /** What is known of it; null until it is finished. */
    @Nullable
    Facts facts() {
        return facts;
    }

    /** It is written or lost: what it held is given back. */
    void release() {
        request.release();
        response.release();
        loop.release(held);
        held = 0;
    }
}
