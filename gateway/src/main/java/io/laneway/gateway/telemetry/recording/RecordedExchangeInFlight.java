package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.traffic.context.ExchangeRecording;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange that recordings match, with a copy for each of them that wants it. Confined to its event loop. */
final class RecordedExchangeInFlight implements ExchangeRecording {

    private final FollowedExchange exchange;
    private final Instant time;
    private final List<RecordedCopy> copies = new ArrayList<>(1);
    private final StringBuilder stamp = new StringBuilder();

    /** @param time when it began */
    RecordedExchangeInFlight(FollowedExchange exchange, Instant time) {
        this.exchange = exchange;
        this.time = time;
    }

    /** A recording matches, and wants the request or not. */
    void decide(RecordingRule rule, boolean selected) {
        if (selected) {
            RecordedCopy copy = rule.copy();
            if (copy != null) {
                copies.add(copy);
                copy.begin(exchange);
            }
        }
        stamp.append(stamp.isEmpty() ? "" : ", ");
        for (byte letter : rule.name()) {
            stamp.append((char) letter);
        }
        stamp.append(selected ? "=1" : "=0");
    }

    @Override
    public void stamp(HeaderLines lines) {
        lines.add(RecordingStamp.NAME, stamp);
    }

    @Override
    public void requestData(ByteBuf data, boolean end) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).requestData(data, end);
        }
    }

    @Override
    public void requestTrailers(HeaderLines trailers) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).requestTrailers(trailers);
        }
    }

    @Override
    public void responseHead(ResponseHead head, boolean end) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).responseHead(head, end);
        }
    }

    @Override
    public void responseData(ByteBuf data, boolean end) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).responseData(data, end);
        }
    }

    @Override
    public void responseTrailers(HeaderLines trailers) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).responseTrailers(trailers);
        }
    }

    @Override
    public void upgraded(@Nullable ResponseHead webSocket) {
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).upgraded(exchange, time, webSocket);
        }
    }

    @Override
    public void finished() {
        if (copies.isEmpty()) {
            return;
        }
        Facts facts = Facts.of(exchange.facts(), time);
        for (int i = 0; i < copies.size(); i++) {
            copies.get(i).finish(facts);
        }
    }
}
