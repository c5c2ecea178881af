package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.testkit.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages reckon, without a browser: the tests in {@code src/test/js}, by node's own runner. */
class LogicTest {

    @Test
    void theModulesReckonAsTheyShould() throws Exception {
        assumeTrue(Programs.has("node"), "skipped: no node (expected: node 20 or newer on the PATH)");
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> files = Files.list(Path.of("src", "test", "js"))) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .forEach(command::add);
        }
        Programs.Ended ended = Programs.run(Path.of("."), command);

        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("# fail 0").doesNotContain("# tests 0\n");
    }
}
