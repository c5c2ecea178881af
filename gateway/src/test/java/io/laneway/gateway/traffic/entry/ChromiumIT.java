package io.laneway.gateway.traffic.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.testkit.Chromium;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.testkit.Programs;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser that followed a link into a lane stays in it through all that pages do, until it leaves. */
class ChromiumIT {

    private static final String WHO = "fetch('/who').then(r => r.text())";

    @TempDir
    private static Path folder;

    private static Upstream base;
    private static Upstream branch;
    private static TestGateway gateway;
    private static Chromium browser;
    private static String app;

    @BeforeAll
    static void start() {
        assumeTrue(Programs.chromium().isPresent(), "skipped: no browser here (Debian: chromium)");
        base = WebApplication.named("base");
        branch = WebApplication.named("branch");
        EntryConfig entry = new EntryConfig(true, null, "shop.test", false, true);
        gateway = TestGateway.over(
                table(),
                config -> TestGateway.with(
                        config,
                        config.listeners().stream()
                                .map(each -> each.name().equals("edge") ? each.entered(entry) : each)
                                .toList()));
        app = "http://app.shop.test:" + gateway.port();
        browser = new Chromium(folder, "--unsafely-treat-insecure-origin-as-secure=" + app);
    }

    private static LaneTable table() {
        return Tables.read(
                """
                schema: 1
                carriers: {host: ["app-{lane}.shop.test", "api-{lane}.shop.test"]}
                lanes: [{name: f-1}]
                services:
                  - name: app
                    hosts: [app.shop.test]
                    deployments: &deployments
                      - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                      - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:BRANCH"]}
                  - name: api
                    hosts: [api.shop.test]
                    deployments: *deployments
                """.replace("BASE", String.valueOf(base.port())).replace("BRANCH", String.valueOf(branch.port())));
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
    void outOfAnyLane() {
        browser.open(app + "/?trace-branch=");
        assertThat(browser.evaluate(WHO)).isEqualTo("base");
    }

    private static String name() {
        return browser.evaluate("document.getElementById('name').textContent");
    }

    @Test
    void staysInTheLaneOfTheLinkThroughPagesFormsAndReloads() {
        browser.open(app + "/");
        assertThat(browser.evaluate("window.asset")).isEqualTo("base");

        browser.open(app + "/?trace-branch=f-1");
        assertThat(name()).isEqualTo("branch");
        browser.evaluate("document.getElementById('next').click()");
        browser.loaded(app + "/next");
        assertThat(name()).isEqualTo("branch");
        assertThat(browser.evaluate("fetch('/asset.js').then(r => r.text())"))
                .as("what was cached before is not taken for the lane's")
                .contains("branch");
        browser.evaluate("document.forms[0].submit()");
        browser.loaded(app + "/after");
        assertThat(name()).isEqualTo("branch");
        browser.call("Page.reload", new JsonObject());
        browser.loaded(app + "/after");
        assertThat(name()).isEqualTo("branch");
        assertThat(browser.evaluate("window.asset")).isEqualTo("branch");
        assertThat(browser.evaluate("document.cookie")).as("no script reads it").isEmpty();
    }

    @Test
    void itsFetchesSocketsEventsAndWorkersStayInIt() {
        browser.open(app + "/?trace-branch=f-1");

        assertThat(browser.evaluate(WHO)).isEqualTo("branch");
        assertThat(browser.evaluate(
                        "new Promise((ok, no) => { const s = new WebSocket('ws://' + location.host + '/ws');"
                                + " s.onmessage = e => { ok(e.data); s.close(); }; s.onerror = no; })"))
                .isEqualTo("branch");
        assertThat(browser.evaluate("new Promise((ok, no) => { const s = new EventSource('/events');"
                        + " s.onmessage = e => { ok(e.data); s.close(); }; s.onerror = no; })"))
                .isEqualTo("branch");
        assertThat(browser.evaluate("navigator.serviceWorker.register('/worker.js')"
                        + ".then(() => navigator.serviceWorker.ready)"
                        + ".then(() => navigator.serviceWorker.controller || new Promise(ok =>"
                        + " navigator.serviceWorker.oncontrollerchange = ok))"
                        + ".then(() => fetch('/by-worker')).then(r => r.text())"))
                .isEqualTo("branch");
        assertThat(browser.evaluate(
                        "new Promise(ok => { const f = document.createElement('iframe'); f.src = '/in-frame';"
                                + " f.onload = () => ok(f.contentDocument.getElementById('name').textContent);"
                                + " document.body.append(f); })"))
                .isEqualTo("branch");
    }

    @Test
    void theOtherHostsOfTheDomainAreInItToo() {
        browser.open(app + "/?trace-branch=f-1");

        assertThat(browser.evaluate("fetch('http://api.shop.test:" + gateway.port()
                        + "/who', {credentials: 'include', headers: {'x-own': '1'}}).then(r => r.text())"))
                .isEqualTo("branch");
    }

    @Test
    void whatItDownloadsIsTheLanes() throws Exception {
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        browser.open(app + "/?trace-branch=f-1");
        browser.call(
                "Browser.setDownloadBehavior",
                new JsonObject().put("behavior", "allow").put("downloadPath", downloads.toString()));
        browser.evaluate("document.getElementById('file').click()");

        Path file = downloads.resolve("lane.txt");
        Awaitility.await().until(() -> Files.exists(file) && Files.size(file) > 0);
        assertThat(file).hasContent("branch");
    }

    @Test
    void theBadgeShowsTheLaneAndItsButtonLeavesIt() {
        browser.open(app + "/?trace-branch=f-1");
        browser.open(app + "/.well-known/laneway");
        assertThat(browser.evaluate("document.getElementById('lane').textContent"))
                .isEqualTo("f-1");
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('dt')).fontWeight"))
                .as("its own style passes its own policy")
                .isEqualTo("600");

        browser.evaluate("document.getElementById('leave').click()");
        Awaitility.await().ignoreExceptions().until(() -> browser.text().contains("No lane"));
        browser.open(app + "/");
        assertThat(name()).isEqualTo("base");
    }

    @Test
    void aLaneHostIsAWayInThatRedirectionsAndPreflightsKeep() {
        String lane = "http://app-f-1.shop.test:" + gateway.port();
        browser.open(lane + "/");
        assertThat(name()).isEqualTo("branch");

        assertThat(browser.evaluate("fetch('/home').then(async r => r.url + ' ' + await r.text())"))
                .isEqualTo(lane + "/who branch");
        int before = options(branch);
        assertThat(browser.evaluate("fetch('http://api.shop.test:" + gateway.port()
                        + "/who', {headers: {'x-own': '1'}}).then(r => r.text())"))
                .isEqualTo("branch");
        assertThat(options(branch)).isEqualTo(before + 1);
    }

    private static int options(Upstream of) {
        return (int) of.requests().stream()
                .filter(request -> request.startLine().startsWith("OPTIONS"))
                .count();
    }
}
