package io.laneway.gateway.traffic.filter;

import static io.laneway.gateway.traffic.filter.FilterGateway.entry;
import static io.laneway.gateway.traffic.filter.FilterGateway.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.filter.BodyTooLargeException;
import io.laneway.filter.Filter;
import io.laneway.filter.FilterRequest;
import io.laneway.filter.FilterResult;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Bodies reach filters that collect them, and endpoints whole all the same. */
class FilterBodyIT {

    private static FilterResult judge(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return text.contains("evil")
                ? FilterResult.respond(403)
                : FilterResult.proceed().set("x-length", String.valueOf(body.length));
    }

    private static Filter upTo(int max) {
        return request -> request.collect(max).thenApply(FilterBodyIT::judge);
    }

    @Test
    void aFilterThatCollectsABodyMayDenyIt() {
        try (FilterGateway edge = new FilterGateway(entry("timeout: 30s", upTo(64)));
                RawClient client = edge.gateway.client()) {
            assertThat(post(client, "good").status()).isEqualTo(200);
            assertThat(edge.upstream.requests().get(0).body()).isEqualTo("good");
            assertThat(edge.forwarded()).contains("x-length: 4");
            assertThat(post(client, "evil").status()).isEqualTo(403);
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(edge.forwarded()).contains("x-length: 0");
            assertThat(edge.upstream.requests()).hasSize(2);
        }
    }

    @Test
    void chunksTrailersAndALargeBodyPassEachFilterThatCollectsThem() {
        String large = "0123456789".repeat(100_000);
        try (FilterGateway edge = new FilterGateway(
                        entry("timeout: 30s", upTo(2)),
                        entry("timeout: 30s", upTo(8)),
                        entry("timeout: 30s", upTo(2_000_000)));
                FilterGateway whole = new FilterGateway(
                        entry("timeout: 30s", upTo(1_000_000)), entry("timeout: 30s", upTo(1_000_001)));
                RawClient client = whole.gateway.client();
                RawClient refused = edge.gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nTransfer-Encoding: chunked\n\n2\nab\n");
            client.send("3\ncde\n0\nx-end: 1\n\n");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(whole.upstream.requests().get(0).body()).isEqualTo("abcde|x-end: 1");
            assertThat(post(client, large).status()).isEqualTo(200);
            assertThat(whole.upstream.requests().get(1).body()).isEqualTo(large);
            assertThat(whole.forwarded()).contains("x-length: 1000000");
            assertThat(post(refused, "abc").status()).isEqualTo(413);
        }
    }

    @Test
    void aLargerBodyGets413UnlessTheFilterSaysOtherwise() {
        try (FilterGateway edge = new FilterGateway(
                        entry("timeout: 30s, paths: [/strict]", upTo(4)),
                        entry(
                                "timeout: 30s, paths: [/lenient]",
                                request -> request.collect(4)
                                        .handle((body, error) -> error instanceof BodyTooLargeException
                                                ? FilterResult.proceed().set("x-large", "1")
                                                : judge(body))));
                RawClient client = edge.gateway.client()) {
            client.send("POST /lenient HTTP/1.1\nHost: a.test\nContent-Length: 5\n\n12345");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(edge.forwarded()).contains("x-large: 1");
            assertThat(edge.upstream.requests().get(0).body()).isEqualTo("12345");
            client.send("POST /strict HTTP/1.1\nHost: a.test\nTransfer-Encoding: chunked\n\n5\n12345\n0\n\n");
            assertThat(client.response().status()).isEqualTo(413);
            assertThat(edge.sums(0).body()).isEqualTo(1);
            assertThat(edge.gateway.observed())
                    .last()
                    .matches(each -> each.flag().equals("FR"));
        }
        try (FilterGateway edge = new FilterGateway(entry("timeout: 30s", upTo(4)));
                RawClient client = edge.gateway.client()) {
            // nothing is waited for
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 5\n\n");
            assertThat(client.response().status()).isEqualTo(413);
        }
    }

    @Test
    void aServicesOwnBoundCountsAsWell() {
        try (FilterGateway edge = new FilterGateway(
                        Upstream.saying("base"), "policy: {maxBody: 1KiB}", entry("timeout: 30s", upTo(1 << 20)));
                RawClient client = edge.gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nTransfer-Encoding: chunked\n\n401\n");
            client.sendRaw("x".repeat(1025)).send("\n0\n\n");
            assertThat(client.response().status()).isEqualTo(413);
            assertThat(edge.upstream.requests()).isEmpty();
        }
    }

    @Test
    void aBodyMayBeAskedForLaterAndFromAnotherThread() {
        Filter filter = request -> CompletableFuture.supplyAsync(() -> request)
                .thenComposeAsync(it -> it.collect(64))
                .thenApply(FilterBodyIT::judge);
        try (FilterGateway edge = new FilterGateway(entry("timeout: 30s", filter));
                RawClient client = edge.gateway.client()) {
            assertThat(post(client, "good").status()).isEqualTo(200);
            assertThat(edge.upstream.requests().get(0).body()).isEqualTo("good");
            assertThat(post(client, "evil").status()).isEqualTo(403);
        }
    }

    @Test
    void aClientThatWaitsForContinueIsInvited() {
        try (FilterGateway edge = new FilterGateway(entry("timeout: 30s", upTo(64)));
                RawClient client = edge.gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 2\nExpect: 100-continue\n\n");
            assertThat(client.response().status()).isEqualTo(100);
            client.sendRaw("ab");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(edge.upstream.requests().get(0).body()).isEqualTo("ab");
        }
    }

    @Test
    void aBodyThatDoesNotComeIsNotTheFiltersFailure() {
        AtomicReference<CompletionStage<byte[]>> body = new AtomicReference<>();
        Filter filter = request -> {
            body.set(request.collect(64));
            return body.get().thenApply(FilterBodyIT::judge);
        };
        try (FilterGateway edge = new FilterGateway(entry("timeout: 50ms, failure: allow", filter));
                RawClient client = edge.gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 4\n\nab");
            await().until(() -> body.get() != null);
            edge.gateway.pass(Duration.ofSeconds(5));
            client.sendRaw("cd");
            assertThat(client.response().status()).isEqualTo(200);
            body.set(null);
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 4\n\nab");
            await().until(() -> body.get() != null);
            edge.gateway.pass(Duration.ofMinutes(2));
            assertThat(client.response().status()).isIn(408, 504);
            assertThat(edge.sums().failedAllowed()).isZero();
            assertThat(edge.sums().body()).isEqualTo(1);
            assertThat(body.get().toCompletableFuture()).isCancelled();
            assertThat(edge.upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aBodyThatIsAskedForWhenTheRequestIsOverDoesNotCome() {
        AtomicReference<FilterRequest> kept = new AtomicReference<>();
        try (FilterGateway edge = new FilterGateway(entry("", request -> {
                    kept.set(request);
                    return FilterResult.proceed().now();
                }));
                RawClient client = edge.gateway.client()) {
            assertThat(post(client, "good").status()).isEqualTo(200);
            CompletionStage<byte[]> late = kept.get().collect(64);
            await().until(() -> late.toCompletableFuture().isDone());
            assertThat(late.toCompletableFuture()).isCompletedExceptionally();
            assertThat(post(client, "good").status()).isEqualTo(200);
        }
    }
}
