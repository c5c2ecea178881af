package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.console.browser.Tab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of those who use the console, with mouse and keys; what they did is then asked of the API itself. */
class UsersDayIT {

    private static final Path PICTURES = Path.of("target", "pictures");

    @TempDir
    private static Path directory;

    private static Site site;

    @BeforeAll
    static void open() {
        site = Site.open(directory);
        site.place.traffic();
    }

    @AfterAll
    static void close() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    /** The dialog has looked; its reason is given and its button pressed. */
    private static void confirm(Tab tab, String act, String reason) {
        tab.until("document.querySelector('dialog[open] button[type=submit]:not(:disabled)')");
        tab.fill("dialog input", "Reason", reason);
        tab.click("dialog button[type=submit]", act);
        tab.until("!document.querySelector('dialog[open]')");
    }

    @Test
    void aDay() {
        try (Tab tab = site.tab()) {
            makesALane(tab);
            linksToTheLane(tab);
            seesItsTraffic(tab);
            shiftsTenants(tab);
            ledByAPlan(tab);
            explainsARequest(tab);
            restores(tab);
            assertThat(tab.faults()).filteredOn(fault -> !fault.contains("404")).isEmpty();
        }
    }

    private static void linksToTheLane(Tab tab) {
        tab.click("main button", "Signed link");
        confirm(tab, "Make a signed link into lane f-9", "for the demo");
        tab.sees("lane-key=f-9.");
        assertThat(site.place.call("GET", "/v1/lanes/f-9", "")).contains("linkKey");
        tab.click("main button", "Revoke all links");
        confirm(tab, "Revoke all links into lane f-9", "the demo is over");
        tab.until("!document.body.innerText.includes('lane-key=f-9.')");
        assertThat(site.place.call("GET", "/v1/lanes/f-9", "")).doesNotContain("linkKey");
    }

    private static void makesALane(Tab tab) {
        tab.open("/console/");
        tab.click("main button", "New lane");
        tab.fill("dialog input", "Name", "f-9");
        tab.fill("dialog input", "Description", "basket of the day");
        tab.click("dialog button", "Next");
        tab.sees("basket of the day");
        tab.picture(PICTURES.resolve("day-new-lane.png"));
        confirm(tab, "Make lane f-9", "a branch begins");
        tab.until("location.pathname === '/console/lanes/f-9'");
        tab.sees("No service has a deployment in this lane");
        assertThat(site.place.call("GET", "/v1/lanes/f-9", "")).contains("basket of the day");
        assertThat(site.place.call("GET", "/v1/revisions?limit=1", "")).contains("a branch begins");
    }

    /** A deployment comes from elsewhere: the page shows it, and the requests for it, without being loaded again. */
    private static void seesItsTraffic(Tab tab) {
        tab.eval("window.stays = true");
        site.place.deploy("cart", "f-9");
        tab.until("[...document.querySelectorAll('main th')].some((el) => el.innerText === 'cart')");
        for (int n = 0; n < 20; n++) {
            site.place.request(n % 2, "cart", "f-9", "tenant-1", 200);
        }
        tab.until("Number(document.querySelector('main .numbers dd a').innerText.replace(/[^0-9.]/g, '')) > 0");
        assertThat(tab.eval("window.stays").asBoolean()).isTrue();
    }

    private static void shiftsTenants(Tab tab) {
        tab.control("k");
        tab.until("document.activeElement.getAttribute('role') === 'combobox'");
        tab.type("default");
        tab.until("[...document.querySelectorAll('[role=option]')].some((el) => el.innerText.includes('default'))");
        tab.key("Enter");
        tab.until("location.pathname === '/console/shifts/default'");
        tab.fill("input.percent", "Tenants G0", "20");
        tab.sees("Who would move");
        tab.sees("10%");
        tab.viewport(1000, 620);
        tab.picture(PICTURES.resolve("readme-shift.png"));
        tab.viewport(1400, 900);
        tab.click("main button", "Apply");
        confirm(tab, "Change shift default", "the first fifth");
        await().untilAsserted(() ->
                assertThat(site.place.call("GET", "/v1/shifts/default", "")).contains("\"20%\""));
        tab.click("main button", "Revert");
        confirm(tab, "Undo the last change of default", "too early");
        await().untilAsserted(() ->
                assertThat(site.place.call("GET", "/v1/shifts/default", "")).contains("\"10%\""));
    }

