package io.laneway.replay;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes records for tests. Confined to one thread. */
public final class Records {

    public String id = "r-1";
    public String authority = "shop.example.com";
    public String target = "/orders";
    public String method = "POST";
    public RecordedDecision decision =
            new RecordedDecision("gw-1", "orders", "orders-v1", "acme", "f-1", "master", "fallback_absent", 42);
    public final List<Field> requestHeaders = new ArrayList<>();
    public final List<Field> requestTrailers = new ArrayList<>();
    public final List<Field> responseHeaders = new ArrayList<>();
    public final List<Field> responseTrailers = new ArrayList<>();
    public RecordedBody requestBody = RecordedBody.NONE;
    public RecordedBody responseBody = RecordedBody.NONE;

    public static Records record() {
        return new Records();
    }

    public Records target(String text) {
        target = text;
        return this;
    }

    public Records header(String name, String value) {
        requestHeaders.add(new Field(name, value));
        return this;
    }

    public Records responseHeader(String name, String value) {
        responseHeaders.add(new Field(name, value));
        return this;
    }

    public Records body(String type, String text) {
        return body(type, text.getBytes(StandardCharsets.UTF_8));
    }

    public Records body(String type, byte[] bytes) {
        header("content-type", type);
        requestBody = RecordedBody.whole(bytes);
        return this;
    }

    public Records responseBody(String type, String text) {
        responseHeader("content-type", type);
        responseBody = RecordedBody.whole(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public RecordedExchange make() {
        return new RecordedExchange(
                id,
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "c-1",
                Instant.parse("2026-11-30T01:30:00.123456Z"),
                Duration.ofNanos(1_234_000),
                Duration.ofNanos(5_678_000),
                decision,
                new RecordedRequest(
                        "HTTP/1.1", method, "https", authority, target, requestHeaders, requestBody, requestTrailers),
                new RecordedResponse(200, responseHeaders, responseBody, responseTrailers),
                "",
                List.of());
    }
}
