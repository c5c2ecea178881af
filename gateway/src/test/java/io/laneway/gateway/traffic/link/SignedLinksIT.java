package io.laneway.gateway.traffic.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.link.LinkSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are in a lane on a listener with {@code lanes: signed}, and what of a link is forwarded: docs/how-to/browser.md. */
class SignedLinksIT {

    private final SignedEdge edge = new SignedEdge(null);

    @AfterEach
    void stop() {
        edge.close();
    }

    private Response get(String host, String target, String headers) {
        try (RawClient client = edge.gateway.client()) {
            return client.send("GET " + target + " HTTP/1.1\nHost: " + host + "\n" + headers + "\n")
                    .response();
        }
    }

    private Response get(String target, String headers) {
        return get("app.test", target, headers);
    }

    @Test
    void aSignedLinkIsServedByItsLaneAndSetsCookiesThatKeepIt() {
        String key = edge.key(3600);

        Response linked = get("/a?x=1&trace-branch=f-1&lane-key=" + key, "");

        assertThat(linked.body()).isEqualTo("branch");
        assertThat(SignedEdge.cookies(linked))
                .hasSize(2)
                .anyMatch(cookie -> cookie.startsWith("trace-branch=f-1; Path=/; SameSite=Lax; HttpOnly; Max-Age=3"))
                .anyMatch(
                        cookie -> cookie.startsWith("lane-key=" + key + "; Path=/; SameSite=Lax; HttpOnly; Max-Age=3"));
        assertThat(linked.header("cache-control")).isEqualTo("private, no-cache");
        assertThat(linked.header("referrer-policy")).isEqualTo("strict-origin");

        Response next = get("/next", "Cookie: a=1; trace-branch=f-1; lane-key=" + key + "\n");

        assertThat(next.body()).isEqualTo("branch");
        assertThat(edge.count(LinkOutcome.VERIFIED)).isEqualTo(1);
        assertThat(edge.count(LinkOutcome.REMEMBERED)).isEqualTo(1);
    }

