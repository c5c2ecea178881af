package io.laneway.gateway.telemetry.tap;

import static io.laneway.gateway.telemetry.tap.RecordForm.INT;
import static io.laneway.gateway.telemetry.tap.RecordForm.LONG;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.FailedAttempts;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.router.decision.Assigned;
import io.laneway.router.decision.Origin;
import io.laneway.router.decision.Reason;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A record of a segment as the exchange that it is of. Points into the segment, which may be written again at any time:
 * what was read counts only if the segment {@linkplain RecordSegment#isSince is still the same} after that. Confined to
 * one thread; used for record after record.
 */
public final class RecordView implements ExchangeRecord {

    private static final int NANOS_PER_MICRO = 1000;
    private static final long NARROW = 0xffffffffL;
    private static final ResponseFlag[] FLAGS = ResponseFlag.values();
    private static final Reason[] REASONS = Reason.values();
    private static final Origin[] ORIGINS = Origin.values();
    private static final Assigned[] ASSIGNED = Assigned.values();

    private final byte[] uuid = new byte[PackedId.UUID_LENGTH];
    private final FailedAttempts failed = new FailedAttempts();
    private RecordSegment segment = new RecordSegment(0, 0);
    private byte[] bytes = {};
    private int start;
    private int bits;
    private int rest;

    /** Points it at a record. */
    void at(RecordSegment of, int record) {
        segment = of;
        bytes = of.bytes;
        start = of.places[record];
        bits = bytes[start + RecordForm.BITS];
        rest = start + RecordForm.FIXED + (has(RecordForm.WIDE) ? RecordForm.NUMBER_COUNT * Long.BYTES : 0);
    }

    private boolean has(int bit) {
        return (bits & bit) != 0;
    }

    private int integer(int field) {
        return (int) INT.get(bytes, start + field);
    }

    private long number(int which) {
        return has(RecordForm.WIDE)
                ? (long) LONG.get(bytes, start + RecordForm.FIXED + which * Long.BYTES)
                : integer(RecordForm.NUMBERS + which * Integer.BYTES) & NARROW;
    }

    private void point(int place, Slice into) {
        if (place == 0) {
            into.clear();
        } else {
            into.set(bytes, place + SegmentTexts.HEAD, (short) SegmentTexts.SHORT.get(bytes, place));
        }
    }

    private void text(int which, Slice into) {
        point(RecordForm.text(bytes, start + RecordForm.TEXTS + which * RecordForm.TEXT), into);
    }

    private String text(int which) {
        return string(RecordForm.text(bytes, start + RecordForm.TEXTS + which * RecordForm.TEXT));
    }

    private String string(int place) {
        return place == 0
                ? ""
                : new String(
                        bytes,
                        place + SegmentTexts.HEAD,
                        (short) SegmentTexts.SHORT.get(bytes, place),
                        StandardCharsets.UTF_8);
    }

    private int traceAt() {
        return rest + (has(RecordForm.UUID) ? 2 * Long.BYTES : RecordForm.TEXT);
    }

    private int tenantAt() {
        return traceAt() + (has(RecordForm.TRACE) ? 3 * Long.BYTES : 0);
    }

    private int carrierAt() {
        return tenantAt() + (has(RecordForm.TENANT) ? RecordForm.TEXT : 0);
    }

    /** The trace's id, 32 hex digits; empty without one. */
    public String traceId() {
        return has(RecordForm.TRACE) ? hex(traceAt()) + hex(traceAt() + Long.BYTES) : "";
    }

    /** The id of the span that the client's {@code traceparent} named, 16 hex digits; empty without one. */
    public String parentId() {
        return has(RecordForm.TRACE) ? hex(traceAt() + 2 * Long.BYTES) : "";
    }

    private String hex(int at) {
        return HexFormat.of().toHexDigits((long) LONG.get(bytes, at));
    }

    @Override
    public long startedMillis() {
        return segment.base() + (integer(RecordForm.STARTED) & NARROW);
    }

    @Override
    public long durationNanos() {
        return number(0) * NANOS_PER_MICRO;
    }

    @Override
    public long upstreamNanos() {
        return has(RecordForm.ANSWERED) ? number(1) * NANOS_PER_MICRO : -1;
    }

    @Override
    public long bytesReceived() {
        return number(2);
    }

    @Override
    public long bytesSent() {
        return number(3);
    }

    @Override
    public long tableRevision() {
        return number(4);
    }

    @Override
    public int status() {
        return integer(RecordForm.STATUS) & 0xffff;
    }

    @Override
    public ResponseFlag flag() {
        return FLAGS[(integer(RecordForm.STATUS) >>> RecordForm.FLAG_SHIFT) & 0xff];
    }

    @Override
    public @Nullable Reason reason() {
        int reason = integer(RecordForm.STATUS) >>> RecordForm.REASON_SHIFT;
        return reason == 0 ? null : REASONS[reason - 1];
    }

    @Override
    public Origin origin() {
        return ORIGINS[bytes[start + RecordForm.ORIGIN]];
    }

    @Override
    public Assigned assigned() {
        return ASSIGNED[bytes[start + RecordForm.ASSIGNED]];
    }

    @Override
    public int hop() {
        return bytes[start + RecordForm.HOP] & 0xff;
    }

    @Override
    public int grpcStatus() {
        return integer(RecordForm.GRPC_STATUS);
    }

    @Override
    public int retries() {
        return integer(RecordForm.RETRIES) & 0xffff;
    }

    @Override
    public int attempts() {
        return (integer(RecordForm.RETRIES) >>> RecordForm.ATTEMPTS_SHIFT) & 0xff;
    }

    @Override
    public FailedAttempts failedAttempts() {
        failed.clear();
        int at = carrierAt() + (has(RecordForm.CARRIER) ? RecordForm.TEXT : 0);
        int count = integer(RecordForm.RETRIES) >>> RecordForm.FAILED_SHIFT;
        for (int i = 0; i < count; i++, at += RecordForm.FAILED) {
            failed.add(
                    string(RecordForm.text(bytes, at)),
                    FLAGS[bytes[at + RecordForm.TEXT]],
                    (short) SegmentTexts.SHORT.get(bytes, at + RecordForm.TEXT + 1) & 0xffff,
                    (long) (int) INT.get(bytes, at + RecordForm.TEXT + 3) * NANOS_PER_MICRO);
        }
        return failed;
    }

    @Override
    public String service() {
        return text(RecordForm.SERVICE);
    }

    @Override
    public String lane() {
        return text(RecordForm.LANE);
    }

    @Override
    public @Nullable String requestedLane() {
        return has(RecordForm.UNKNOWN_LANE) ? null : text(RecordForm.REQUESTED);
    }

    @Override
    public void requestedText(Slice into) {
        text(RecordForm.REQUESTED, into);
    }

    @Override
    public String upstream() {
        return text(RecordForm.UPSTREAM);
    }

    @Override
    public String listener() {
        return text(RecordForm.LISTENER);
    }

    @Override
    public String protocol() {
        return text(RecordForm.PROTOCOL);
    }

    @Override
    public void method(Slice into) {
        text(RecordForm.METHOD, into);
    }

    @Override
    public void path(Slice into) {
        text(RecordForm.PATH, into);
    }

    @Override
    public void authority(Slice into) {
        text(RecordForm.AUTHORITY, into);
    }

    @Override
    public void userAgent(Slice into) {
        text(RecordForm.USER_AGENT, into);
    }

    @Override
    public void source(Slice into) {
        text(RecordForm.SOURCE, into);
    }

    @Override
    public void forwardedFor(Slice into) {
        text(RecordForm.FORWARDED_FOR, into);
    }

    @Override
    public void requestId(Slice into) {
        if (has(RecordForm.UUID)) {
            PackedId.uuid((long) LONG.get(bytes, rest), (long) LONG.get(bytes, rest + Long.BYTES), uuid);
            into.set(uuid, 0, uuid.length);
        } else {
            point(RecordForm.text(bytes, rest), into);
        }
    }

    @Override
    public void tenant(Slice into) {
        if (has(RecordForm.TENANT)) {
            point(RecordForm.text(bytes, tenantAt()), into);
        } else {
            into.clear();
        }
    }

    @Override
    public void carrier(Slice into) {
        if (has(RecordForm.CARRIER)) {
            point(RecordForm.text(bytes, carrierAt()), into);
        } else {
            into.clear();
        }
    }
}
