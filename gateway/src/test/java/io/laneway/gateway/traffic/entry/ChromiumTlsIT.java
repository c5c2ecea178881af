package io.laneway.gateway.traffic.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.CarrierRule;
import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.testkit.Chromium;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.link.LinkSigner;
import io.laneway.router.model.LaneTable;
import io.laneway.testkit.Programs;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser over TLS and HTTP/2: plain links and signed ones, and frames within pages of another site. */
class ChromiumTlsIT {

    private static final String WHO = "fetch('/who').then(r => r.text())";
    private static final LinkSigner SIGNER = LinkSigner.fresh();

    @TempDir
    private static Path folder;

    private static Upstream base;
    private static Upstream branch;
    private static TestGateway gateway;
    private static Chromium browser;
    private static String signed;
    private static String plain;
    private static String around;

    @BeforeAll
    static void start() {
        assumeTrue(Programs.chromium().isPresent(), "skipped: no browser here (Debian: chromium)");
        base = WebApplication.named("base");
        branch = WebApplication.named("branch");
        TestTls tls = TestTls.make();
        gateway = TestGateway.over(table(), config -> {
            var both = tls.addListener(tls.addListener(config, "signed"), "plain");
            return TestGateway.with(
                    both,
                    both.listeners().stream()
                            .map(each -> switch (each.name()) {
                                case "signed" ->
                                    each.entered(new EntryConfig(true, null, null, true, false))
                                            .with(CarrierRule.SIGNED);
                                case "plain" -> each.entered(EntryConfig.COOKIE);
                                default -> each;
                            })
                            .toList());
        });
        signed = "https://app.shop.test:" + gateway.port("signed");
        plain = "https://app.shop.test:" + gateway.port("plain");
        around = "https://page.around.test:" + gateway.port("plain");
        browser = new Chromium(folder, "--ignore-certificate-errors");
    }

    private static LaneTable table() {
        return Tables.read("""
                lanes: [{name: f-1, linkKey: KEY}]
                services:
                  - name: app
                    hosts: [app.shop.test]
                    deployments:
                      - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                      - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:BRANCH"]}
                  - name: around
                    hosts: [page.around.test]
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}]
                """.replace("BASE", String.valueOf(base.port()))
                .replace("BRANCH", String.valueOf(branch.port()))
                .replace("KEY", SIGNER.key().toString()));
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

    private static String link(String path) {
        return signed + path + "?trace-branch=f-1&lane-key="
                + SIGNER.link("f-1", Instant.now().plusSeconds(600));
    }

    private static JsonArray cookies() {
        return browser.call("Storage.getCookies", new JsonObject()).getJsonArray("cookies");
    }

    @Test
    void aPlainLinkSetsASecureCookieThatKeepsTheLaneOverHttp2() {
        browser.open(plain + "/?trace-branch=f-1");

        assertThat(browser.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
                .isEqualTo("h2");
        assertThat(browser.evaluate(WHO)).isEqualTo("branch");
        assertThat(browser.evaluate(socket())).isEqualTo("branch");
        assertThat(cookies()).hasSize(1);
        JsonObject cookie = cookies().getJsonObject(0);
        assertThat(cookie.getBoolean("secure")).isTrue();
        assertThat(cookie.getString("sameSite")).isEqualTo("Lax");
        browser.open(plain + "/?trace-branch=");
        assertThat(cookies()).isEmpty();
        assertThat(browser.evaluate(WHO)).isEqualTo("base");
    }

    private static String socket() {
        return "new Promise((ok, no) => { const s = new WebSocket('wss://' + location.host + '/ws');"
                + " s.onmessage = e => { ok(e.data); s.close(); }; s.onerror = no; })";
    }

    @Test
    void aSignedLinkIsFollowedOnceAndItsKeyIsNowhereInThePage() {
        browser.open(signed + "/who?trace-branch=f-1");
        assertThat(browser.text()).as("unsigned").isEqualTo("base");

        browser.call("Page.navigate", new JsonObject().put("url", link("/start")));
        browser.loaded(signed + "/start");
        assertThat(browser.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
                .isEqualTo("h2");
        assertThat(browser.evaluate("document.getElementById('name').textContent"))
                .isEqualTo("branch");
        assertThat(browser.evaluate(WHO)).isEqualTo("branch");
        assertThat(browser.evaluate(socket())).isEqualTo("branch");
        assertThat(browser.evaluate("document.cookie + document.referrer")).doesNotContain("lane-key");
        browser.evaluate("document.forms[0].submit()");
        browser.loaded(signed + "/after");
        browser.call("Page.reload", new JsonObject());
        browser.loaded(signed + "/after");
        assertThat(browser.evaluate("document.getElementById('name').textContent"))
                .isEqualTo("branch");
        assertThat(browser.evaluate("fetch('/asset.js').then(r => r.text())"))
                .as("what was cached before is not taken for the lane's")
                .contains("branch");
        assertThat(branch.requests())
                .allSatisfy(request -> assertThat(request.head()).doesNotContain("lane-key"));

        browser.open(signed + "/?trace-branch=");
        assertThat(browser.evaluate(WHO)).isEqualTo("base");
        assertThat(cookies()).isEmpty();
    }

    @Test
    void aFrameWithinAnotherSitesPageHasTheLaneThereAlone() {
        browser.open(around + "/");
        browser.evaluate("new Promise(ok => { const f = document.createElement('iframe'); f.src = '" + link("/in-frame")
                + "'; f.onload = () => ok('loaded'); document.body.append(f); })");

        assertThat(branch.requests()).anyMatch(request -> request.startLine().equals("GET /in-frame HTTP/1.1"));
        assertThat(browser.evaluate("fetch('" + signed + "/who', {credentials: 'include'}).then(r => r.text())"))
                .isEqualTo("branch");
        assertThat(cookies()).hasSize(2).allSatisfy(each -> {
            JsonObject cookie = (JsonObject) each;
            assertThat(cookie.getBoolean("secure")).isTrue();
            assertThat(cookie.getBoolean("httpOnly")).isTrue();
            assertThat(cookie.getString("sameSite")).isEqualTo("None");
            assertThat(String.valueOf(cookie.getValue("partitionKey"))).contains("around.test");
        });
        browser.open(signed + "/");
        assertThat(browser.evaluate(WHO)).as("its own page is another site").isEqualTo("base");
    }
}
