package io.laneway.gateway.telemetry.tap;

import static io.laneway.gateway.telemetry.tap.RecordForm.INT;
import static io.laneway.gateway.telemetry.tap.RecordForm.LONG;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.FailedAttempts;
import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.router.decision.Reason;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Writes the finished requests of one event loop into its segment, in the form of {@link RecordForm}, without garbage.
 * Confined to that loop, but for what is marked as readable by any thread.
 */
final class RecordWriter {

    private static final long NARROW = 0xffffffffL;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int MOST = 0xff;
    private static final int TRACE_LENGTH = 55;

    private final SegmentPool pool;
    private final LoopSegment shown;
    private final SegmentTexts texts = new SegmentTexts();
    private final int[] places = new int[RecordForm.TEXT_COUNT];
    private final int[] failedAt = new int[FailedAttempts.MOST];
    private final Slice slice = new Slice();
    private final LoopCounter dropped = new LoopCounter();
    private @Nullable RecordSegment segment;
    private long sequence;
    private byte[] bytes = {};
    private int at;
    private int room;
    private long high;
    private long low;
    private int requestHash;
    private int traceHash;
    private long traceHigh;
    private long traceLow;
    private long parent;
    private int idAt;
    private int tenantAt;
    private int carrierAt;

    RecordWriter(SegmentPool pool) {
        this.pool = pool;
        this.shown = pool.join();
    }

    /** The number of its loop in the pool. Any thread. */
    int loop() {
        return shown.loop();
    }

    /** Records that were not written. Any thread. */
    long dropped() {
        return dropped.get();
    }

    /** Writes the exchange down. */
    void append(ExchangeRecord exchange) {
        RecordSegment to = segment;
        if (to != null && !to.isFull() && reaches(to, exchange) && write(to, exchange)) {
            return;
        }
        if (!write(next(to, exchange.startedMillis()), exchange)) {
            dropped.increment();
        }
    }

    private static boolean reaches(RecordSegment to, ExchangeRecord exchange) {
        return ((exchange.startedMillis() - to.base()) & ~NARROW) == 0;
    }

    private RecordSegment next(@Nullable RecordSegment full, long millis) {
        RecordSegment next = full == null ? pool.segment() : pool.exchange(full);
        // Requests that last are written when they end, with the time of their beginning.
        next.begin(shown.loop(), sequence, Math.max(0, millis - NARROW / 2));
        bytes = next.bytes;
        texts.begin(bytes);
        segment = next;
        shown.current(next);
        return next;
    }

    /** False if there is no room for it in the segment. */
    private boolean write(RecordSegment to, ExchangeRecord exchange) {
        room = 0;
        int bits = identify(exchange) | trace(exchange) | requested(exchange) | besides(exchange);
        client(exchange);
        ours(exchange);
        FailedAttempts failed = exchange.failedAttempts();
        for (int i = 0; i < failed.count(); i++) {
            failedAt[i] = place(failed.upstream(i));
        }
        int start = texts.end();
        if (room < 0 || start + RecordForm.LONGEST > bytes.length) {
            return false;
        }
        if (exchange.upstreamNanos() >= 0) {
            bits |= RecordForm.ANSWERED;
        }
        fixed(to, exchange, start, numbers(exchange, start) | bits);
        at = start + RecordForm.FIXED;
        rest(exchange, bytes[start + RecordForm.BITS]);
        texts.end(at);
        to.enter(start, requestHash, traceHash);
        sequence++;
        return true;
    }

    private int place(Slice text) {
        int place = texts.of(text);
        room |= place;
        return place;
    }

    private int place(String text) {
        int place = texts.of(text);
        room |= place;
        return place;
    }

    private int identify(ExchangeRecord exchange) {
        exchange.requestId(slice);
        byte[] from = slice.array();
        int offset = slice.offset();
        if (slice.length() == PackedId.UUID_LENGTH) {
            high = PackedId.uuidHigh(from, offset);
            low = high == 0 ? 0 : PackedId.uuidLow(from, offset);
            if (low != 0) {
                requestHash = PackedId.hash(high, low);
                return RecordForm.UUID;
            }
        }
        requestHash = PackedId.hash(from, offset, Math.min(slice.length(), SegmentTexts.MAX_TEXT));
        idAt = place(slice);
        return 0;
    }

    /** Of a {@code traceparent} (W3C Trace Context): version, trace id, parent id, flags. */
    private int trace(ExchangeRecord exchange) {
        traceHash = 0;
        exchange.traceParent(slice);
        int from = slice.offset();
        if (slice.length() < TRACE_LENGTH
                || slice.byteAt(2) != '-'
                || slice.byteAt(35) != '-'
                || slice.byteAt(52) != '-') {
            return 0;
        }
        traceHigh = PackedId.sixteen(slice.array(), from + 3);
        traceLow = PackedId.sixteen(slice.array(), from + 19);
        parent = PackedId.sixteen(slice.array(), from + 36);
        if ((traceHigh | traceLow) == 0 || parent == 0) {
            return 0;
        }
        traceHash = PackedId.hash(traceHigh, traceLow);
        return RecordForm.TRACE;
    }

    private int requested(ExchangeRecord exchange) {
        String requested = exchange.requestedLane();
        if (requested != null) {
            places[RecordForm.REQUESTED] = place(requested);
            return 0;
        }
        exchange.requestedText(slice);
        places[RecordForm.REQUESTED] = place(slice);
        return RecordForm.UNKNOWN_LANE;
    }

