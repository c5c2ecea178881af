package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.console.browser.Tab;
import io.laneway.testkit.Crowd;
import io.laneway.testkit.Relay;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What colleagues change while one looks, what keys do, and the other language. */
class LiveIT {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String LANES =
            "[...document.querySelectorAll('.leads .lead a')].map((el) => el.innerText).join()";

    @TempDir
    private static Path directory;

    private static Site site;

    @BeforeAll
    static void open() {
        site = Site.open(directory);
    }

    @AfterAll
    static void close() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    /** Rows keep their place, what is new waits to be arranged, and what is gone still lies where it lay. */
    @Test
    void aColleaguesChangeIsSeenAtOnceAndMovesNothing() {
        try (Tab tab = site.tab()) {
            tab.open("/console/");
            tab.sees("Live");
            tab.until(LANES + " === 'f-1,f-2,G0'");
            tab.eval("window.at = document.querySelector('.leads .lead a').getBoundingClientRect().y");
            long begun = System.nanoTime();
            site.place.call("PUT", "/v1/lanes/a-first", "{}");
            tab.until("document.body.innerText.includes('1 new')");
            Duration seen = Duration.ofNanos(System.nanoTime() - begun);

            assertThat(tab.eval(LANES).asText()).isEqualTo("f-1,f-2,G0");
            assertThat(seen).isLessThan(Crowd.allows(SOON));
            site.place.call("DELETE", "/v1/lanes/f-1", "");
            tab.until("document.querySelector('.lead.gone a')?.innerText === 'f-1'");
            assertThat(tab.eval(LANES).asText()).isEqualTo("f-1,f-2,G0");
            tab.click("main button", "1 new");
            tab.until(LANES + " === 'a-first,f-2,G0'");
            site.place.call("PUT", "/v1/lanes/f-1", "{}");
        }
    }

    @Test
    void whatHappensWhileTheStreamIsAwayIsSeenAfterwards() {
        try (Relay relay = Relay.to(site.place.port());
                Tab tab = site.tab(relay.port())) {
            tab.open("/console/");
            tab.until("document.querySelector('.pulse.live')");
            relay.cut();
            tab.until("document.querySelector('.pulse.lost')");
            site.place.call("PUT", "/v1/lanes/meanwhile", "{}");
            relay.mend();
            tab.until("document.querySelector('.pulse.live')");
            tab.until("document.body.innerText.includes('1 new')");
            site.place.call("DELETE", "/v1/lanes/meanwhile", "");
        }
    }

    /** A browser has six connections to one server for all its tabs: those that are not looked at hold none. */
    @Test
    void aPageThatIsNotLookedAtHoldsNoConnectionAndSeesAfterwardsWhatHappened() {
        try (Tab tab = site.tab()) {
            tab.open("/console/");
            tab.until("document.querySelector('.pulse.live')");
            tab.eval("Object.defineProperty(document, 'hidden', {configurable: true, get: () => true});"
                    + " document.dispatchEvent(new Event('visibilitychange'))");
            tab.until("!document.querySelector('.pulse.live')");
            site.place.call("PUT", "/v1/lanes/unseen", "{}");
            tab.eval("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
            tab.until("document.querySelector('.pulse.live')");
            tab.until("document.body.innerText.includes('1 new')");
            site.place.call("DELETE", "/v1/lanes/unseen", "");
        }
    }

    @Test
    void keysReachEverything() {
        try (Tab tab = site.tab()) {
            tab.open("/console/");
            tab.until("document.querySelectorAll('.row').length > 3");
            tab.eval("document.querySelector('[role=grid]').focus()");
            for (String key : new String[] {"ArrowDown", "ArrowDown", "ArrowRight"}) {
                tab.key(key);
            }
            tab.until("document.querySelector('#cell-active')?.dataset.service === 'cart'");
            tab.until("document.querySelector('.said').innerText.includes('cart')");
            tab.key("Enter");
            tab.until("location.pathname.startsWith('/console/lanes/')");
            tab.control("k");
            tab.until("document.querySelector('.palette')?.open");
            tab.type("hist");
            tab.until("document.querySelectorAll('[role=option]').length === 1");
            tab.key("Enter");
            tab.until("location.pathname === '/console/history'");
            tab.until("document.activeElement.id === 'main'");
            tab.control("k");
            tab.until("document.querySelector('.palette')?.open");
            tab.key("Escape");
            tab.until("!document.querySelector('dialog')");
        }
    }

    /** Each gateway reports it by itself; one that is too old to has a dash there. */
    @Test
    void whatGatewaysShedIsToBeRead() {
        try (Tab tab = site.tab()) {
            tab.open("/console/gateways");
            tab.until(
                    "[...document.querySelectorAll('td[title^=\"Requests refused\"]')].map((el) => el.innerText).join() === '0,0'");
        }
    }

    /** What people wrote stays text, however it looks, and leaves room for the rest. */
    @Test
    void aLongReasonAndMarkupAreTextAndFillNoPage() {
        String reason = "because ".repeat(110) + "<img src=x onerror=window.bad=1>";
        String name = "a".repeat(31) + "-" + "b".repeat(31);
        site.place.call(
                "PUT", "/v1/lanes/" + name, "{\"description\": \"<script>window.bad=1</script>\"}", "X-Reason", reason);
        try (Tab tab = site.tab()) {
            for (int width : new int[] {1400, 390}) {
                tab.viewport(width, 844);
                tab.open("/console/history");
                tab.sees("because because");
                assertThat(tab.eval("document.querySelector('tbody tr').getBoundingClientRect().height")
                                .asInt())
                        .isBetween(20, 100);
                tab.open("/console/lanes/" + name);
                tab.sees("<script>window.bad=1</script>");
                assertThat(tab.eval("document.documentElement.scrollWidth").asInt())
                        .isLessThanOrEqualTo(width);
            }
            assertThat(tab.eval("window.bad === undefined").asBoolean()).isTrue();
        }
        site.place.call("DELETE", "/v1/lanes/" + name, "");
    }

    @Test
    void theSameInChinese() {
        try (Tab tab = site.tab()) {
            tab.open("/console/");
            tab.click("nav button", "中文");
            tab.until("document.documentElement.lang === 'zh-CN' && document.querySelector('h1').innerText === '总览'");
            tab.open("/console/gateways");
            tab.until("document.querySelector('h1').innerText === '网关'");
            tab.click("nav button", "English");
            tab.until("document.querySelector('h1').innerText === 'Gateways'");
        }
    }

    @Test
    void theHandleMovesWhatTheNumberSays() {
        try (Tab tab = site.tab()) {
            tab.open("/console/shifts/default");
            tab.until("document.querySelector('[role=slider]')?.getAttribute('aria-valuenow') === '10'");
            tab.eval("document.querySelector('[role=slider]').focus()");
            tab.key("ArrowRight");
            tab.key("ArrowRight");
            tab.until("document.querySelector('input.percent').value === '12'");
            tab.until("document.querySelector('.preview .moves')?.innerText.includes('2%')");
            assertThat(site.place.call("GET", "/v1/shifts/default", "")).contains("10%");
        }
    }
}
