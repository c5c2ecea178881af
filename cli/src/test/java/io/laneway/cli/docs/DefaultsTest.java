package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults that the reference states are those of the program: stated in a document, they change nothing. */
class DefaultsTest {

    private static final Pattern DEFAULT = Pattern.compile("`((\\w+): ([^`]+))`");

    /** One of them is to be chosen; what follows them is an example. */
    private static final Set<String> NO_DEFAULTS = Set.of("path", "grpc", "tcp", "delay", "abort");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeouts | ''",
                "retries  | ''",
                "ejection | ''",
                "health   | path: /ready",
                "rate     | requests: 10, key: source",
                "mirror   | lane: f-1",
                "fault    | lane: f-1, abort: 503",
                "cors     | 'origins: [\"https://shop.example.com\"]'"
            })
    void thePolicysDefaultsAreThoseOfItsPage(String part, String required) {
        List<String> stated = stated(Page.of("docs/reference/policy.md"), part, NO_DEFAULTS);
        assertThat(stated).isNotEmpty();
        String all = required.isEmpty() ? String.join(", ", stated) : required + ", " + String.join(", ", stated);
        assertThat(table(part, all)).isEqualTo(table(part, required));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessLog", "timeouts", "drain", "limits", "headers", "overload"})
    void theGatewaysDefaultsAreThoseOfItsPage(String part) {
        List<String> stated = stated(Page.of("docs/reference/configuration.md"), part, Set.of());
        assertThat(stated).isNotEmpty();
        assertThat(config(part + ": {" + String.join(", ", stated) + "}", "")).isEqualTo(config("", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = "paths")
    void theListenersDefaultsAreThoseOfItsPage(String part) {
        List<String> stated = stated(Page.of("docs/reference/configuration.md"), part, Set.of());
        assertThat(stated).hasSizeGreaterThan(2);
        assertThat(config("", ", " + part + ": {" + String.join(", ", stated) + "}"))
                .isEqualTo(config("", ""));
    }

    /** What the row of a part has as {@code `key: value`}. */
    private static List<String> stated(Page page, String part, Set<String> besides) {
        String row = page.lines().stream()
                .filter(line -> line.startsWith("| `" + part + "` |"))
                .collect(Collectors.joining());
        return DEFAULT.matcher(row)
                .results()
                .filter(found -> !besides.contains(found.group(2)))
                .map(found -> found.group(1))
                .toList();
    }

    private static LaneTable table(String part, String keys) {
        String document =
                "lanes: [{name: f-1}]\nservices:\n  - name: order\n    policy: {" + part + ": {" + keys + "}}\n";
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(document.getBytes(StandardCharsets.UTF_8), "table", problems);
        assertThat(problems.list()).as(document).isEmpty();
        return Objects.requireNonNull(table);
    }

    private static GatewayConfig config(String part, String ofListener) {
        String document =
                "listeners: [{name: edge, address: \":8080\"" + ofListener + "}]\ntable: {file: lanes.yaml}\n" + part;
        ConfigReader.Result read =
                ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), Path.of("laneway.yaml"), Map.of());
        assertThat(read.problems()).as(document).isEmpty();
        return Objects.requireNonNull(read.config());
    }
}
