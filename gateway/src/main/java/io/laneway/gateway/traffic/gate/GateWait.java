package io.laneway.gateway.traffic.gate;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * How one exchange waits at its gates, at one of them at a time: up to a deadline, with what comes behind the request's head
 * held until it continues. Confined to one event loop; one for each exchange that has a gate, used again for request after
 * request.
 */
public final class GateWait extends TimerEntry {

    private static final int CONTINUE = 100;

    /** The exchange. */
    public interface Listener extends RequestSink {

        /** That gate has settled after a while; what was held of the request follows. */
        void settled(Gate gate);

        /** Whether the client is held back for another reason. */
        boolean holdsClient();
    }

    private final ExchangeContext context;
    private final Listener exchange;
    private final HeldRequest held = new HeldRequest();
    private @Nullable Gate entered;
    private @Nullable Gate at;
    private long due;
    private boolean collects;

    /** Counts exchanges, as this one may be over and used again when a call into it returns. */
    private int turn;

    public GateWait(ExchangeContext context, Listener exchange) {
        this.context = context;
        this.exchange = exchange;
    }

    /** @param end whether the request is its head alone */
    public void begin(boolean end) {
        turn++;
        held.begin(end);
    }

    /** Has the request pass a gate; false if it waits there, and {@link Listener#settled} is to follow. */
    public boolean pass(Gate gate) {
        entered = gate;
        due = context.loop().now();
        boolean settled = gate.settle() || entered == null;
        entered = null;
        if (settled) {
            leave();
        } else {
            at = gate;
        }
        return settled;
    }

    /** The gate that is entered, or waited at, has so many nanoseconds from now on. */
    public void within(long nanos) {
        due = context.loop().now() + nanos;
        context.loop().deadline(this, nanos);
    }

    /**
     * Waits for the request's body, as far as a gate can use it; {@link Gate#collected} follows unless it is there already.
     *
     * @param most bytes; what is beyond them stays with the client
     * @return whether it is there
     */
    public boolean collect(int most) {
        held.want(most + 1L);
        collects = !held.enough();
        if (collects && held.nothingYet()) {
            inviteBody();
        }
        return !collects;
    }

    /** Without it, the client sends no body until an endpoint has seen the head. */
    private void inviteBody() {
        RequestHead head = context.request();
        if (head.expectsContinue()) {
            head.expectsContinue(false);
            head.lines().remove(Field.EXPECT);
            ResponseHead interim = new ResponseHead();
            interim.start(CONTINUE);
            context.downstream().informational(interim);
        }
    }

    /** Whether nothing is to come of the request but what is held. */
    public boolean whole() {
        return held.whole();
    }

    /** A copy of what is held of the request's body, up to so many bytes. */
    public byte[] body(int most) {
        return held.copy(most);
    }

    /** The gate has settled. It continues the exchange if that waits there. */
    public void settled(Gate gate) {
        if (gate.equals(entered)) {
            entered = null;
        } else if (gate.equals(at)) {
            leave();
            proceed(gate);
        }
    }

    private void leave() {
        at = null;
        collects = false;
        held.wantNothing();
        context.loop().wheel().clear(this);
    }

    /** Continues the exchange where it waited. It may end at any step, and this may serve another one then. */
    private void proceed(Gate gate) {
        int mine = turn;
        exchange.settled(gate);
        while (turn == mine && at == null && held.handOn(exchange)) {
            // the next piece
        }
        if (turn == mine && at == null) {
            held.resume(!exchange.holdsClient());
        }
    }

    @Override
    protected void expired() {
        Gate gate = at;
        if (gate != null) {
            leave();
            gate.expired();
            proceed(gate);
        }
    }

    /** Whether the exchange waits. */
    public boolean waits() {
        return at != null;
    }

    /** Whether it has waited so many nanoseconds too long. */
    public boolean isOverdue(long now, long slack) {
        return now - due > slack;
    }

    /** Holds body bytes; takes ownership. */
    public void hold(ByteBuf data, boolean end) {
        held.data(data, end, context.downstream());
        lookAtBody();
    }

    /** Holds trailers. */
    public void hold(HeaderLines trailers) {
        held.trailers(trailers);
        lookAtBody();
    }

    private void lookAtBody() {
        Gate gate = at;
        if (gate != null && collects && held.enough()) {
            collects = false;
            gate.collected();
        }
    }

    /** The exchange is over. */
    public void clear() {
        turn++;
        Gate gate = at;
        if (gate != null) {
            leave();
            gate.cancel();
        }
        held.clear();
    }

    /** The exchange is not to rest. */
    public void forget() {
        context.loop().wheel().forget(this);
    }
}
