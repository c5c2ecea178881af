package io.laneway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} names classes by their package; each of them exists. */
class ArchitecturePageTest {

    private static final Pattern CLASS =
            Pattern.compile("`((?:router|gateway|control|kafka)(?:\\.[a-z0-9]+)+\\.[A-Z]\\w+)");

    @Test
    void everyClassThatThePageNamesExists() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "architecture.md"));

        List<String> named =
                CLASS.matcher(page).results().map(match -> match.group(1)).toList();

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(new TreeSet<>(named))
                .allSatisfy(name -> assertThat(exists(name)).as(name).isTrue());
    }

    private static boolean exists(String name) {
        return ArchitecturePageTest.class
                        .getClassLoader()
                        .getResource("io/laneway/" + name.replace('.', '/') + ".class")
                != null;
    }
}
