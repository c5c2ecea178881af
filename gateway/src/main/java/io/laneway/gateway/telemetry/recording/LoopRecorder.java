package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeRecorder;
import io.laneway.gateway.traffic.context.ExchangeRecording;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.request.RequestId;
import io.laneway.router.shift.TenantSlots;
import io.laneway.router.text.Slice;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The recorder of one event loop. It goes by the recordings of the table that decided; a request under a table without
 * any does not come here. Confined to its loop.
 */
final class LoopRecorder implements ExchangeRecorder {

    /** Where a {@code traceparent} has the trace's id (W3C Trace Context). */
    static final int TRACE_START = 3;

    static final int TRACE_LENGTH = 32;

    /** Other than those of any shift, all of which have a name, and than routes' parts: a share is the same of each. */
    private static final TenantSlots SLOTS = new TenantSlots("");

    private final Function<List<Recording>, List<RunningRecording>> running;
    private final Loop loop;
    private final StartTimes times;
    private final Slice scratch = new Slice();
    private List<Recording> ruled = List.of();
    private RecordingRule[] rules = {};

    /**
     * Follows nothing yet.
     *
     * @param running finds those of a table's recordings that run
     * @param day which time of day it is
     */
    LoopRecorder(Function<List<Recording>, List<RunningRecording>> running, Clock day, Loop loop) {
        this.running = running;
        this.loop = loop;
        this.times = new StartTimes(day, loop::reading);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a table has one list
    public @Nullable ExchangeRecording follow(FollowedExchange exchange, boolean edge, List<Recording> wanted) {
        if (wanted != ruled) {
            ruled = wanted;
            rules = rules(running.apply(wanted));
        }
        return match(rules, exchange, edge);
    }

    /** Recordings that ran before keep their rules, and with them what their inlets hold. */
    private RecordingRule[] rules(List<RunningRecording> running) {
        RecordingRule[] next = new RecordingRule[running.size()];
        for (int i = 0; i < next.length; i++) {
            next[i] = rule(running.get(i));
        }
        return next;
    }

    private RecordingRule rule(RunningRecording running) {
        for (RecordingRule rule : rules) {
            if (rule.running().equals(running)) {
                return rule;
            }
        }
        return new RecordingRule(running, loop);
    }

    private @Nullable ExchangeRecording match(RecordingRule[] wanted, FollowedExchange exchange, boolean edge) {
        ExchangeFacts facts = exchange.facts();
        if (!facts.decided || facts.passedThrough) {
            return null;
        }
        boolean replayed = ReplayMark.isIn(exchange.request().lines());
        RecordedExchangeInFlight following = null;
        for (RecordingRule rule : wanted) {
            // the stamp of a replay is of all recordings, so that the next hops of its chain keep it out of theirs
            if (rule.running().runs(facts.startedMillis()) && (replayed || rule.matches(facts))) {
                if (following == null) {
                    following = new RecordedExchangeInFlight(exchange, times.of(facts.started));
                }
                following.decide(rule, !replayed && selected(rule, exchange, edge));
            }
        }
        return following;
    }

    private boolean selected(RecordingRule rule, FollowedExchange exchange, boolean edge) {
        int said = edge ? -1 : RecordingStamp.read(exchange.request().lines(), rule.name());
        return said >= 0 ? said == 1 : slot(exchange) < rule.slots();
    }

    /** By the trace where there is one, which more services hand on than the request's id. */
    private int slot(FollowedExchange exchange) {
        RequestHead head = exchange.request();
        if (head.lines().first(Field.TRACEPARENT, scratch) && scratch.length() >= TRACE_START + TRACE_LENGTH) {
            return SLOTS.of(scratch.array(), scratch.offset() + TRACE_START, TRACE_LENGTH);
        }
        RequestId.read(head, scratch);
        return SLOTS.of(scratch.array(), scratch.offset(), scratch.length());
    }
}
