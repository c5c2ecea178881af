package io.laneway.gateway.telemetry.accesslog;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's default line, followed by what only we know:
 * <pre>
 * [start] "METHOD path PROTOCOL" status flags received sent duration upstream-time "x-forwarded-for" "user-agent"
 * "request-id" "authority" "upstream" service=order lane=f-1 requested=f-1 decision=lane
 * </pre>
 */
final class TextFormat implements LineFormat {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final byte[] ESCAPE = Ascii.bytes("\\x");
    private static final byte[] START = Ascii.bytes("] \"");
    private static final byte[] BETWEEN = Ascii.bytes("\" \"");
    private static final byte[] SERVICE = Ascii.bytes("\" service=");
    private static final byte[] LANE = Ascii.bytes(" lane=");
    private static final byte[] REQUESTED = Ascii.bytes(" requested=");
    private static final byte[] DECISION = Ascii.bytes(" decision=");

    private final TimeStamp time = new TimeStamp();
    private final LineEnds tails = new LineEnds();
    private final Slice slice = new Slice();

    @Override
    public byte[] escape() {
        return ESCAPE;
    }

    @Override
    public boolean keepsUtf8() {
        return false;
    }

    @Override
    public void append(ExchangeRecord exchange, LineBuffer line) {
        line.raw('[');
        time.append(line, exchange.startedMillis());
        line.raw(START);
        exchange.method(slice);
        orDash(line, slice).raw(' ');
        exchange.path(slice);
        orDash(line, slice).raw(' ').text(exchange.protocol()).raw('"').raw(' ');
        numbers(exchange, line);
        clientFields(exchange, line);
        tail(exchange, line);
    }

    private static void numbers(ExchangeRecord exchange, LineBuffer line) {
        line.number(exchange.status()).raw(' ');
        line.text(exchange.flag().word()).raw(' ');
        line.number(exchange.bytesReceived()).raw(' ');
        line.number(exchange.bytesSent()).raw(' ');
        line.number(exchange.durationNanos() / NANOS_PER_MILLI).raw(' ');
        if (exchange.upstreamNanos() < 0) {
            line.raw('-');
        } else {
            line.number(exchange.upstreamNanos() / NANOS_PER_MILLI);
        }
        line.raw(' ').raw('"');
    }

    private void clientFields(ExchangeRecord exchange, LineBuffer line) {
        exchange.forwardedFor(slice);
        orDash(line, slice).raw(BETWEEN);
        exchange.userAgent(slice);
        orDash(line, slice).raw(BETWEEN);
        exchange.requestId(slice);
        orDash(line, slice).raw(BETWEEN);
        exchange.authority(slice);
        orDash(line, slice);
    }

    private void tail(ExchangeRecord exchange, LineBuffer line) {
        String requested = exchange.requestedLane();
        LineEnds.Tail tail = requested == null
                ? null
                : tails.of(exchange.upstream(), exchange.service(), exchange.lane(), requested, exchange.reason());
        if (tail == null) {
            lanes(exchange, requested, line);
            return;
        }
        byte[] known = tail.bytes();
        if (known != null) {
            line.raw(known);
            return;
        }
        int start = line.length();
        lanes(exchange, requested, line);
        tail.keep(line.since(start));
    }

    private void lanes(ExchangeRecord exchange, @Nullable String requested, LineBuffer line) {
        orDash(line.raw(BETWEEN), exchange.upstream());
        orDash(line.raw(SERVICE), exchange.service());
        orDash(line.raw(LANE), exchange.lane());
        line.raw(REQUESTED);
        if (requested == null) {
            exchange.requestedText(slice);
            orDash(line, slice);
        } else {
            orDash(line, requested);
        }
        line.raw(DECISION).text(LineFormat.decision(exchange.reason())).raw('\n');
    }

    private static LineBuffer orDash(LineBuffer line, Slice value) {
        return value.length() == 0 ? line.raw('-') : line.text(value);
    }

    private static LineBuffer orDash(LineBuffer line, String value) {
        return value.isEmpty() ? line.raw('-') : line.text(value);
    }
}
