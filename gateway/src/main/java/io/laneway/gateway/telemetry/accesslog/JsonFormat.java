package io.laneway.gateway.telemetry.accesslog;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.router.text.Slice;

/** One JSON object a line, its keys in snake_case; what is absent is null. */
final class JsonFormat implements LineFormat {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final byte[] ESCAPE = Ascii.bytes("\\u00");
    private static final byte[] NULL = Ascii.bytes("null");
    private static final byte[] START = Ascii.bytes("{\"start_time\":\"");
    private static final byte[] METHOD = Ascii.bytes("\",\"method\":");
    private static final byte[] PATH = key("path");
    private static final byte[] PROTOCOL = key("protocol");
    private static final byte[] CODE = key("response_code");
    private static final byte[] FLAGS = key("response_flags");
    private static final byte[] RECEIVED = key("bytes_received");
    private static final byte[] SENT = key("bytes_sent");
    private static final byte[] DURATION = key("duration");
    private static final byte[] UPSTREAM_TIME = key("upstream_service_time");
    private static final byte[] SOURCE = key("source");
    private static final byte[] FORWARDED_FOR = key("x_forwarded_for");
    private static final byte[] USER_AGENT = key("user_agent");
    private static final byte[] REQUEST_ID = key("x_request_id");
    private static final byte[] AUTHORITY = key("authority");
    private static final byte[] UPSTREAM = key("upstream_host");
    private static final byte[] LISTENER = key("listener");
    private static final byte[] SERVICE = key("service");
    private static final byte[] LANE = key("lane");
    private static final byte[] REQUESTED = key("lane_requested");
    private static final byte[] DECISION = key("decision");
    private static final byte[] RETRIES = key("retries");
    private static final byte[] REVISION = key("table_revision");
    private static final byte[] GRPC_STATUS = key("grpc_status");

    private final TimeStamp time = new TimeStamp();
    private final Slice slice = new Slice();

    private static byte[] key(String name) {
        return Ascii.bytes(",\"" + name + "\":");
    }

    @Override
    public byte[] escape() {
        return ESCAPE;
    }

    @Override
    public boolean keepsUtf8() {
        return true;
    }

    @Override
    public void append(ExchangeRecord exchange, LineBuffer line) {
        time.append(line.raw(START), exchange.startedMillis());
        exchange.method(slice);
        string(line.raw(METHOD), slice);
        exchange.path(slice);
        string(line.raw(PATH), slice);
        string(line.raw(PROTOCOL), exchange.protocol());
        numbers(exchange, line);
        clientFields(exchange, line);
        lanes(exchange, line);
        line.raw('}').raw('\n');
    }

    private static void numbers(ExchangeRecord exchange, LineBuffer line) {
        line.raw(CODE).number(exchange.status());
        string(line.raw(FLAGS), exchange.flag().word());
        line.raw(RECEIVED).number(exchange.bytesReceived());
        line.raw(SENT).number(exchange.bytesSent());
        line.raw(DURATION).number(exchange.durationNanos() / NANOS_PER_MILLI);
        line.raw(UPSTREAM_TIME);
        if (exchange.upstreamNanos() < 0) {
            line.raw(NULL);
        } else {
            line.number(exchange.upstreamNanos() / NANOS_PER_MILLI);
        }
        if (exchange.grpcStatus() >= 0) {
            line.raw(GRPC_STATUS).number(exchange.grpcStatus());
        }
    }

    private void clientFields(ExchangeRecord exchange, LineBuffer line) {
        exchange.source(slice);
        string(line.raw(SOURCE), slice);
        exchange.forwardedFor(slice);
        string(line.raw(FORWARDED_FOR), slice);
        exchange.userAgent(slice);
        string(line.raw(USER_AGENT), slice);
        exchange.requestId(slice);
        string(line.raw(REQUEST_ID), slice);
        exchange.authority(slice);
        string(line.raw(AUTHORITY), slice);
        string(line.raw(UPSTREAM), exchange.upstream());
        string(line.raw(LISTENER), exchange.listener());
    }

    private void lanes(ExchangeRecord exchange, LineBuffer line) {
        string(line.raw(SERVICE), exchange.service());
        string(line.raw(LANE), exchange.lane());
        line.raw(REQUESTED);
        String requested = exchange.requestedLane();
        if (requested == null) {
            exchange.requestedText(slice);
            string(line, slice);
        } else {
            string(line, requested);
        }
        string(line.raw(DECISION), exchange.reason() == null ? "" : LineFormat.decision(exchange.reason()));
        line.raw(RETRIES).number(exchange.retries());
        line.raw(REVISION).number(exchange.tableRevision());
    }

    private static void string(LineBuffer line, Slice value) {
        if (value.length() == 0) {
            line.raw(NULL);
        } else {
            line.raw('"').text(value).raw('"');
        }
    }

    private static void string(LineBuffer line, String value) {
        if (value.isEmpty()) {
            line.raw(NULL);
        } else {
            line.raw('"').text(value).raw('"');
        }
    }
}
