package io.laneway.gateway.traffic.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.testkit.Chromium;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.testkit.Programs;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser over TLS and HTTP/2: hosts of lanes, routes with CORS between origins, and the page that shows the lane. */
class ChromiumRoutesIT {

    private static final String PROTOCOL = "performance.getEntriesByType('navigation')[0].nextHopProtocol";

    @TempDir
    private static Path folder;

    private static Upstream base;
    private static Upstream branch;
    private static TestGateway gateway;
    private static Chromium browser;
    private static int port;

    @BeforeAll
    static void start() {
        assumeTrue(Programs.chromium().isPresent(), "skipped: no browser here (Debian: chromium)");
        base = WebApplication.named("base");
        branch = WebApplication.named("branch");
        TestTls tls = TestTls.make();
        gateway = TestGateway.over(Tables.one(), config -> {
            var more = tls.addListener(config, "tls");
            return TestGateway.with(
                    more,
                    more.listeners().stream()
                            .map(each -> each.name().equals("tls")
                                    ? each.entered(new EntryConfig(true, null, null, false, true))
                                    : each)
                            .toList());
        });
        port = gateway.port("tls");
        gateway.table(Tables.read("""
            carriers: {query: [trace-branch], cookie: [trace-branch], host: ["app-{lane}.shop.test"]}
            lanes: [{name: f-1}]
            services:
              - name: app
                hosts: [app.shop.test]
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                  - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:BRANCH"]}
              - name: api
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                  - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:BRANCH"]}
            routes:
              - hosts: [api.other.test]
                path: /
                service: api
                cors: {origins: [ORIGINS], methods: [GET], headers: [x-own], credentials: true}
            """.replace("ORIGINS", "\"" + app("") + "\", \"" + app("-f-1") + "\"")
                .replace("BASE", String.valueOf(base.port()))
                .replace("BRANCH", String.valueOf(branch.port()))));
        browser = new Chromium(folder, "--ignore-certificate-errors");
    }

    private static String app(String lane) {
        return "https://app" + lane + ".shop.test:" + port;
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            gateway.close();
            base.close();
            branch.close();
        }
    }

    @BeforeEach
    void withoutCookies() {
        browser.call("Network.clearBrowserCookies", new JsonObject());
    }

    private static String fetched(String path, String options) {
        return browser.evaluate("fetch('https://api.other.test:" + port + path + "', " + options
                + ").then(r => r.text(), e => 'refused')");
    }

    @Test
    void aHostOfALaneIsTheLaneForItsPagesSocketsAndForms() {
        browser.open(app("-f-1") + "/");

        assertThat(browser.evaluate(PROTOCOL)).isEqualTo("h2");
        assertThat(browser.evaluate("document.getElementById('name').textContent"))
                .isEqualTo("branch");
        assertThat(browser.evaluate("fetch('/who').then(r => r.text())")).isEqualTo("branch");
        assertThat(browser.evaluate(
                        "new Promise((ok, no) => { const s = new WebSocket('wss://' + location.host + '/ws');"
                                + " s.onmessage = e => { ok(e.data); s.close(); }; s.onerror = no; })"))
                .isEqualTo("branch");
        browser.evaluate("document.forms[0].submit()");
        browser.loaded(app("-f-1") + "/after");
        browser.open(app("") + "/");
        assertThat(browser.evaluate("document.getElementById('name').textContent"))
                .isEqualTo("base");
    }

    @Test
    void aPageOfALanesHostCallsAnotherOriginInItsLaneByARouteWithCors() {
        browser.open(app("-f-1") + "/");

        assertThat(fetched("/who", "{headers: {'x-own': '1'}}")).isEqualTo("branch");
        assertThat(fetched("/who", "{credentials: 'include', headers: {'x-own': '1'}}"))
                .isEqualTo("branch");
        assertThat(fetched("/who", "{method: 'PUT'}")).isEqualTo("refused");
        assertThat(fetched("/who", "{headers: {'x-other': '1'}}")).isEqualTo("refused");
        assertThat(branch.requests()).noneMatch(request -> request.startLine().startsWith("OPTIONS"));
        browser.open(app("") + "/");
        assertThat(fetched("/who", "{headers: {'x-own': '1'}}")).isEqualTo("base");
    }

    @Test
    void thePageThatShowsTheLaneLetsItsReaderLeave() {
        String badge = app("") + "/.well-known/laneway";
        browser.open(app("") + "/?trace-branch=f-1");
        browser.open(badge);

        assertThat(browser.evaluate(PROTOCOL)).isEqualTo("h2");
        assertThat(browser.evaluate("document.getElementById('lane').textContent"))
                .isEqualTo("f-1");
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('dt')).fontWeight"))
                .as("the page's own style is allowed by its policy")
                .isEqualTo("600");
        browser.evaluate("document.getElementById('leave').click()");
        browser.loaded(badge);
        assertThat(browser.text()).contains("No lane");
        browser.open(app("") + "/");
        assertThat(browser.evaluate("document.getElementById('name').textContent"))
                .isEqualTo("base");

        browser.open(app("-f-1") + "/.well-known/laneway");
        assertThat(browser.text()).contains("f-1", "The host names the lane");
        browser.evaluate("document.getElementById('leave').click()");
        browser.loaded(app("") + "/");
    }
}
