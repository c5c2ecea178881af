package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.testkit.Chromium;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.Upstream.Request;
import io.laneway.testkit.Programs;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A browser that once followed a link is in its lane on every hop over three services, of which the second drops all headers
 * but {@code traceparent}, until it leaves.
 */
class BrowserChainIT {

    private final AtomicInteger outOfA = new AtomicInteger();
    private final AtomicInteger outOfB = new AtomicInteger();

    private static String html(String text) {
        return "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: " + text.length() + "\n\n" + text;
    }

    /** Carries the lane, and begins a trace. */
    private String first(Request request, SplittableRandom random) {
        String path = request.startLine().split(" ")[1];
        if (path.equals("/to-next")) {
            return "HTTP/1.1 302 Found\nLocation: /next\nContent-Length: 0\n\n";
        }
        String lane = request.header("trace-branch");
        String trace = String.format("traceparent: 00-%016x%016x-00f067aa0ba902b7-01\n", random.nextLong(), 1);
        try (RawClient next = RawClient.to(outOfA.get())) {
            String rest = next.get("/b", trace + (lane == null ? "" : "trace-branch: " + lane + "\n"))
                    .body();
            return html("A@" + lane + " " + rest);
        }
    }

    /** Passes its trace on, and nothing else. */
    private String second(Request request) {
        try (RawClient next = RawClient.to(outOfB.get())) {
            String rest = next.get("/c", "traceparent: " + request.header("traceparent") + "\n")
                    .body();
            return html("B@" + request.header("trace-branch") + " " + rest);
        }
    }

    @Test
    void isInItsLaneOnEveryHopUntilItLeaves(@TempDir Path folder) {
        assumeTrue(Programs.chromium().isPresent(), "skipped: no browser here (Debian: chromium)");
        SplittableRandom random = new SplittableRandom(5);
        try (Upstream c = Upstream.responding(request -> html("C@" + request.header("trace-branch")));
                Upstream b = Upstream.responding(this::second);
                Upstream a = Upstream.responding(request -> first(request, random));
                Sidecar ofB = Sidecar.of("b", b.port(), "c", c.port());
                Sidecar ofA = Sidecar.of("a", a.port(), "b", ofB.in());
                TestGateway edge = edge(ofA.in());
                Chromium browser = new Chromium(folder)) {
            outOfA.set(ofA.out());
            outOfB.set(ofB.out());
            String app = "http://a.test:" + edge.port();
            browser.open(app + "/?trace-branch=f-1");
            assertThat(browser.text()).isEqualTo("A@f-1 B@f-1 C@f-1");

            browser.open(app + "/page");
            assertThat(browser.text()).isEqualTo("A@f-1 B@f-1 C@f-1");
            assertThat(browser.evaluate("fetch('/x', {method: 'POST', body: 'b'}).then(r => r.text())"))
                    .isEqualTo("A@f-1 B@f-1 C@f-1");
            browser.call("Page.navigate", new JsonObject().put("url", app + "/to-next"));
            browser.loaded(app + "/next");
            assertThat(browser.text()).isEqualTo("A@f-1 B@f-1 C@f-1");
            assertThat(ofB.counts().lost()).isEqualTo(ofB.counts().restored()).isPositive();
            assertThat(ofA.counts().lost()).as("A carries it").isZero();

            browser.open(app + "/?trace-branch=");
            assertThat(browser.text()).isEqualTo("A@null B@null C@null");
        }
    }

    private static TestGateway edge(int port) {
        EntryConfig entry = EntryConfig.COOKIE;
        return TestGateway.over(
                new Tables().lane("f-1").service("a", "master", port).build(),
                config -> TestGateway.with(
                        config,
                        config.listeners().stream()
                                .map(each -> each.name().equals("edge") ? each.entered(entry) : each)
                                .toList()));
    }
}