    @Test
    void theKeyReachesNoApplicationAndNoObserver() {
        String key = edge.key(3600);

        get(
                "/a?lane-key=" + key + "&trace-branch=f-1&x=1&lane-key=other",
                "Cookie: lane-key=" + key + "; a=1\nX-Laneway-Key: " + key + "\nReferer: http://app.test/p?lane-key="
                        + key + "&y=2\n");
        get("/b?lane-key=" + key + "x&trace-branch=f-1", "");

        Upstream.Request granted = SignedEdge.last(edge.branch);
        assertThat(granted.startLine()).isEqualTo("GET /a?x=1 HTTP/1.1");
        assertThat(granted.header("cookie")).isEqualTo("a=1");
        assertThat(granted.header("referer")).isEqualTo("http://app.test/p?y=2");
        assertThat(granted.head()).doesNotContain(key).doesNotContainIgnoringCase("lane-key");
        assertThat(SignedEdge.last(edge.base).head()).doesNotContain(key.substring(0, 60));
        assertThat(edge.gateway.observed())
                .hasSize(2)
                .allSatisfy(seen ->
                        assertThat(seen.path()).doesNotContain("lane-key").contains("trace-branch=f-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Trace-Branch: f-1",
                "X-Lane: f-1",
                "Cookie: trace-branch=f-1",
                "Cookie: b=2; trace-branch=f-1",
                "Baggage: trace-branch=f-1,x=1",
                "Baggage: own=f-1",
            })
    void unsignedCarriersAreIgnoredAndTakenOff(String header) {
        assertThat(get("/?trace-branch=f-1&x=1", header + "\n").body()).isEqualTo("base");

        Upstream.Request request = SignedEdge.last(edge.base);
        assertThat(request.head()).doesNotContain("f-1");
        assertThat(request.startLine()).isEqualTo("GET /?x=1 HTTP/1.1");
        assertThat(edge.count(LinkOutcome.UNSIGNED)).isEqualTo(1);
    }

    /** That of {@code service.lane} is obeyed by internal listeners, that of the page by external ones. */
    @ParameterizedTest
    @CsvSource({"f-1.wild.test, x: y", "app.f-1, x: y", "app.test, Origin: https://app-f-1.test"})
    void aHostThatNamesALaneUnsignedIsStampedWithTheBase(String host, String header) {
        assertThat(get(host, "/", header + "\n").body()).isEqualTo("base");
        assertThat(SignedEdge.last(edge.base).header("trace-branch")).isEqualTo("master");
    }

    @Test
    void aHostOfItsOwnOfALaneIsThereForThoseWithAKey() {
        assertThat(get("app-f-1.test", "/", "").status()).isEqualTo(404);
        String key = edge.key(60);
        assertThat(get("app-f-1.test", "/", "Cookie: lane-key=" + key + "\n").body())
                .isEqualTo("branch");
        assertThat(get("app-f-1.test", "/", "X-Laneway-Key: " + key + "\n").body())
                .isEqualTo("branch");
    }

    /** As where strangers send more keys than can be looked at; those that were seen need no look. */
    @Test
    void whereTooManyWaitALinkIsRefusedForNowAndOneThatWasSeenCounts() {
        String seen = edge.key(60);
        String fresh = edge.key(61);
        assertThat(get("/?trace-branch=f-1", "X-Laneway-Key: " + seen + "\n").body())
                .isEqualTo("branch");
        long busy = edge.count(LinkOutcome.BUSY);
        Semaphore begun = new Semaphore(0);
        Semaphore held = new Semaphore(0);
        ThreadPoolExecutor worker = edge.gateway.plane().parts().links().worker();
        worker.execute(() -> {
            begun.release();
            held.acquireUninterruptibly();
        });
        begun.acquireUninterruptibly();
        try {
            while (worker.getQueue().remainingCapacity() > 0) {
                worker.getQueue().offer(() -> {});
            }
            Response refused = get("/?trace-branch=f-1", "X-Laneway-Key: " + fresh + "\n");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(get("/?trace-branch=f-1", "X-Laneway-Key: " + seen + "\n")
                            .body())
                    .isEqualTo("branch");
            assertThat(get("/", "").body()).isEqualTo("base");
        } finally {
            held.release();
        }
        assertThat(edge.count(LinkOutcome.BUSY)).isEqualTo(busy + 1);
        await().untilAsserted(() -> assertThat(get("/?trace-branch=f-1", "X-Laneway-Key: " + fresh + "\n")
                        .body())
                .isEqualTo("branch"));
    }

    @Test
    void aKeyGrantsItsOwnLaneAlone() {
        String key = edge.key(60);

        assertThat(get("/?trace-branch=f-2&lane-key=" + key, "").body()).isEqualTo("base");
        assertThat(get("/?lane-key=" + key, "").body()).isEqualTo("base");
        assertThat(get("/", "Trace-Branch: f-1\nX-Laneway-Key: " + key + "\n").body())
                .isEqualTo("branch");
        assertThat(get("/?trace-branch=f-2", "Cookie: trace-branch=f-1; lane-key=" + key + "\n")
                        .body())
                .isEqualTo("branch");
    }

    @ParameterizedTest
    @CsvSource({"expired, EXPIRED", "forged, FORGED", "malformed, MALFORMED", "lane, NO_LANE", "other, REVOKED"})
    void whatDoesNotCountIsServedByTheBaseAndSetsNothing(String kind, LinkOutcome outcome) {
        String good = edge.key(60);
        String key = switch (kind) {
            case "expired" -> edge.key(-1);
            case "forged" -> good.substring(0, good.length() - 20) + "AAAA" + good.substring(good.length() - 16);
            case "malformed" -> good + "%3D";
            case "lane" -> edge.signer.link("f-9", Instant.now().plusSeconds(60));
            default -> LinkSigner.fresh().link("f-1", Instant.now().plusSeconds(60));
        };

        Response response = get("/?trace-branch=f-1&lane-key=" + key, "");

        assertThat(response.body()).isEqualTo("base");
        assertThat(response.headers()).doesNotContainKey("set-cookie");
        assertThat(edge.count(outcome)).isEqualTo(1);
    }

    @Test
    void aTableWithAnotherKeyOrWithoutTheLaneEndsItsLinksAtOnce() {
        String cookie = "Cookie: trace-branch=f-1; lane-key=" + edge.key(60) + "\n";
        assertThat(get("/", cookie).body()).isEqualTo("branch");

        edge.gateway.table(edge.table(LinkSigner.fresh().key(), true));
        assertThat(get("/", cookie).body()).isEqualTo("base");
        edge.gateway.table(edge.table(null, true));
        assertThat(get("/", cookie).body()).isEqualTo("base");
        edge.gateway.table(edge.table(edge.signer.key(), true));
        assertThat(get("/", cookie).body()).as("the same key again").isEqualTo("branch");
        assertThat(edge.count(LinkOutcome.REVOKED)).isEqualTo(2);
    }

    @Test
    void aBrowserIsSentToTheAddressWithoutTheLink() {
        String key = edge.key(60);
        String target = "//evil.test/a?trace-branch=f-1&lane-key=" + key + "&x=1";

        Response sent = get(target, "Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n");

        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.header("location")).isEqualTo("http://app.test//evil.test/a?x=1");
        assertThat(SignedEdge.cookies(sent)).hasSize(2);
        assertThat(sent.header("cache-control")).isEqualTo("private, no-cache");
        assertThat(get("/?trace-branch=f-1&lane-key=" + key, "Accept: text/html,*/*;q=0.8\n")
                        .header("location"))
                .isEqualTo("http://app.test/");
        for (String other : new String[] {
            "Sec-Fetch-Mode: cors\nSec-Fetch-Dest: empty\nAccept: text/html\n",
            "Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe\n",
            "Accept: */*\n"
        }) {
            assertThat(get("/?trace-branch=f-1&lane-key=" + key, other).status())
                    .as(other)
                    .isEqualTo(200);
        }
    }