    private int besides(ExchangeRecord exchange) {
        exchange.tenant(slice);
        tenantAt = place(slice);
        exchange.carrier(slice);
        carrierAt = place(slice);
        return (tenantAt == 0 ? 0 : RecordForm.TENANT) | (carrierAt == 0 ? 0 : RecordForm.CARRIER);
    }

    private void client(ExchangeRecord exchange) {
        exchange.method(slice);
        places[RecordForm.METHOD] = place(slice);
        exchange.path(slice);
        places[RecordForm.PATH] = place(slice);
        exchange.authority(slice);
        places[RecordForm.AUTHORITY] = place(slice);
        exchange.userAgent(slice);
        places[RecordForm.USER_AGENT] = place(slice);
        exchange.source(slice);
        places[RecordForm.SOURCE] = place(slice);
        exchange.forwardedFor(slice);
        places[RecordForm.FORWARDED_FOR] = place(slice);
    }

    private void ours(ExchangeRecord exchange) {
        places[RecordForm.PROTOCOL] = place(exchange.protocol());
        places[RecordForm.LISTENER] = place(exchange.listener());
        places[RecordForm.SERVICE] = place(exchange.service());
        places[RecordForm.LANE] = place(exchange.lane());
        places[RecordForm.UPSTREAM] = place(exchange.upstream());
    }

    /** Writes the numbers if 32 bits are enough for each, else says that they are wide. */
    private int numbers(ExchangeRecord exchange, int start) {
        long whole = exchange.durationNanos() / NANOS_PER_MICRO;
        long answer = Math.max(0, exchange.upstreamNanos()) / NANOS_PER_MICRO;
        long received = exchange.bytesReceived();
        long sent = exchange.bytesSent();
        long revision = exchange.tableRevision();
        if (((whole | answer | received | sent | revision) & ~NARROW) != 0) {
            return RecordForm.WIDE;
        }
        int to = start + RecordForm.NUMBERS;
        INT.set(bytes, to, (int) whole);
        INT.set(bytes, to + 4, (int) answer);
        INT.set(bytes, to + 8, (int) received);
        INT.set(bytes, to + 12, (int) sent);
        INT.set(bytes, to + 16, (int) revision);
        return 0;
    }

    @SuppressWarnings("EnumOrdinal") // read again by the same program
    private void fixed(RecordSegment to, ExchangeRecord exchange, int start, int bits) {
        Reason reason = exchange.reason();
        FailedAttempts failed = exchange.failedAttempts();
        INT.set(bytes, start + RecordForm.STARTED, (int) (exchange.startedMillis() - to.base()));
        INT.set(
                bytes,
                start + RecordForm.STATUS,
                (exchange.status() & 0xffff)
                        | (exchange.flag().ordinal() << RecordForm.FLAG_SHIFT)
                        | ((reason == null ? 0 : reason.ordinal() + 1) << RecordForm.REASON_SHIFT));
        INT.set(
                bytes,
                start + RecordForm.ORIGIN,
                exchange.origin().ordinal()
                        | (exchange.assigned().ordinal() << 8)
                        | (Math.min(MOST, exchange.hop()) << 16)
                        | (bits << 24));
        INT.set(bytes, start + RecordForm.GRPC_STATUS, exchange.grpcStatus());
        INT.set(
                bytes,
                start + RecordForm.RETRIES,
                (exchange.retries() & 0xffff)
                        | (Math.min(MOST, exchange.attempts()) << RecordForm.ATTEMPTS_SHIFT)
                        | (failed.count() << RecordForm.FAILED_SHIFT));
        // Four bytes each, of which the next one takes the last again.
        for (int i = 0; i < RecordForm.TEXT_COUNT; i++) {
            INT.set(bytes, start + RecordForm.TEXTS + i * RecordForm.TEXT, places[i]);
        }
    }

    private void rest(ExchangeRecord exchange, int bits) {
        if ((bits & RecordForm.WIDE) != 0) {
            number(exchange.durationNanos() / NANOS_PER_MICRO);
            number(Math.max(0, exchange.upstreamNanos()) / NANOS_PER_MICRO);
            number(exchange.bytesReceived());
            number(exchange.bytesSent());
            number(exchange.tableRevision());
        }
        if ((bits & RecordForm.UUID) != 0) {
            number(high);
            number(low);
        } else {
            text(idAt);
        }
        if ((bits & RecordForm.TRACE) != 0) {
            number(traceHigh);
            number(traceLow);
            number(parent);
        }
        if ((bits & RecordForm.TENANT) != 0) {
            text(tenantAt);
        }
        if ((bits & RecordForm.CARRIER) != 0) {
            text(carrierAt);
        }
        failed(exchange.failedAttempts());
    }

    @SuppressWarnings("EnumOrdinal") // read again by the same program
    private void failed(FailedAttempts failed) {
        for (int i = 0; i < failed.count(); i++) {
            text(failedAt[i]);
            bytes[at++] = (byte) failed.flag(i).ordinal();
            SegmentTexts.SHORT.set(bytes, at, (short) failed.status(i));
            INT.set(bytes, at + 2, (int) Math.min(Integer.MAX_VALUE, failed.afterNanos(i) / NANOS_PER_MICRO));
            at += 6;
        }
    }

    private void number(long value) {
        LONG.set(bytes, at, value);
        at += Long.BYTES;
    }

    private void text(int place) {
        RecordForm.text(bytes, at, place);
        at += RecordForm.TEXT;
    }
}
