package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.console.browser.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each page, in both themes and on a phone: it shows what it should, nothing overlaps, and nothing keeps people out. */
class PagesIT {

    private static final Path PICTURES = Path.of("target", "pictures");

    /** Elements that lie over each other without being within each other. */
    private static final String OVERLAPS = """
            (() => { const seen = [...document.querySelectorAll('main h1, main h2, main button, main input, main select, main .numbers dd, nav a, nav button')]
                .filter((el) => el.checkVisibility() && !el.closest('.matrix') && !el.closest('.share-bar') && getComputedStyle(el).visibility === 'visible')
                .map((el) => ({el, box: el.getBoundingClientRect()}));
              const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
              const within = (box, el) => { for (let up = el.parentElement; up; up = up.parentElement) { if (getComputedStyle(up).overflowX !== 'visible') { const clip = up.getBoundingClientRect(); return box.left < clip.right && box.right > clip.left; } } return true; };
              return seen.flatMap((a, n) => seen.slice(n + 1).filter((b) => !a.el.contains(b.el) && !b.el.contains(a.el) && within(a.box, a.el) && within(b.box, b.el) && over(a.box, b.box))
                .map((b) => `${a.el.outerHTML.slice(0, 90)} over ${b.el.outerHTML.slice(0, 90)}`)); })()
            """;

    /** How one looks at a page. */
    private enum Look {
        LIGHT(1400, 900, false),
        DARK(1400, 900, true),
        PHONE(390, 844, false);

        private final int width;
        private final int height;
        private final boolean dark;

        Look(int width, int height, boolean dark) {
            this.width = width;
            this.height = height;
            this.dark = dark;
        }
    }

    @TempDir
    private static Path directory;

    private static Site site;

    /**
     * A page.
     *
     * @param shows what is to be read on it once it is whole
     */
    private record Page(String name, String address, String shows) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Page> pages() {
        return Stream.of(
                new Page("overview", "/console/", "3 lanes"),
                new Page("lane", "/console/lanes/f-1", "What it changes"),
                new Page("lane-missing", "/console/lanes/nowhere", "There is no lane nowhere."),
                new Page("shifts", "/console/shifts", "default"),
                new Page("shift", "/console/shifts/default", "Tenants"),
                new Page("plan", "/console/shifts/default/plan", "What the guard says"),
                new Page("explain", "/console/explain?service=order&lane=f-2&tenant=acme", "fallback_unready"),
                new Page("tail", "/console/tail", "fallback_absent"),
                new Page("history", "/console/history", "first table"),
                new Page("revision", "/console/history/2", "Restore this"),
                new Page("lint", "/console/lint", "What to do:"),
                new Page("gateways", "/console/gateways", "edge-2"),
                new Page("messages", "/console/messages", "control --kafka-messages"),
                new Page("recordings", "/console/recordings", "before-the-new-cart"),
                new Page("replays", "/console/replays", "Nothing was replayed by gateways."),
                new Page("replay-missing", "/console/replays/none", "replay none is not there"),
                new Page("tokens", "/console/tokens", "There is no token"),
                new Page("nowhere", "/console/no/such/page", "There is no such page"));
    }

    @BeforeAll
    static void open() {
        site = Site.open(directory);
        site.place.call(
                "PUT",
                "/v1/shifts/default/plan",
                "{\"lane\": \"G0\", \"steps\": [{\"share\": \"20%\", \"pause\": \"30m\"},"
                        + " {\"share\": \"50%\", \"pause\": \"2h\"}, \"100%\"], \"guard\": {\"errorRate\": \"1%\", \"p99\": 1.5, \"minSamples\": 10}}");
        site.place.call(
                "PUT",
                "/v1/recordings/before-the-new-cart",
                "{\"service\": \"order\", \"lane\": \"f-1\", \"path\": \"/pay\", \"share\": \"5%\", \"until\": \"1d\"}");
        site.place.traffic();
    }

    @AfterAll
    static void close() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void looksAsItShould(Page page) throws IOException {
        try (Tab tab = site.tab()) {
            tab.open(page.address());
            tab.sees(page.shows());
            tab.sees("Live");
            if (page.name().equals("overview")) {
                tab.until("[...document.querySelectorAll('.cell.own i')].some((el) => el.innerText)");
                tab.viewport(1000, 400);
                tab.picture(PICTURES.resolve("readme-overview.png"));
            }
            if (page.name().equals("plan")) {
                tab.until("document.querySelectorAll('.chart canvas').length === 6");
            }
            for (Look look : Look.values()) {
                tab.viewport(look.width, look.height);
                tab.theme(look.dark);
                tab.picture(PICTURES.resolve(page.name() + "-" + look.name().toLowerCase(Locale.ROOT) + ".png"));

                assertThat(barriers(tab)).as("%s: what keeps people out", look).isEmpty();
                assertThat(tab.eval(OVERLAPS))
                        .as("%s: what lies over each other", look)
                        .isEmpty();
                assertThat(wide(tab)).as("%s: what sticks out", look).isEmpty();
            }
            assertThat(tab.faults()).filteredOn(fault -> !fault.contains("404")).isEmpty();
        }
    }

    /** What axe finds (WCAG 2.2 A and AA, and its own good practice); nothing where it is not there. */
    static String barriers(Tab tab) throws IOException {
        String axe = System.getenv("LANEWAY_AXE");
        if (axe == null) {
            return "";
        }
        tab.eval("window.axe || (() => {" + Files.readString(Path.of(axe)) + "})(), 1");
        return tab.eval(
                        "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.flatMap((one) =>"
                                + " one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.any.concat(node.all)"
                                + ".map((why) => why.message).join('; ').slice(0, 200)}`)).slice(0, 12).join('\\n'))")
                .asText();
    }

    /** What sticks out of the page, if the page is wider than what is in sight. */
    static String wide(Tab tab) {
        return tab.eval(
                        "document.documentElement.scrollWidth <= innerWidth ? '' : [...document.querySelectorAll('body *')]"
                                + ".filter((el) => el.getBoundingClientRect().right > innerWidth).slice(0, 8)"
                                + ".map((el) => el.outerHTML.slice(0, 120)).join('\\n')")
                .asText();
    }
}
