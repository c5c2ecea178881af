package io.laneway.gateway.runtime.record;

import io.laneway.router.decision.Reason;
import io.laneway.router.text.Slice;
import java.util.HashMap;
import java.util.Map;

/** An exchange made up by a test: a plain GET of {@code order} in lane {@code f-1}, changed field by field. */
public final class FakeExchange implements ExchangeRecord {

    public long started = 1_795_000_000_123L;
    public long nanos = 12_345_678;
    public long upstreamNanos = 11_000_000;
    public int status = 200;
    public ResponseFlag flag = ResponseFlag.NONE;
    public String service = "order";
    public String lane = "f-1";
    public String requested = "f-1";
    public Reason reason = Reason.LANE;
    public String upstream = "127.0.0.1:9001";
    public int grpcStatus = -1;
    private final Map<String, Slice> texts = new HashMap<>();

    public FakeExchange() {
        with("method", "GET")
                .with("path", "/api?x=1")
                .with("authority", "order.example.com")
                .with("requestId", "id-1")
                .with("userAgent", "curl/8")
                .with("forwardedFor", "10.0.0.1")
                .with("requestedText", "f-1");
    }

    public FakeExchange with(String field, String text) {
        texts.put(field, Slice.of(text));
        return this;
    }

    public FakeExchange with(String field, byte[] bytes) {
        texts.put(field, new Slice().set(bytes, 0, bytes.length));
        return this;
    }

    public FakeExchange lanes(String service, String lane, String requested, Reason reason) {
        this.service = service;
        this.lane = lane;
        this.requested = requested;
        this.reason = reason;
        return this;
    }

    public FakeExchange status(int status) {
        this.status = status;
        return this;
    }

    private void point(String field, Slice into) {
        Slice text = texts.get(field);
        into.set(text.array(), text.offset(), text.length());
    }

    @Override
    public long startedMillis() {
        return started;
    }

    @Override
    public long durationNanos() {
        return nanos;
    }

    @Override
    public long upstreamNanos() {
        return upstreamNanos;
    }

    @Override
    public long bytesReceived() {
        return 3;
    }

    @Override
    public long bytesSent() {
        return 100;
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
        return service;
    }

    @Override
    public String lane() {
        return lane;
    }

    @Override
    public String requestedLane() {
        return requested;
    }

    @Override
    public void requestedText(Slice into) {
        point("requestedText", into);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    @Override
    public String upstream() {
        return upstream;
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
        return 1;
    }

    @Override
    public long tableRevision() {
        return 12;
    }

    @Override
    public int grpcStatus() {
        return grpcStatus;
    }

    @Override
    public void method(Slice into) {
        point("method", into);
    }

    @Override
    public void path(Slice into) {
        point("path", into);
    }

    @Override
    public void authority(Slice into) {
        point("authority", into);
    }

    @Override
    public void requestId(Slice into) {
        point("requestId", into);
    }

    @Override
    public void userAgent(Slice into) {
        point("userAgent", into);
    }

    @Override
    public void traceParent(Slice into) {
        Slice parent = texts.get("traceParent");
        if (parent == null) {
            into.clear();
        } else {
            into.set(parent.array(), parent.offset(), parent.length());
        }
    }

    @Override
    public void tenant(Slice into) {
        if (texts.containsKey("tenant")) {
            point("tenant", into);
        } else {
            into.clear();
        }
    }

    @Override
    public void forwardedFor(Slice into) {
        point("forwardedFor", into);
    }
}
