package io.laneway.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.console.browser.Chromium;
import io.laneway.console.browser.Tab;
import io.laneway.router.source.MessageLanes;
import io.laneway.testkit.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A place and a browser that looks at it. */
final class Site implements AutoCloseable {

    final Place place;
    private final Chromium chromium;

    private Site(Place place, Chromium chromium) {
        this.place = place;
        this.chromium = chromium;
    }

    /** Opens both; the test is skipped where there is no browser. */
    static Site open(Path directory) {
        return open(directory, List.of());
    }

    /** The same with brokers whose message lanes are shown. */
    static Site open(Path directory, List<MessageLanes> brokers) {
        Optional<Path> program = Programs.chromium();
        assumeTrue(
                program.isPresent(),
                "skipped: no Chromium (expected: chromium on the PATH, or its path in LANEWAY_CHROMIUM)");
        Place place = new Place(directory, brokers);
        return new Site(place, Chromium.start(program.get(), directory.resolve("profile")));
    }

    Tab tab() {
        return tab(place.port());
    }

    /** A tab that reaches the API by another port. */
    Tab tab(int port) {
        return chromium.tab("http://localhost:" + port);
    }

    @Override
    public void close() {
        chromium.close();
        place.close();
    }
}
