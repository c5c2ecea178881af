package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.console.browser.Tab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay by hand: looked at before it begins, seen while it runs, and what differs with the requests that show it. */
class ReplaysPageIT {

    @TempDir
    private Path directory;

    @Test
    void aReplayIsStartedFollowedAndRead() throws Exception {
        try (Site site = Site.open(directory);
                Tab tab = site.tab()) {
            Place place = site.place;
            int keeper =
                    place.gateway("keeper", directory.resolve("keeper.yaml"), "data: " + directory.resolve("data"));
            place.call(
                    "PUT",
                    "/v1/recordings/carts?wait=applied&timeout=30s",
                    "{\"service\": \"cart\", \"until\": \"1h\"}");
            for (int i = 0; i < 20; i++) {
                place.request(keeper, "cart", "", "t-1", 200);
            }
            tab.open("/console/replays");
            tab.sees("Nothing was replayed by gateways.");
            tab.click("main summary", "New replay");
            tab.fill("main form input", "Recording", "carts");
            tab.fill("main form input", "Into lane", "f-1");
            tab.fill("main form input", "Rate", "20/s");
            tab.click("main form button", "Start");
            tab.until("document.querySelector('dialog.change .what')?.innerText.includes('keeper')");
            assertThat(place.call("GET", "/v1/replays", "")).contains("\"replays\":[]");
            tab.click("dialog button[type=submit]", "Replay carts into lane f-1");
            tab.until("document.querySelector('main table')?.innerText.includes('done')");

            tab.click("main table a", "carts");
            tab.sees("The lane does as base does");
            tab.sees("lane f-1 served");
            assertThat(tab.faults()).isEmpty();
        }
    }

    @Test
    void whatDiffersIsShownWithItsExamplesAndOneThatRunsIsAborted() throws Exception {
        try (Site site = Site.open(directory);
                Tab tab = site.tab()) {
            Place place = site.place;
            place.call(
                    "POST",
                    "/v1/gateways/edge-9/report",
                    "{\"version\": \"1\", \"started\": \"1\", \"questions\": [\"replay\"]}");
            String begun = place.call(
                    "POST",
                    "/v1/replays",
                    "{\"recording\": \"carts\", \"lane\": \"f-1\", \"against\": \"master\", \"gateway\": \"edge-9\"}");
            String id = begun.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
            tab.open("/console/replays");
            tab.sees("waits for its gateway");
            place.call(
                    "POST",
                    "/v1/gateways/edge-9/replays/" + id,
                    "{\"run\": \"1\", \"state\": \"running\", \"planned\": 40, \"responded\": 10}");
            tab.sees("10 of 40");
            tab.click("main table button", "Abort");
            tab.until("document.querySelector('dialog.change .what')?.innerText.includes('dryRun')");
            tab.click("dialog button[type=submit]", "Abort the replay of carts");
            tab.sees("is being aborted");
            place.call("POST", "/v1/gateways/edge-9/replays/" + id, """
                {"run": "1", "state": "aborted", "planned": 40, "responded": 12, "served": "lane f-1 served 12 of 12",
                 "report": {"form": "laneway-diff", "version": 1, "requests": 12, "uncompared": 0, "differs": true,
                  "endpoints": [{"endpoint": "cart GET /cart/{id}", "requests": 12}], "findings": [
                   {"level": "differs", "endpoint": "cart GET /cart/{id}", "path": "body.price", "facet": "number",
                    "what": "is 101, base has 100", "requests": 12, "lane": 12, "base": 0, "p": 0.0001, "examples":
                     [{"request": "r-1", "curl": "curl -i 'http://cart/cart/7'", "base1": "100", "base2": "100",
                       "lane": "101"}]}]}}
                """);
            tab.open("/console/replays/" + id);
            tab.sees("Differences: 1");
            tab.sees("is 101, base has 100");
            tab.sees("The lane is the odd one in 12 of 12; base differs from itself in 0.");
            tab.until("document.querySelector('main details a')?.getAttribute('href') === '/console/requests/r-1'");
            tab.sees("curl -i 'http://cart/cart/7'");
            for (int width : new int[] {1400, 390}) {
                tab.viewport(width, 844);
                assertThat(PagesIT.barriers(tab)).isEmpty();
                assertThat(PagesIT.wide(tab)).isEmpty();
            }
            assertThat(tab.faults()).isEmpty();
        }
    }
}
