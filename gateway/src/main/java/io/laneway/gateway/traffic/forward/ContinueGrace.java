package io.laneway.gateway.traffic.forward;

import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.traffic.context.ExchangeContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends {@code 100 Continue} to a client that waits for it when the endpoint, which was sent the expectation, says
 * nothing for a second: many servers do not know it, and wait for the body (RFC 9110 section 10.1.1). Confined to one
 * event loop; one for each exchange.
 */
public final class ContinueGrace extends TimerEntry {

    public static final int CONTINUE = 100;
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private final ExchangeContext context;
    private @Nullable ResponseHead head;
    private boolean given;

    public ContinueGrace(ExchangeContext context) {
        this.context = context;
    }

    public void start() {
        given = false;
    }

    /** The head of the request was sent. */
    public void sent() {
        if (!given && context.request().expectsContinue()) {
            context.loop().deadline(this, GRACE);
        }
    }

    /** The endpoint answered, the client sent its body by itself, or all is over. */
    public void end() {
        context.loop().wheel().clear(this);
    }

    /** Whether {@code 100 Continue} was sent, so that the endpoint's is dropped. */
    public boolean given() {
        return given;
    }

    @Override
    protected void expired() {
        ResponseHead ours = head == null ? new ResponseHead() : head;
        head = ours;
        ours.clear(0);
        ours.start(CONTINUE);
        given = true;
        context.downstream().informational(ours);
    }
}
