package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeRecorder;
import io.laneway.gateway.traffic.context.ExchangeRecording;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.Slice;
import io.laneway.router.unit.Share;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The recorder of one event loop. It goes by the recordings of the table that decided: a request under a table without any
 * costs a load and a branch. Confined to its loop, but for what the writer gives back.
 */
final class LoopRecorder implements ExchangeRecorder {

    /** Bytes that wait for the writer at most. */
    static final long MOST_HELD = 8L * 1024 * 1024;

    private static final int TRACE_START = 3;
    private static final int TRACE_LENGTH = 32;

    private final Recorder recorder;
    private final AtomicLong held = new AtomicLong();
    private final Slice scratch = new Slice();
    private @Nullable CompiledTable<?, ?> table;
    private RecordingRule @Nullable [] rules;

    LoopRecorder(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a table is compiled once
    public @Nullable ExchangeRecording follow(FollowedExchange exchange, boolean edge) {
        CompiledTable<?, ?> now = exchange.decision().table();
        if (now != table) {
            table = now;
            rules = now == null ? null : recorder.rules(now.model().recordings());
        }
        RecordingRule[] wanted = rules;
        return wanted == null ? null : match(wanted, exchange, edge);
    }

    private @Nullable ExchangeRecording match(RecordingRule[] wanted, FollowedExchange exchange, boolean edge) {
        ExchangeFacts facts = exchange.facts();
        if (!facts.decided || facts.passedThrough) {
            return null;
        }
        RecordedExchangeInFlight following = null;
        for (RecordingRule rule : wanted) {
            if (!rule.running().over(facts.startedMillis) && rule.matches(facts)) {
                if (following == null) {
                    following = new RecordedExchangeInFlight(this, exchange);
                }
                following.decide(rule, selected(rule, exchange, edge));
            }
        }
        if (following != null) {
            following.begin();
        }
        return following;
    }

    private boolean selected(RecordingRule rule, FollowedExchange exchange, boolean edge) {
        int said = edge ? -1 : RecordingStamp.read(exchange.request().lines(), rule.name());
        return said >= 0 ? said == 1 : slot(exchange) < rule.slots();
    }

    /** By the trace where there is one, which more services hand on than the request's id. */
    private int slot(FollowedExchange exchange) {
        int from = 0;
        int length = 0;
        if (exchange.request().lines().first(Field.TRACEPARENT, scratch)
                && scratch.length() >= TRACE_START + TRACE_LENGTH) {
            from = TRACE_START;
            length = TRACE_LENGTH;
        } else if (exchange.request().lines().first(Field.X_REQUEST_ID, scratch)) {
            length = scratch.length();
        }
        int hash = 0x811c9dc5;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ scratch.array()[scratch.offset() + from + i]) * 0x01000193;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Integer.remainderUnsigned(hash ^ (hash >>> 16), Share.SLOTS);
    }

    /** Takes room for what is held until it is written; false if there is none. */
    boolean hold(long bytes) {
        if (held.get() + bytes > MOST_HELD) {
            return false;
        }
        held.addAndGet(bytes);
        return true;
    }

    /** What was held is gone. Any thread. */
    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    void finished(RecordedExchangeInFlight exchange) {
        recorder.add(exchange);
    }
}
