package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.console.browser.Tab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who sees the console for the first time, with the docs closed, goes by links and words alone: which lanes there are,
 * why a request went to base, tenants moved and taken back.
 */
class NewUserIT {

    @Test
    void findsLanesLearnsWhyARequestWentToBaseAndMovesTenantsThereAndBack(@TempDir Path directory) {
        try (Site site = Site.open(directory)) {
            site.place.traffic();
            seesWhatWasAsPastThoughItsClockIsBehind(site);
            try (Tab tab = site.tab()) {
                tab.open("/console/");
                tab.sees("3 lanes");
                learnsWhy(tab);
                movesTenantsAndBack(site, tab);
                learnsWhatToPutForAHostThatTheTableDoesNotName(site, tab);
                assertThat(tab.faults()).isEmpty();
            }
        }
    }

    private static void seesWhatWasAsPastThoughItsClockIsBehind(Site site) {
        try (Tab tab = site.tab()) {
            tab.before("const real = Date.now; Date.now = () => real() - 30000;");
            tab.open("/console/history");
            tab.sees("first table");
            assertThat(tab.eval("[...document.querySelectorAll('main time')].map((el) => el.innerText).join()")
                            .asText())
                    .isEqualTo("now");
        }
    }

    private static void learnsWhy(Tab tab) {
        tab.click("main a", "f-1");
        tab.sees("What it changes");
        String fellBack = "[...document.querySelectorAll('main .numbers dd')][1].querySelector('a')";
        tab.until("Number(" + fellBack + "?.innerText) > 0");
        tab.eval(fellBack + ".click()");
        tab.until("location.pathname === '/console/tail'");
        tab.until("document.querySelectorAll('main tbody tr').length > 1");
        assertThat(tab.eval("[...document.querySelectorAll('main tbody .reason')].every((el) =>"
                                + " el.innerText.startsWith('fallback_') && el.title.includes('falls back to'))")
                        .asBoolean())
                .isTrue();
        tab.click("main button", "Hold");
        tab.eval("[...document.querySelectorAll('main tbody a')].at(-1).click()");
        tab.sees("What happened to a request");
        tab.sees("The lane asked for has no deployment of this service");
        tab.open("/console/explain?service=order&lane=f-2");
        tab.sees("no endpoint of it can be used now");
        tab.open("/console/explain?service=order&lane=slip");
        tab.sees("Look for a slip in the name");
    }

    private static void movesTenantsAndBack(Site site, Tab tab) {
        tab.click("nav a", "Shifts");
        tab.click("main a", "default");
        tab.fill("input.percent", "Tenants G0", "15");
        tab.sees("Who would move");
        tab.sees("Discard");
        tab.click("main button", "Apply");
        confirm(tab, "Change shift default");
        await().untilAsserted(() ->
                assertThat(site.place.call("GET", "/v1/shifts/default", "")).contains("\"15%\""));
        tab.click("main button", "Revert the last change");
        confirm(tab, "Undo the last change of default");
        await().untilAsserted(() ->
                assertThat(site.place.call("GET", "/v1/shifts/default", "")).contains("\"10%\""));
    }

    private static void confirm(Tab tab, String act) {
        tab.until("document.querySelector('dialog[open] button[type=submit]:not(:disabled)')");
        tab.click("dialog button[type=submit]", act);
        tab.until("!document.querySelector('dialog[open]')");
    }

    private static void learnsWhatToPutForAHostThatTheTableDoesNotName(Site site, Tab tab) {
        tab.open("/console/lanes/f-1");
        tab.sees("http://cart.test/");
        assertThat(tab.text()).doesNotContain("The table names no host");
        // the services stay: a page may be reading one of them
        String hosts = "\"hosts\"\\s*:\\s*\\[[^\\]]*],?";
        String table = site.place.call("GET", "/v1/table", "");
        assertThat(table).containsPattern(hosts);
        site.place.call("PUT", "/v1/table", table.replaceAll(hosts, ""));
        tab.sees("The table names no host of a service: put the address of your gateway in place of localhost:8080.");
    }
}
