package io.laneway.gateway.traffic.filter;

import static io.laneway.gateway.traffic.filter.FilterGateway.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.filter.FilterRequest;
import io.laneway.filter.FilterResult;
import io.laneway.filter.HeaderChanges;
import io.laneway.filter.ResponseView;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.testkit.LogCapture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What filters see and change of heads, both ways, and what they may not. */
class FilterHeadIT {

    @Test
    void aFilterSeesTheRequestAndChangesHeadsBothWays() {
        AtomicReference<FilterRequest> seen = new AtomicReference<>();
        AtomicReference<ResponseView> response = new AtomicReference<>();
        try (FilterGateway edge = new FilterGateway(entry("", request -> {
            seen.set(request);
            return FilterResult.proceed()
                    .set("X-User", "ann")
                    .add("x-more", "2")
                    .remove("x-secret")
                    .target("/other?b=2")
                    .onResponse(view -> {
                        response.set(view);
                        return HeaderChanges.none().set("x-seen", view.headers().first("content-length"));
                    })
                    .now();
        }))) {
            RawClient.Response got =
                    edge.get("/path?a=1", "X-User: root\nX_User: root\nX-More: 1\nX-Secret: s\nX-Request-Id: r-1\n");
            assertThat(got.body()).isEqualTo("base");
            assertThat(got.header("x-seen")).isEqualTo("4");
            assertThat(edge.forwarded())
                    .startsWith("GET /other?b=2 HTTP/1.1\n")
                    .contains("x-user: ann", "X-More: 1", "x-more: 2")
                    .doesNotContain("root", "ecret");
            assertThat(edge.gateway.observed().get(0).path()).isEqualTo("/path?a=1");
        }
        assertThat(seen.get().method()).isEqualTo("GET");
        assertThat(seen.get().target()).isEqualTo("/path?a=1");
        assertThat(seen.get().host()).isEqualTo("a.test");
        assertThat(seen.get().service()).isEqualTo("a");
        assertThat(seen.get().lane()).isEqualTo("master");
        assertThat(seen.get().listener()).isEqualTo("edge");
        assertThat(seen.get().client()).isEqualTo("127.0.0.1");
        assertThat(seen.get().headers().all("x-user")).containsExactly("root");
        assertThat(response.get().status()).isEqualTo(200);
    }

    @Test
    void requestsPassFiltersInOrderAndResponsesTheOtherWayRound() {
        try (FilterGateway edge = new FilterGateway(
                entry(
                        "",
                        request -> FilterResult.proceed()
                                .add("x-way", "1")
                                .onResponse(view -> HeaderChanges.none()
                                        .set("x-back", view.headers().first("x-back") + "1"))
                                .now()),
                entry(
                        "",
                        request -> FilterResult.proceed()
                                .set("x-way", request.headers().first("x-way") + "2")
                                .onResponse(view -> HeaderChanges.none().add("x-back", "2"))
                                .now()))) {
            assertThat(edge.get("/", "").header("x-back")).isEqualTo("21");
            assertThat(edge.forwarded()).contains("x-way: 12").doesNotContain("x-way: 1\n");
        }
    }

    @Test
    void aTargetIsAsRoutesMadeItAndStaysAsTheFilterMakesIt() {
        AtomicReference<String> target = new AtomicReference<>();
        try (FilterGateway edge = new FilterGateway(entry("", request -> {
            target.set(request.target());
            return FilterResult.proceed().target("/cut" + request.target()).now();
        }))) {
            assertThat(edge.get("/cut/a?b", "").status()).isEqualTo(200);
            assertThat(target.get()).isEqualTo("/a?b");
            assertThat(edge.forwarded()).startsWith("GET /cut/a?b HTTP/1.1");
        }
    }

    @Test
    void aFilterSeesItsServicesAndPathsAlone() {
        AtomicInteger calls = new AtomicInteger();
        try (FilterGateway edge = new FilterGateway(entry("services: [b], paths: [/in]", request -> respond(calls)))) {
            assertThat(edge.get("/in", "").status()).isEqualTo(200);
            assertThat(to(edge, "/")).isEqualTo(200);
            assertThat(to(edge, "/inside")).isEqualTo(200);
            assertThat(to(edge, "/in")).isEqualTo(299);
            assertThat(to(edge, "/in?x")).isEqualTo(299);
            assertThat(to(edge, "/x/../in/side")).isEqualTo(299);
            assertThat(to(edge, "/%69n")).isEqualTo(299);
            assertThat(calls).hasValue(4);
        }
    }

    private static CompletionStage<FilterResult> respond(AtomicInteger calls) {
        calls.incrementAndGet();
        return FilterResult.respond(299).now();
    }

    private static int to(FilterGateway edge, String path) {
        try (RawClient client = edge.gateway.client()) {
            return client.send("GET " + path + " HTTP/1.1\nHost: b.test\n\n")
                    .response()
                    .status();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "Transfer-Encoding",
                "Host",
                "Connection",
                "Trace-Branch",
                "trace_branch",
                "baggage",
                "x-laneway-hops",
                "X-Forwarded-For",
                "Upgrade",
                "te",
                "expect"
            })
    void whatIsTheGatewaysIsNoFiltersAndNothingIsChangedThen(String name) {
        try (FilterGateway denying = new FilterGateway(entry(
                        "", request -> FilterResult.proceed().set(name, "1").now()));
                FilterGateway allowing = new FilterGateway(entry(
                        "failure: allow",
                        request -> FilterResult.proceed()
                                .set("x-a", "1")
                                .remove(name)
                                .target("/b")
                                .now()))) {
            assertThat(denying.get("/", "").status()).isEqualTo(503);
            assertThat(denying.gateway.observed().get(0).flag()).isEqualTo("FF");
            assertThat(denying.upstream.requests()).isEmpty();
            assertThat(allowing.get("/", "").status()).isEqualTo(200);
            assertThat(allowing.forwarded()).startsWith("GET / ").doesNotContain("x-a");
        }
    }

