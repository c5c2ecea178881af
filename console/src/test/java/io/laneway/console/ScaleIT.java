package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.console.browser.Chromium;
import io.laneway.console.browser.Tab;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.testkit.Crowd;
import io.laneway.testkit.Programs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The overview of a large installation: with {@code -Psoak} 6 000 lanes × 800 services, 30 000 deployments. */
class ScaleIT {

    private static final Logger log = LoggerFactory.getLogger(ScaleIT.class);
    private static final int LANES = Integer.getInteger("laneway.console.lanes", 1000);
    private static final int SERVICES = Integer.getInteger("laneway.console.services", 200);
    private static final int OWN = 5;
    private static final Duration PAINT = Duration.ofMillis(300);

    /** More pages than a browser opens connections to one server: what each is left with is given back. */
    private static final int ROUNDS = 9;

    /** Whether the time to paint is looked at: where nothing else runs. */
    private static final boolean TIMED = Boolean.getBoolean("laneway.console.timed");

    private static final int MOST_ROWS = 60;
    private static final int MOST_ELEMENTS = 900;

    /** Notes when the first lane is there to be seen. */
    private static final String WATCH = """
            new MutationObserver((all, watch) => { if (document.querySelector('.field-of-rows .cell')) { watch.disconnect();
              requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); })); } })
              .observe(document, {childList: true, subtree: true});
            """;

    /** Each of them costs the server what the first one does, and the browser one of its few connections. */
    private static final String ASKED = """
            performance.getEntriesByType('resource').filter((one) => one.name.includes('/v1/overview') && one.startTime < window.painted).length
            """;

    /** Scrolls for sixty frames, and says how long each took. */
    private static final String SCROLL = """
            new Promise((done) => { const box = document.querySelector('.matrix'); const took = []; let last = 0;
              const step = (now) => { if (last) took.push(now - last); last = now; box.scrollTop += 90; box.scrollLeft += 30;
                took.length < 60 ? requestAnimationFrame(step) : done(took.filter((ms) => ms > 25).length); };
              requestAnimationFrame(step); })
            """;

    @TempDir
    private Path directory;

    private static String table() {
        List<StringBuilder> deployments = IntStream.range(0, SERVICES)
                .mapToObj(n -> new StringBuilder("{\"lane\": \"master\", \"endpoints\": [\"10.0.0.1:80\"]}"))
                .toList();
        for (int lane = 0; lane < LANES; lane++) {
            for (int n = 0; n < OWN; n++) {
                deployments
                        .get((lane * 7 + n * 31) % SERVICES)
                        .append(", {\"lane\": \"f-%05d\", \"endpoints\": [\"10.1.0.1:80\"]}".formatted(lane));
            }
        }
        String lanes = IntStream.range(0, LANES)
                .mapToObj("{\"name\": \"f-%05d\"}"::formatted)
                .collect(Collectors.joining(", "));
        String services = IntStream.range(0, SERVICES)
                .mapToObj(n -> "{\"name\": \"service-%03d\", \"deployments\": [%s]}".formatted(n, deployments.get(n)))
                .collect(Collectors.joining(", "));
        return "{\"lanes\": [" + lanes + "], \"services\": [" + services + "]}";
    }

    @Test
    void theOverviewIsQuickAndSmallWhateverItsSize() throws Exception {
        Assumptions.assumeTrue(Programs.chromium().isPresent(), "skipped: no Chromium");
        try (ControlApi control = ControlApi.start(ControlConfig.in(directory.resolve("control"), 0));
                Chromium chromium = Chromium.start(Programs.chromium().orElseThrow(), directory.resolve("profile"));
                Tab tab = chromium.tab("http://localhost:" + control.port())) {
            HttpRequest put = HttpRequest.newBuilder(URI.create(control.url() + "/v1/table"))
                    .PUT(HttpRequest.BodyPublishers.ofString(table()))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(put, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            tab.before(WATCH);
            List<Double> paints = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                tab.open("/console/?n=" + round);
                tab.until("window.painted");
                paints.add(tab.eval("window.painted").asDouble());
            }
            assertThat(tab.eval(ASKED).asInt())
                    .as("overviews that are asked for before the first paint")
                    .isEqualTo(1);
            double median =
                    paints.subList(1, paints.size()).stream().sorted().toList().get(ROUNDS / 2);
            int slow = tab.eval(SCROLL).asInt();
            log.atWarn()
                    .addKeyValue("median", median)
                    .addKeyValue("slowFrames", slow)
                    .log("overview painted");

            if (TIMED) {
                assertThat(median).isLessThan((double) Crowd.allows(PAINT).toMillis());
            }
            tab.eval("document.querySelector('.matrix').scrollTo(1e9, 1e9)");
            tab.until("[...document.querySelectorAll('.lead a')].some((el) => el.innerText === 'f-%05d')"
                    .formatted(LANES - 1));
            tab.until("document.querySelectorAll('.col').length > 3");
            assertThat(tab.eval("document.querySelectorAll('.leads .lead').length")
                            .asInt())
                    .isBetween(20, MOST_ROWS);
            assertThat(tab.eval("document.querySelectorAll('.matrix *').length").asInt())
                    .isLessThan(MOST_ELEMENTS);
            tab.picture(Path.of("target", "pictures", "scale.png"));
        }
    }
}
