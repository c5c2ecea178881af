package io.laneway.gateway.traffic.filter;

import static io.laneway.gateway.traffic.filter.FilterGateway.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.filter.FilterResult;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.testkit.LogCapture;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Filters that take their time, fail, or hold the loop. */
class FilterWaitIT {

    private final Queue<CompletableFuture<FilterResult>> waiting = new ConcurrentLinkedQueue<>();

    private CompletionStage<FilterResult> later() {
        CompletableFuture<FilterResult> result = new CompletableFuture<>();
        waiting.add(result);
        return result;
    }

    private CompletableFuture<FilterResult> next() {
        await().until(() -> !waiting.isEmpty());
        return waiting.remove();
    }

    @Test
    void aResultMayComeLaterFromAnotherThread() {
        try (FilterGateway edge = new FilterGateway(
                        entry("timeout: 30s", request -> later()), entry("timeout: 30s", request -> later()));
                RawClient client = edge.gateway.client()) {
            client.send("POST /1 HTTP/1.1\nHost: a.test\nContent-Length: 4\n\nbodyGET /2 HTTP/1.1\nHost: a.test\n\n");
            next().complete(FilterResult.proceed().set("x-first", "1"));
            next().complete(FilterResult.proceed().set("x-second", "2"));
            assertThat(client.response().body()).isEqualTo("base");
            assertThat(edge.upstream.requests().get(0).body()).isEqualTo("body");
            assertThat(edge.forwarded()).contains("x-first: 1", "x-second: 2");
            next().complete(FilterResult.respond(403));
            assertThat(client.response().status()).isEqualTo(403);
            assertThat(edge.sums(1).proceeded()).isEqualTo(1);
            assertThat(edge.upstream.requests()).hasSize(1);
        }
    }

    @Test
    void otherRequestsAreServedWhileOneWaits() {
        try (FilterGateway edge = new FilterGateway(entry("timeout: 30s, paths: [/slow]", request -> later()));
                RawClient slow = edge.gateway.client().send("GET /slow HTTP/1.1\nHost: a.test\n\n")) {
            CompletableFuture<FilterResult> held = next();
            for (int i = 0; i < 10; i++) {
                assertThat(edge.get("/", "").status()).isEqualTo(200);
            }
            held.complete(FilterResult.proceed());
            assertThat(slow.response().status()).isEqualTo(200);
        }
    }

    @Test
    void aFilterThatIsLateIsCancelledAndTheRequestIsDeniedOrPassesToTheNext() {
        try (FilterGateway edge = new FilterGateway(
                        entry("timeout: 60ms, paths: [/deny]", request -> later()),
                        entry("timeout: 60ms, paths: [/allow], failure: allow", request -> later()),
                        entry("timeout: 30s, paths: [/allow]", request -> later()));
                RawClient client = edge.gateway.client()) {
            RawClient.Response denied = client.get("/deny");
            assertThat(denied.status()).isEqualTo(503);
            assertThat(denied.body()).contains("a filter of the gateway failed").doesNotContain("f1");
            CompletableFuture<FilterResult> late = next();
            assertThat(late).isCancelled();

            client.send("POST /allow HTTP/1.1\nHost: a.test\nContent-Length: 4\n\nbody");
            next();
            next().complete(FilterResult.proceed().set("x-next", "1"));
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(edge.forwarded()).contains("x-next: 1");
            assertThat(edge.upstream.requests().get(0).body()).isEqualTo("body");
            assertThat(edge.sums(0).failedDenied()).isEqualTo(1);
            assertThat(edge.sums(1).failedAllowed()).isEqualTo(1);
            assertThat(edge.sums(2).proceeded()).isEqualTo(1);
        }
    }

    @Test
    void aFilterThatThrowsInAnyWayFails() {
        List<String> ways = List.of("/throws", "/errs", "/null", "/nothing", "/fails", "/later");
        try (LogCapture log = LogCapture.of(ListenerFilter.class);
                FilterGateway deny =
                        new FilterGateway(entry("timeout: 30s, warnAfter: 10s", request -> fail(request.target())));
                FilterGateway allow = new FilterGateway(
                        entry("timeout: 30s, warnAfter: 10s, failure: allow", request -> fail(request.target())));
                RawClient denied = deny.gateway.client();
                RawClient allowed = allow.gateway.client()) {
            for (String way : ways) {
                assertThat(denied.get(way).status()).as(way).isEqualTo(503);
                assertThat(allowed.get(way).status()).as(way).isEqualTo(200);
            }
            assertThat(deny.sums().failedDenied()).isEqualTo(ways.size());
            assertThat(allow.sums().failedAllowed()).isEqualTo(ways.size());
            assertThat(log.messages()).containsExactly("a filter failed", "a filter failed");
        }
    }

    private static CompletionStage<FilterResult> fail(String how) {
        return switch (how) {
            case "/throws" -> throw new IllegalStateException("thrown");
            case "/errs" -> throw new NoClassDefFoundError("a/Library");
            case "/null" -> null;
            case "/nothing" -> CompletableFuture.completedFuture(null);
            case "/fails" -> CompletableFuture.failedFuture(new IllegalStateException("failed"));
            default ->
                CompletableFuture.supplyAsync(() -> {
                    throw new IllegalStateException("later");
                });
        };
    }

    @Test
    void aFilterThatHoldsTheLoopIsCountedAndNamedOnce() {
        try (LogCapture log = LogCapture.of(ListenerFilter.class);
                FilterGateway edge = new FilterGateway(
                        entry(
                                "warnAfter: 10s",
                                request -> FilterResult.proceed().now()),
                        entry("warnAfter: 5ms", request -> {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                            return FilterResult.proceed().now();
                        }));
                RawClient client = edge.gateway.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
            assertThat(edge.sums(0).overruns()).isZero();
            assertThat(edge.sums(1).overruns()).isEqualTo(3);
            assertThat(edge.sums(1).held()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(45));
            assertThat(log.messages()).containsExactly("a filter holds an event loop, and all requests on it wait");
            assertThat(log.events().get(0).getKeyValuePairs().toString())
                    .contains("filter=\"f2\"", "listener=\"edge\"", "warnAfterMillis=\"5\"");
        }
    }

    @Test
    void aClientThatLeavesCancelsTheFilterAndNothingIsForwarded() {
        try (FilterGateway edge = new FilterGateway(entry("timeout: 30s, paths: [/slow]", request -> later()))) {
            RawClient client =
                    edge.gateway.client().send("POST /slow HTTP/1.1\nHost: a.test\nContent-Length: 9\n\nbody");
            CompletableFuture<FilterResult> result = next();
            client.close();
            await().until(result::isCancelled);
            await().until(() -> edge.gateway.finished() == 1);
            assertThat(edge.get("/", "").status()).isEqualTo(200);
            assertThat(edge.upstream.requests()).hasSize(1);
            assertThat(edge.sums().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void aResultOfOneRequestIsNeverThatOfTheNext() {
        try (FilterGateway edge = new FilterGateway(entry("timeout: 60ms", request -> {
                    CompletableFuture<FilterResult> result = new CompletableFuture<>();
                    waiting.add(result);
                    return result.minimalCompletionStage();
                }));
                RawClient client = edge.gateway.client()) {
            assertThat(client.get("/").status()).isEqualTo(503);
            CompletableFuture<FilterResult> first = next();
            client.send("GET /2 HTTP/1.1\nHost: a.test\n\n");
            next();
            first.complete(FilterResult.respond(299));
            assertThat(client.response().status()).isEqualTo(503);
        }
    }
}
