package io.laneway.benchmarks.observe;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.router.decision.Origin;
import io.laneway.router.decision.Reason;
import io.laneway.router.text.Slice;

/** A small GET that found its lane, with the bytes of its head as they came. Confined to one thread. */
final class TypicalExchange implements ExchangeRecord {

    private static final Slice METHOD = Slice.of("GET");
    private static final Slice PATH = Slice.of("/api/order/4711?details=true");
    private static final Slice AUTHORITY = Slice.of("order.example.com");
    private static final Slice REQUEST_ID = Slice.of("0b2c6f62-7a4e-4a8e-9a51-1f2b5f0f6c11");
    private static final Slice USER_AGENT = Slice.of("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36");
    private static final Slice FORWARDED_FOR = Slice.of("192.0.2.17");
    private static final Slice CARRIER = Slice.of("trace-branch");
    private static final Slice TRACE_PARENT = Slice.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private final String lane;
    private final long started;

    TypicalExchange(String lane, long started) {
        this.lane = lane;
        this.started = started;
    }

    @Override
    public long startedMillis() {
        return started;
    }

    @Override
    public long durationNanos() {
        return 1_234_567;
    }

    @Override
    public long upstreamNanos() {
        return 1_100_000;
    }

    @Override
    public long bytesReceived() {
        return 0;
    }

    @Override
    public long bytesSent() {
        return 100;
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public ResponseFlag flag() {
        return ResponseFlag.NONE;
    }

    @Override
    public String service() {
        return "order";
    }

    @Override
    public String lane() {
        return lane;
    }

    @Override
    public String requestedLane() {
        return lane;
    }

    @Override
    public void requestedText(Slice into) {
        into.clear();
    }

    @Override
    public Reason reason() {
        return Reason.LANE;
    }

    @Override
    public Origin origin() {
        return Origin.HEADER;
    }

    @Override
    public void carrier(Slice into) {
        point(into, CARRIER);
    }

    @Override
    public void traceParent(Slice into) {
        point(into, TRACE_PARENT);
    }

    @Override
    public void source(Slice into) {
        point(into, FORWARDED_FOR);
    }

    @Override
    public String upstream() {
        return "10.1.2.3:8080";
    }

    @Override
    public String listener() {
        return "edge";
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public int retries() {
        return 0;
    }

    @Override
    public long tableRevision() {
        return 12;
    }

    @Override
    public void method(Slice into) {
        point(into, METHOD);
    }

    @Override
    public void path(Slice into) {
        point(into, PATH);
    }

    @Override
    public void authority(Slice into) {
        point(into, AUTHORITY);
    }

    @Override
    public void requestId(Slice into) {
        point(into, REQUEST_ID);
    }

    @Override
    public void userAgent(Slice into) {
        point(into, USER_AGENT);
    }

    @Override
    public void forwardedFor(Slice into) {
        point(into, FORWARDED_FOR);
    }

    private static void point(Slice into, Slice bytes) {
        into.set(bytes.array(), bytes.offset(), bytes.length());
    }
}
