package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads each broken document of the corpus; what is expected of it stands beside it. */
class BrokenTablesTest {

    @ParameterizedTest
    @MethodSource("documents")
    void reportsEveryProblemWithItsPlace(Path document) throws IOException {
        Problems problems = Problems.strict();
        String file = document.getFileName().toString();
        assertThat(TableReader.read(Files.readAllBytes(document), file, problems))
                .isNull();
        assertThat(problems.list()).extracting(Problem::toString).isEqualTo(expected(document));
    }

    private static List<String> expected(Path document) throws IOException {
        String name = document.getFileName().toString();
        return Files.readAllLines(document.resolveSibling(name.substring(0, name.indexOf('.')) + ".expected"));
    }

    static List<Path> documents() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(BrokenTablesTest.class.getResource("/codec/broken"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".expected"))
                    .sorted()
                    .toList();
        }
    }
}
