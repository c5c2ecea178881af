package io.laneway.gateway.traffic.filter;

import io.laneway.filter.BodyTooLargeException;
import io.laneway.filter.FilterResult;
import io.laneway.filter.FilterResult.Proceed;
import io.laneway.filter.FilterResult.Respond;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.gate.Denial;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one's own on the way of one exchange, one after the other, when all that the gateway itself decides is decided.
 * Each sees the head as those before it left it. Confined to one event loop; one for each exchange of a listener with filters.
 *
 * <p>It settles once for each filter that makes it wait: {@link #settle} continues with the next one.
 */
public final class FilterGate implements Gate {

    private static final int BAD_REQUEST = 400;

    private static final Failure TOO_LARGE =
            Failure.gateway(Stage.ROUTE, 413, ResponseFlag.FR, "the body is larger than a filter takes");

    private final ExchangeContext context;
    private final LoopFilters filters;
    private final GateWait wait;
    private final BitSet chosen = new BitSet();
    private int next;
    private @Nullable FilterCall call;
    private @Nullable HeadView view;
    private @Nullable Denial denial;
    private @Nullable ResponseFilters responses;

    public FilterGate(ExchangeContext context, LoopFilters filters, GateWait wait) {
        this.context = context;
        this.filters = filters;
        this.wait = wait;
    }

    /** A request is routed: chooses its filters, by the path that it has now. */
    public void begin() {
        filters.choose(context, chosen);
        next = 0;
        call = null;
        view = null;
        denial = null;
        responses = null;
    }

    @Override
    public boolean settle() {
        for (int i = chosen.nextSetBit(next); i >= 0 && denial == null; i = chosen.nextSetBit(next)) {
            next = i + 1;
            HeadView seen = view == null ? HeadView.of(context) : view;
            view = seen;
            FilterCall begun = new FilterCall(seen, context, filters.get(i), wait);
            call = begun;
            FilterOutcome outcome = begun.begin(this::decided);
            if (outcome == null) {
                return false;
            }
            take(begun, outcome);
        }
        return true;
    }

    private void decided(FilterOutcome outcome) {
        take(Objects.requireNonNull(call), outcome);
        wait.settled(this);
    }

    private void take(FilterCall of, FilterOutcome outcome) {
        of.end();
        call = null;
        Throwable error = outcome.error();
        if (error instanceof BodyTooLargeException) {
            of.filter().counts().body.increment();
            refuse(TOO_LARGE);
        } else if (error != null) {
            fail(of.filter(), error.toString(), error);
        } else {
            try {
                follow(of.filter(), Objects.requireNonNull(outcome.result()));
            } catch (IllegalArgumentException e) {
                fail(of.filter(), String.valueOf(e.getMessage()), null);
            }
        }
    }

    /** @throws IllegalArgumentException if the filter wants what is not its own */
    private void follow(LoopFilter filter, FilterResult result) {
        if (result instanceof Respond response) {
            HeadEdit.require(response);
            filter.counts().responded.increment();
            respond(response);
            return;
        }
        Proceed proceed = (Proceed) result;
        if (proceed.target() != null || !proceed.changes().list().isEmpty()) {
            HeadEdit.apply(proceed, context.request());
            view = null;
        }
        filter.counts().proceeded.increment();
        if (proceed.response() != null) {
            ResponseFilters all = responses;
            if (all == null) {
                all = new ResponseFilters(context, context.responseEdit());
                responses = all;
                context.responseEdit(all);
            }
            all.add(filter, proceed.response());
        }
    }

    private void respond(Respond response) {
        Failure why = new Failure(
                Failure.Side.GATEWAY,
                Stage.ROUTE,
                response.status(),
                null,
                ResponseFlag.FR,
                "a filter of the gateway responded");
        byte[] body = response.body();
        boolean bodiless = body.length == 0 && response.status() >= BAD_REQUEST;
        denial = new Denial(why, lines -> HeadEdit.add(response, lines), bodiless ? null : body);
    }

    private void refuse(Failure why) {
        denial = Denial.of(why, lines -> {});
    }

    private void fail(LoopFilter filter, String why, @Nullable Throwable cause) {
        filter.shared().failed(why, cause, context.loop().reading());
        if (filter.denies()) {
            filter.counts().failedDenied.increment();
            refuse(LoopFilter.FAILED);
        } else {
            filter.counts().failedAllowed.increment();
        }
    }

    @Override
    public void collected() {
        if (call != null) {
            call.collected();
        }
    }

    @Override
    public void expired() {
        FilterCall late = Objects.requireNonNull(call);
        boolean slow = late.collects();
        late.cancel();
        late.end();
        call = null;
        if (slow) {
            late.filter().counts().body.increment();
            refuse(late.time().isOver() ? Failure.REQUEST_TIMEOUT : Failure.SLOW_REQUEST_BODY);
        } else if (late.time().isOver()) {
            late.filter().counts().cancelled.increment();
            refuse(Failure.REQUEST_TIMEOUT);
        } else {
            fail(
                    late.filter(),
                    "no result within " + late.filter().shared().config().timeout(),
                    null);
        }
    }

    @Override
    public void cancel() {
        FilterCall left = call;
        call = null;
        if (left != null) {
            left.cancel();
            left.end();
            left.filter().counts().cancelled.increment();
        }
    }

    @Override
    public @Nullable Denial denial() {
        return denial;
    }
}
