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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults that the reference states are those of the program: stated in a document, they change nothing. */
class DefaultsTest {

    /** A row of a table of keys whose default is code, and nothing else. */
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| .* \\| `([^`]+)` \\| .*");

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
        List<String> stated = stated("docs/reference/policy.md", "keys: " + capital(part));
        assertThat(stated).isNotEmpty();
        String all = required.isEmpty() ? String.join(", ", stated) : required + ", " + String.join(", ", stated);
        assertThat(table(part, all)).isEqualTo(table(part, required));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessLog", "timeouts", "drain", "limits", "headers", "overload", "requests"})
    void theGatewaysDefaultsAreThoseOfItsPage(String part) {
        List<String> stated = stated("docs/reference/configuration.md", "gateway: " + capital(part));
        assertThat(stated).isNotEmpty();
        assertThat(config(part + ": {" + String.join(", ", stated) + "}", "")).isEqualTo(config("", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = "paths")
    void theListenersDefaultsAreThoseOfItsPage(String part) {
        List<String> stated = stated("docs/reference/configuration.md", "gateway: " + capital(part));
        assertThat(stated).hasSizeGreaterThan(2);
        assertThat(config("", ", " + part + ": {" + String.join(", ", stated) + "}"))
                .isEqualTo(config("", ""));
    }

    /** What a table of keys has as defaults, as {@code key: value}. */
    private static List<String> stated(String page, String table) {
        return Page.of(page).table(table).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + ": " + row.group(2))
                .toList();
    }

    private static String capital(String part) {
        return part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
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
