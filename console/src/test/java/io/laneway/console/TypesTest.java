package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The types that the modules say in JSDoc hold, by the TypeScript compiler. */
class TypesTest {

    @TempDir
    private Path directory;

    @Test
    void theTypesOfAllModulesHold() throws Exception {
        String compiler = System.getenv().getOrDefault("LANEWAY_TSC", "tsc");
        assumeTrue(
                Programs.has(compiler),
                "skipped: no TypeScript compiler (expected: tsc on the PATH, or its path in LANEWAY_TSC)");
        // Types of the libraries lie where the libraries do, and these are not compiled themselves.
        copy(Path.of("src", "main", "resources", "io", "laneway", "console", "app"), directory.resolve("app"));
        copy(Path.of("src", "test", "types"), directory);
        Programs.Ended ended = Programs.run(directory, List.of(compiler, "-p", "."));

        assertThat(ended.exit()).as(ended.output()).isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
        }
    }
}