    @Test
    void anEmptyValueTakesBothCookiesAway() {
        Response left = get("/?trace-branch=", "Cookie: trace-branch=f-1; lane-key=" + edge.key(60) + "\n");

        assertThat(left.body()).isEqualTo("base");
        assertThat(SignedEdge.cookies(left))
                .containsExactlyInAnyOrder(
                        "trace-branch=; Path=/; SameSite=Lax; HttpOnly; Max-Age=0",
                        "lane-key=; Path=/; SameSite=Lax; HttpOnly; Max-Age=0");
    }

    @Test
    void theBodyOfARequestWaitsForItsLink() {
        String body = "x".repeat(100_000);
        try (RawClient client = edge.gateway.client()) {
            Response response = client.send("POST /?trace-branch=f-1&lane-key=" + edge.key(60)
                            + " HTTP/1.1\nHost: app.test\nContent-Length: " + body.length() + "\n\n" + body)
                    .response();

            assertThat(response.body()).isEqualTo("branch");
        }
        assertThat(SignedEdge.last(edge.branch).body()).isEqualTo(body);
    }

    @Test
    void cookiesEndNoLaterThanTheConfiguredAge() {
        try (SignedEdge shorter = new SignedEdge(new EntryConfig(false, Duration.ofSeconds(30), null, false, true));
                RawClient client = shorter.gateway.client()) {
            client.send("GET /?trace-branch=f-1&lane-key=" + shorter.key(600) + " HTTP/1.1\nHost: app.test\n\n");

            assertThat(SignedEdge.cookies(client.response()))
                    .hasSize(2)
                    .allMatch(cookie -> cookie.endsWith("Max-Age=30"));
        }
    }
}