    @Test
    void aResponsesFramingIsNotChangedEither() {
        try (LogCapture log = LogCapture.of(ListenerFilter.class);
                FilterGateway edge = new FilterGateway(entry(
                        "failure: allow, warnAfter: 10s",
                        request -> FilterResult.proceed()
                                .onResponse(view -> HeaderChanges.none().set("content-length", "1"))
                                .now()))) {
            assertThat(edge.get("/", "").body()).isEqualTo("base");
            assertThat(edge.sums().failedAllowed()).isEqualTo(1);
            assertThat(log.events().get(0).getKeyValuePairs().toString())
                    .contains(
                            "filter=\"f1\"",
                            "content-length: changed (expected: a field that is not the gateway's own)");
        }
    }

    @Test
    void aFilterRespondsItself() {
        try (FilterGateway edge = new FilterGateway(entry("", request -> switch (request.target()) {
                    case "/text" ->
                        FilterResult.respond(418)
                                .header("x-why", "tea")
                                .body("text/plain", "short")
                                .now();
                    case "/none" -> FilterResult.respond(204).now();
                    case "/bare" ->
                        FilterResult.respond(401)
                                .header("www-authenticate", "Key")
                                .now();
                    default ->
                        FilterResult.respond(302).header("location", "/x").now();
                }));
                RawClient client = edge.gateway.client()) {
            RawClient.Response text = client.get("/text");
            assertThat(text.status()).isEqualTo(418);
            assertThat(text.body()).isEqualTo("short");
            assertThat(text.header("content-type")).isEqualTo("text/plain");
            assertThat(text.header("x-why")).isEqualTo("tea");
            RawClient.Response none = client.get("/none");
            assertThat(none.status()).isEqualTo(204);
            assertThat(none.headers()).doesNotContainKey("content-length");
            RawClient.Response bare = client.get("/bare");
            assertThat(bare.header("content-type")).isEqualTo("application/problem+json");
            assertThat(bare.header("www-authenticate")).isEqualTo("Key");
            assertThat(client.get("/else").header("location")).isEqualTo("/x");
            assertThat(client.send("HEAD /text HTTP/1.1\nHost: a.test\n\n")
                            .response(true)
                            .header("content-length"))
                    .isEqualTo("5");
            assertThat(client.get("/text").status()).isEqualTo(418);
            assertThat(edge.upstream.requests()).isEmpty();
            assertThat(edge.gateway.observed()).allMatch(each -> each.flag().equals("FR"));
            assertThat(edge.sums().responded()).isEqualTo(6);
        }
    }

    @Test
    void everyAttemptHasTheChangedHeadAndTheFilterIsAskedOnce() {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger responses = new AtomicInteger();
        AtomicInteger attempts = new AtomicInteger();
        Upstream failing = Upstream.responding(
                request -> "HTTP/1.1 " + (attempts.incrementAndGet() == 1 ? 503 : 200) + " X\nContent-Length: 2\n\nok");
        try (FilterGateway edge = new FilterGateway(
                failing,
                "policy: {retries: {max: 2, on: [503]}}",
                entry(
                        "",
                        request -> FilterResult.proceed()
                                .set("x-call", String.valueOf(calls.incrementAndGet()))
                                .onResponse(view -> HeaderChanges.none().set("x-n", "" + responses.incrementAndGet()))
                                .now()))) {
            assertThat(edge.get("/", "").header("x-n")).isEqualTo("1");
            assertThat(failing.requests())
                    .hasSize(2)
                    .allMatch(each -> each.header("x-call").equals("1"));
        }
    }

    @Test
    void aResponseThatAFilterFailsForIsReplacedOrPasses() {
        try (FilterGateway edge = new FilterGateway(
                        entry(
                                "",
                                request -> FilterResult.proceed()
                                        .onResponse(view -> HeaderChanges.none().set("x-outer", "" + view.status()))
                                        .now()),
                        entry("paths: [/deny]", FilterHeadIT::failing),
                        entry("paths: [/allow], failure: allow", FilterHeadIT::failing));
                RawClient client = edge.gateway.client()) {
            RawClient.Response denied = client.get("/deny");
            assertThat(denied.status()).isEqualTo(503);
            assertThat(denied.header("x-outer")).isEqualTo("503");
            RawClient.Response allowed = client.get("/allow");
            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("x-outer")).isEqualTo("200");
            assertThat(client.get("/deny").status()).isEqualTo(503);
            assertThat(edge.sums(1).failedDenied()).isEqualTo(2);
            assertThat(edge.sums(2).failedAllowed()).isEqualTo(1);
        }
    }

    private static CompletionStage<FilterResult> failing(FilterRequest request) {
        return FilterResult.proceed()
                .onResponse(view -> {
                    throw new IllegalStateException("on the way back");
                })
                .now();
    }
}
