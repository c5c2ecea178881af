package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comments in the sources say of pages is there: {@code docs/concepts/decision.md#fallback}. */
class ReferencesTest {

    private static final Pattern REFERENCE = Pattern.compile("\\bdocs/[\\w/.-]+\\.md(?:#([\\w-]+))?");
    private static final Pattern GONE = Pattern.compile("\\b(CONTRACT|DESIGN)\\b");
    private static final List<String> MODULES = List.of(
            "router-core",
            "filter-api",
            "gateway",
            "control-api",
            "console",
            "k8s",
            "kafka",
            "replay",
            "transcode",
            "redis",
            "xds",
            "spring",
            "cli",
            "benchmarks");

    @Test
    void everyPageThatSourcesNameIsThereWithItsHeading() throws IOException {
        List<String> dead = new ArrayList<>();
        int found = 0;
        for (Path source : sources()) {
            String text = Files.readString(source);
            Matcher reference = REFERENCE.matcher(text);
            while (reference.find()) {
                found++;
                if (!leadsSomewhere(reference.group().split("#", 2)[0], reference.group(1))) {
                    dead.add(source + ": " + reference.group());
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(found).isGreaterThan(20);
    }

    private static boolean leadsSomewhere(String page, @Nullable String anchor) {
        return Files.exists(Page.ROOT.resolve(page))
                && (anchor == null || Page.of(page).anchors().contains(anchor));
    }

    @Test
    void noSourceRefersToWhatIsNoPage() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path source : sources()) {
            Matcher gone = GONE.matcher(Files.readString(source));
            if (gone.find() && !source.endsWith("ReferencesTest.java")) {
                dead.add(source + ": " + gone.group());
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module).resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
