package io.laneway.gateway.traffic.link;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.gate.Denial;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.gate.HandBack;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.decision.Decision;
import io.laneway.router.link.LaneLink;
import io.laneway.router.link.LinkKey;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The signed links of one exchange: keys are taken off its request before anything sees them, and the first that counts, of
 * query, header and cookie, grants it a lane. One that was verified before costs a look; for another one the exchange waits,
 * as its gate. Confined to one event loop; one for each exchange of a listener with
 * {@code lanes: signed}.
 */
public final class LinkCheck implements Gate {

    private static final Failure BUSY =
            Failure.gateway(Stage.ROUTE, 503, ResponseFlag.LR, "the signed link cannot be verified now: too many wait");

    /** Verifying asks no other machine, so that this is long. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private static final HeaderName RETRY_AFTER = HeaderName.of("retry-after");

    private static final int QUERY = 0;
    private static final int HEADER = 1;
    private static final int COOKIE = 2;

    private final ExchangeContext context;
    private final LoopLinks links;
    private final GateWait wait;
    private final Slice line = new Slice();
    private final Slice value = new Slice();

    /** Links as they were found by place: remembered ones, and the texts of others. */
    private final @Nullable VerifiedLink[] known = new VerifiedLink[COOKIE + 1];

    private final @Nullable String[] texts = new String[COOKIE + 1];
    private int place;
    private boolean busy;
    private @Nullable HandBack<Optional<VerifiedLink>> pending;

    public LinkCheck(ExchangeContext context, LoopLinks links, GateWait wait) {
        this.context = context;
        this.links = links;
        this.wait = wait;
    }

    /** Takes the keys off a request, before anything else reads it. */
    public void take(RequestHead head) {
        busy = false;
        place = QUERY;
        head.grant(null);
        head.originalTarget(line);
        keep(QUERY, Pairs.query(line, SignedRequest.NAME, value));
        keep(HEADER, head.header(SignedRequest.HEADER, value));
        keep(COOKIE, io.laneway.router.request.HeaderLines.cookie(head, SignedRequest.NAME, line, value));
        SignedRequest.removeKeys(head);
    }

    private void keep(int at, boolean found) {
        VerifiedLink link = found ? links.listener().cache().find(value.array(), value.offset(), value.length()) : null;
        known[at] = link;
        texts[at] = found && link == null ? text() : null;
    }

    /** Of what is too long to be a link, so much as shows that. */
    private String text() {
        value.set(value.array(), value.offset(), Math.min(value.length(), LaneLink.MOST + 1));
        return value.toString();
    }

    @Override
    public boolean settle() {
        CompiledTable<?, ?> table = context.listener().table().get();
        if (table == null) {
            return true;
        }
        while (place <= COOKIE) {
            int at = place++;
            VerifiedLink link = known[at];
            String text = texts[at];
            if (link != null && counts(link, table, at, LinkOutcome.REMEMBERED)) {
                return true;
            }
            if (text != null && verifies(text, table, at)) {
                return false;
            }
        }
        return true;
    }

    private boolean counts(VerifiedLink link, CompiledTable<?, ?> table, int at, LinkOutcome how) {
        LinkOutcome refusal = link.refusal(table, context.facts().startedMillis);
        links.count(refusal == null ? how : refusal);
        if (refusal != null) {
            return false;
        }
        context.request().grant(link.link().lane());
        if (at == QUERY) {
            context.facts().link = link.link();
        }
        return true;
    }

    /** Whether the exchange now waits for a link to be verified. */
    private boolean verifies(String text, CompiledTable<?, ?> table, int at) {
        LaneLink link = LaneLink.parse(text);
        LinkOutcome refusal =
                link == null ? LinkOutcome.MALFORMED : VerifiedLink.refusal(link, table, context.facts().startedMillis);
        LinkKey key = link == null || refusal != null ? null : VerifiedLink.key(link, table);
        if (link == null || key == null) {
            links.count(refusal == null ? LinkOutcome.REVOKED : refusal);
            return false;
        }
        HandBack<Optional<VerifiedLink>> waiting =
                new HandBack<>(context.loop(), result -> verified(result.orElse(null), at));
        pending = waiting;
        if (!links.listener().verify(link, key, context.facts().startedMillis, waiting)) {
            pending = null;
            deny();
            return false;
        }
        wait.within(PATIENCE);
        return true;
    }

    private void deny() {
        busy = true;
        links.count(LinkOutcome.BUSY);
    }

    private void verified(@Nullable VerifiedLink link, int at) {
        pending = null;
        CompiledTable<?, ?> table = context.listener().table().get();
        if (link == null) {
            links.count(LinkOutcome.FORGED);
        }
        boolean granted = link != null && table != null && counts(link, table, at, LinkOutcome.VERIFIED);
        if (granted || settle()) {
            wait.settled(this);
        }
    }

    @Override
    public void expired() {
        cancel();
        deny();
    }

    @Override
    public void cancel() {
        HandBack<Optional<VerifiedLink>> waiting = pending;
        if (waiting != null) {
            waiting.cancel();
            pending = null;
        }
    }

    /** A request that could not be looked at may have been granted a lane, and must not go to another one. */
    @Override
    public @Nullable Denial denial() {
        if (context.decision().ignored()) {
            links.count(LinkOutcome.UNSIGNED);
        }
        return busy && context.request().grantedLane() == null
                ? Denial.of(BUSY, lines -> lines.add(RETRY_AFTER, 1))
                : null;
    }

    /** Takes carriers off a request that goes to a service of ours. */
    public void removeCarriers(Decision<?, ?> decision) {
        CompiledTable<?, ?> table = decision.table();
        if (table != null) {
            SignedRequest.removeCarriers(context.request(), table.carriers());
        }
    }

    /** Whether a request without a stamp needs that of the base lane: its host names a lane that it was not granted. */
    public boolean needsBase(Decision<?, ?> decision) {
        CompiledTable<?, ?> table = decision.table();
        return table != null && !decision.stamped() && SignedRequest.hostNamesLane(context.request(), table);
    }

    /** Whether the browser is to be sent to the page's address without the link in it. */
    public boolean redirects(boolean framed) {
        return context.facts().link != null && Navigation.is(context.request(), framed);
    }

    /** The address without the link and what else names a lane. */
    public String clean(Decision<?, ?> decision) {
        CompiledTable<?, ?> table = decision.table();
        return table == null ? "/" : SignedRequest.clean(context.request(), table.carriers());
    }
}
