package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.FailedAttempts;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.runtime.record.TraceMark;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.router.decision.Assigned;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.Origin;
import io.laneway.router.decision.Reason;
import io.laneway.router.link.LaneLink;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.text.Slice;
import io.laneway.router.unit.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an exchange, for its observers when it is over. Confined to one event loop; used again for
 * exchange after exchange.
 */
public final class ExchangeFacts implements ExchangeRecord {

    private final String listener;
    private final Decision<?, ?> decision;
    private RequestHead head;
    public final OriginalRequest original = new OriginalRequest();
    private final FailedAttempts failed = new FailedAttempts();

    public long startedMillis;
    public long started;
    public long ended;
    public long sent;
    public long responded;
    public long received;

    /** Bytes that may be received of the request, {@link Long#MAX_VALUE} for no bound. */
    public long mostReceived;

    public long delivered;
    public int status;
    public int retries;
    public int attempts;
    public int hop;
    public int grpcStatus;
    public ResponseFlag flag = ResponseFlag.NONE;
    public String upstream = "";
    public boolean decided;
    public boolean passedThrough;
    public boolean looped;

    @Nullable
    ExchangeTrace trace;

    @Nullable
    public TraceMark mark;

    /** The link in the request's query that grants it a lane, so that the browser keeps it; null for none. */
    @Nullable
    public LaneLink link;

    /** Whether the gateway made the request's id. */
    public boolean madeId;

    public ExchangeFacts(String listener, Decision<?, ?> decision, RequestHead head) {
        this.listener = listener;
        this.decision = decision;
        this.head = head;
    }

    public void clear(RequestHead head) {
        this.head = head;
        sent = 0;
        responded = 0;
        received = 0;
        mostReceived = Long.MAX_VALUE;
        delivered = 0;
        status = 0;
        retries = 0;
        attempts = 0;
        hop = 0;
        failed.clear();
        grpcStatus = -1;
        flag = ResponseFlag.NONE;
        upstream = "";
        decided = false;
        passedThrough = false;
        looped = false;
        mark = null;
        link = null;
    }

    /** Why a body that is larger than its service's policy lets it is not taken. */
    public Failure tooLarge() {
        return Failure.BODY_TOO_LARGE.of(null, "at most " + new ByteSize(mostReceived));
    }

    /** An attempt at an endpoint failed, with that flag, or because of its response's status. */
    public void failed(String endpoint, ResponseFlag why, int code, long now) {
        failed.add(endpoint, why, code, now - started);
    }

    @Override
    public long startedMillis() {
        return startedMillis;
    }

    @Override
    public long durationNanos() {
        return ended - started;
    }

    @Override
    public long upstreamNanos() {
        return responded == 0 ? -1 : responded - sent;
    }

    @Override
    public long bytesReceived() {
        return received;
    }

    @Override
    public long bytesSent() {
        return delivered;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public ResponseFlag flag() {
        return flag;
    }

    @Override
    public String service() {
        if (passedThrough) {
            return PASSTHROUGH;
        }
        ServiceEntry<?, ?> service = decided ? decision.service() : null;
        return service == null ? NO_SERVICE : service.name();
    }

    @Override
    public String lane() {
        LaneEntry served = decided ? decision.served() : null;
        return served == null || looped ? "" : served.name();
    }

    @Override
    public @Nullable String requestedLane() {
        if (!decided || passedThrough || !decision.stamped()) {
            return "";
        }
        LaneEntry requested = decision.requested();
        return requested == null ? null : requested.name();
    }

    @Override
    public void requestedText(Slice into) {
        decision.unknownSlug(into);
    }

    @Override
    public @Nullable Reason reason() {
        if (looped) {
            return Reason.LOOP;
        }
        return decided && !passedThrough ? decision.reason() : null;
    }

    @Override
    public Origin origin() {
        return decided && !passedThrough ? decision.origin() : Origin.NONE;
    }

    @Override
    public void carrier(Slice into) {
        if (decided && !passedThrough) {
            decision.carrier(into);
        } else {
            into.clear();
        }
    }

    @Override
    public Assigned assigned() {
        return decided && !passedThrough ? decision.assigned() : Assigned.NO;
    }

    @Override
    public void tenant(Slice into) {
        if (decided && !passedThrough) {
            decision.tenant(into);
        } else {
            into.clear();
        }
    }

    @Override
    public int hop() {
        return hop;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public FailedAttempts failedAttempts() {
        return failed;
    }

    @Override
    public String upstream() {
        return upstream;
    }

    @Override
    public String listener() {
        return listener;
    }

    @Override
    public String protocol() {
        return head.version().word();
    }

    @Override
    public int retries() {
        return retries;
    }

    @Override
    public long tableRevision() {
        CompiledTable<?, ?> table = decided ? decision.table() : null;
        return table == null ? 0 : table.revision();
    }

    @Override
    public int grpcStatus() {
        return grpcStatus;
    }

    @Override
    public void method(Slice into) {
        head.originalMethod(into);
    }

    @Override
    public void path(Slice into) {
        head.originalTarget(into);
    }

    @Override
    public void authority(Slice into) {
        Slice host = original.host();
        into.set(host.array(), host.offset(), host.length());
    }

    @Override
    public void requestId(Slice into) {
        head.lines().first(Field.X_REQUEST_ID, into);
    }

    @Override
    public void userAgent(Slice into) {
        head.lines().first(Field.USER_AGENT, into);
    }

    @Override
    public @Nullable TraceMark mark() {
        return mark;
    }

    @Override
    public void traceParent(Slice into) {
        if (trace == null) {
            head.lines().first(Field.TRACEPARENT, into);
        } else {
            trace.traceParent(into);
        }
    }

    @Override
    public void source(Slice into) {
        Slice source = original.source();
        into.set(source.array(), source.offset(), source.length());
    }

    @Override
    public void forwardedFor(Slice into) {
        if (!head.lines().first(Field.X_FORWARDED_FOR, into)) {
            source(into);
        }
    }
}