    private static void ledByAPlan(Tab tab) {
        tab.click("main a", "Plan");
        tab.sees("This shift has no plan");
        tab.fill("main input", "Environment", "G0");
        tab.fill("main input", "Steps", "20% 30m, 100%");
        tab.click("main button", "Begin");
        confirm(tab, "Begin a plan for default", "step by step");
        tab.sees("step 1 of 2");
        tab.sees("next step in");
        tab.click("main button", "Abort");
        confirm(tab, "Abort the plan of default", "something is wrong");
        tab.sees("aborted");
        assertThat(site.place.call("GET", "/v1/shifts/default", "")).contains("\"0%\"");
    }

    private static void explainsARequest(Tab tab) {
        String id = site.place
                .request(0, "order", "f-2", "acme", 200)
                .headers()
                .firstValue("x-request-id")
                .orElseThrow();
        tab.open("/console/explain");
        tab.fill("main input", "Paste", "curl -H 'trace-branch: f-2' http://localhost:8080/order/17");
        tab.key("Enter");
        tab.sees("lane f-2 has the service");
        tab.fill("main input", "Paste", id);
        tab.key("Enter");
        tab.until("location.pathname.startsWith('/console/requests/')");
        tab.sees("fallback_unready");
        tab.sees("edge-1");
        tab.picture(PICTURES.resolve("day-request.png"));
    }

    private static void restores(Tab tab) {
        tab.click("nav a", "History");
        tab.sees("something is wrong");
        tab.click("main td a[href$='/1']", "1");
        tab.click("main button", "Restore this");
        tab.until("document.querySelector('dialog .columns')");
        tab.picture(PICTURES.resolve("day-restore.png"));
        confirm(tab, "Restore the table", "back to the morning");
        await().untilAsserted(() ->
                assertThat(site.place.call("GET", "/v1/lanes", "")).doesNotContain("f-9"));
    }

    /** What a colleague changes meanwhile is not overwritten: both versions are shown. */
    @Test
    void aConflictShowsBothVersions() {
        site.place.call("PUT", "/v1/lanes/both", "{\"description\": \"mine\"}");
        try (Tab tab = site.tab()) {
            tab.open("/console/lanes/both");
            tab.sees("mine");
            tab.click("main button", "Keep");
            tab.until("document.querySelector('dialog[open] button[type=submit]:not(:disabled)')");
            site.place.call("PUT", "/v1/lanes/both", "{\"description\": \"theirs\"}");
            tab.click("dialog button[type=submit]", "Keep");
            tab.sees("Nothing was done");
            tab.sees("theirs");
            tab.picture(PICTURES.resolve("day-conflict.png"));
            assertThat(site.place.call("GET", "/v1/lanes/both", "")).doesNotContain("\"keep\":true");
        }
    }

    /** Names, reasons and paths are text, whatever is in them. */
    @Test
    void hostileTextStaysText() {
        String evil = "<img src=x onerror=window.hit=1>\\\"'&{{7*7}}";
        site.place.call(
                "PUT",
                "/v1/lanes/hostile",
                "{\"description\": \"" + evil + "\"}",
                "X-Reason",
                "<script>window.hit=1</script>");
        try (Tab tab = site.tab()) {
            for (String page : new String[] {
                "/console/lanes/hostile",
                "/console/",
                "/console/history",
                "/console/history/1",
                "/console/lanes/%3Cimg%20src=x%20onerror=window.hit=1%3E",
                "/console/?q=%3Cscript%3Ewindow.hit=1%3C/script%3E"
            }) {
                tab.open(page);
                assertThat(tab.eval("window.hit === undefined && !document.querySelector('main img, main script')")
                                .asBoolean())
                        .as(page)
                        .isTrue();
            }
            tab.open("/console/lanes/hostile");
            tab.sees("<img src=x onerror=window.hit=1>");
            tab.open("/console/history");
            tab.sees("<script>window.hit=1</script>");
        }
    }
}
