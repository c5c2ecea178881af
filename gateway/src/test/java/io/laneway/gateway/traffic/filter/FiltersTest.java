package io.laneway.gateway.traffic.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters from jars, and what is said of those that cannot be had. */
class FiltersTest {

    @TempDir
    private Path dir;

    private Path jars;

    @BeforeEach
    void makeDirectory() throws IOException {
        jars = Files.createDirectory(dir.resolve("filters"));
    }

    private GatewayConfig config(String filters) {
        String yaml = "table: {file: lanes.yaml}\nfilters: {path: filters}\n"
                + "listeners:\n  - {name: plain, address: \":1\"}\n  - name: edge\n    address: \":2\"\n    filters:\n"
                + filters.indent(6);
        return ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8), dir.resolve("laneway.yaml"), Map.of())
                .orThrow();
    }

    private String refusal(String filters) {
        FilterProblems problems = catchThrowableOfType(
                FilterProblems.class, () -> Filters.open(config(filters)).close());
        assertThat(problems).as("refused").isNotNull();
        return problems.getMessage().replace(dir.toString(), "DIR");
    }

    @Test
    void jarsAreFoundAndEachHasClassesOfItsOwn() throws Exception {
        FilterJar.write(jars.resolve("one.jar"), "one", "1");
        FilterJar.write(Files.createDirectory(jars.resolve("two")).resolve("two.jar"), "two", "2");
        try (Filters filters =
                Filters.open(config("- {filter: one}\n- {filter: two}\n- {filter: two, name: again}\n"))) {
            assertThat(filters.of("plain")).isNull();
            assertThat(filters.of("edge").list())
                    .extracting(ListenerFilter::name)
                    .containsExactly("one", "two", "again");
            assertThat(filters.of("edge").list())
                    .extracting(each -> each.filter().toString())
                    .containsExactly(
                            "1 io.netty.buffer.ByteBuf is hidden",
                            "2 io.netty.buffer.ByteBuf is hidden",
                            "2 io.netty.buffer.ByteBuf is hidden");
        }
    }

    @Test
    void whatIsWrongNamesFileLineAndKeyAllAtOnce() throws Exception {
        FilterJar.write(jars.resolve("one.jar"), "one", "1");
        assertThat(refusal("""
                        - {filter: none}
                        - {filter: one, settings: {odd: 1}}
                        - {filter: given}
                        - {filter: given, name: b, settings: {key: [1]}}
                        - {filter: given, name: c, settings: {key: none}}
                        """)).isEqualTo("""
                        DIR/laneway.yaml:8: listeners[1].filters[0].filter: 'none' (expected: one of given, one)
                        DIR/laneway.yaml:9: listeners[1].filters[1].settings.odd: unknown key (expected: header)
                        DIR/laneway.yaml:10: listeners[1].filters[2].settings.key: missing (expected: a text)
                        DIR/laneway.yaml:11: listeners[1].filters[3].settings.key: a list (expected: a text)
                        DIR/laneway.yaml:12: listeners[1].filters[4].settings.key: 'none' (expected: one that a test gave)""".strip());
    }

    @Test
    void aJarThatIsNoneOrHoldsNoFilterIsNamed() throws Exception {
        Files.writeString(jars.resolve("broken.jar"), "no zip");
        FilterJar.write(jars.resolve("twin.jar"), "given", "1");
        FilterJar.empty(jars.resolve("library.jar"));
        FilterJar.naming(jars.resolve("gone.jar"), "no.such.Factory");
        assertThat(refusal("- {filter: given, settings: {key: " + GivenFilters.add(request -> null) + "}}\n"))
                .contains(
                        "DIR/filters/broken.jar: cannot be read: ",
                        "DIR/filters/twin.jar: filters of kind given, as in the class path (expected: one place for",
                        "DIR/filters/library.jar: no filter in it (expected: META-INF/services/io.laneway.filter.Fi",
                        "DIR/filters/gone.jar: cannot be loaded: ");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamedButOnlyWhereFiltersAreUsed() throws Exception {
        Files.delete(jars);
        assertThat(refusal("- {filter: given, settings: {key: " + GivenFilters.add(request -> null) + "}}\n"))
                .isEqualTo("filters.path: DIR/filters is not there (expected: a directory of jars)");
        Filters.open(config("[]")).close();
    }

    @Test
    void twoOfOneNameAndWhatIsOutOfRangeIsRefusedByTheReader() {
        String yaml = "table: {file: lanes.yaml}\nlisteners: [{name: e, address: \":2\", filters: [%s]}]\n";
        Map<String, String> wrong = Map.of(
                "{filter: a}, {filter: a}", "filters: two named a (expected: a name for each)",
                "{filter: a, timeout: 0s}", "filters[0].timeout: 0ms (expected: 1ms to 300s)",
                "{filter: a, failure: open}", "filters[0].failure: 'open' (expected: one of deny, allow)",
                "{filter: a, paths: [x]}", "filters[0].paths: x (expected: paths such as /orders)",
                "{filter: \"a b\"}", "filters[0].filter: a b (expected: up to 64",
                "{filter: a, config: {}}", "filters[0].config: unknown key",
                "{name: a}", "filters[0].filter: missing");
        wrong.forEach((filters, problem) -> assertThat(ConfigReader.read(
                                yaml.formatted(filters).getBytes(StandardCharsets.UTF_8), Path.of("l.yaml"), Map.of())
                        .problems()
                        .toString())
                .contains(problem));
    }
}
