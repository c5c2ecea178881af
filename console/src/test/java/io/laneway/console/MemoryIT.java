package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.console.browser.Tab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page that stays open takes: with {@code -Psoak} the events of many hours. */
class MemoryIT {

    private static final int EVENTS = Integer.getInteger("laneway.console.events", 2_000);

    private static final int WARM = 2_000;

    /** More than what a browser keeps of itself, which levels off; less than a row for each lane that came. */
    private static final long MOST_GROWTH = 400_000;

    /**
     * Lanes come and go, each of another name, and those that stay are busy: by the module that the page itself has, so that
     * all that listens hears of it.
     */
    private static final String EVENTS_COME = """
            import(document.querySelector('link[href$="/data/live.js"]').href).then(async ({emit}) => {
              const row = (name, requests) => ({name, slug: name.toLowerCase(), state: 'active', fallsBackTo: ['master'], requests, errors: requests %% 3,
                description: `lane ${name} `.repeat(20), services: [{service: 'cart', endpoints: 1, usable: 1, requests}]});
              for (let n = %d; n < %d; n++) {
                emit('lanes', {revision: 1, lanes: [row(`Lane-${n}`, n), row('f-1', n)], removed: [], reload: false});
                emit('traffic', {lanes: [{lane: 'f-1', requests: n, errors: 0, services: [{service: 'cart', requests: n, errors: 0}]}], services: [{service: 'cart', requests: n, errors: 0}]});
                emit('lanes', {revision: 1, lanes: [], removed: [`Lane-${n}`], reload: false});
                if (n %% 50 === 0) {
                  await new Promise((done) => requestAnimationFrame(done));
                }
              }
            })
            """;

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

    @Test
    void anHourOfEventsLeavesNothingBehind() {
        try (Tab tab = site.tab()) {
            tab.open("/console/");
            tab.until(
                    "document.querySelector('.pulse.live') && document.querySelectorAll('.leads .lead').length === 3");
            // The modules of other pages are read when nothing else is to be done.
            tab.until("performance.getEntriesByType('resource').some((one) => one.name.endsWith('/pages/tokens.js'))");
            // What the engine compiles once it is worth it is no leak.
            tab.eval(EVENTS_COME.formatted(0, WARM));
            long before = tab.heap();
            tab.eval(EVENTS_COME.formatted(WARM, WARM + EVENTS));
            tab.until("document.querySelectorAll('.leads .lead').length === 3");
            long after = tab.heap();

            assertThat(after)
                    .as("bytes after %d events (before: %d)", EVENTS, before)
                    .isLessThan(before + MOST_GROWTH);
        }
    }
}
