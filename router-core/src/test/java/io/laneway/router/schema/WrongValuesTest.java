package io.laneway.router.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.schema.Places.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * At each key of a whole lane table, each kind of value that the published JSON Schema does not take there is refused with
 * what is there, where, and what was expected; so are unknown and missing keys.
 */
class WrongValuesTest {

    private static final JsonNode SCHEMA =
            SchemaSamples.read(Path.of("src/main/resources/io/laneway/router/schema/table.json"));
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int ALTERNATIVES = 5;

    /** One of each kind; numbers are below every range and above every range. */
    private static final List<JsonNode> VALUES = List.of(
            NODES.numberNode(-1),
            NODES.numberNode(99_999_999_999L),
            NODES.numberNode(1.5),
            NODES.booleanNode(true),
            NODES.textNode("no such word"),
            NODES.arrayNode(),
            NODES.objectNode());

    private record Sample(JsonNode document, Place place) {}

    /** Every place of the table once, with a document that has it. */
    private static List<Sample> samples() {
        Map<String, Sample> byPath = new LinkedHashMap<>();
        for (int i = 0; i < ALTERNATIVES; i++) {
            JsonNode document = SchemaSamples.largest(SCHEMA, i);
            Places.of(SCHEMA, document).forEach(place -> byPath.putIfAbsent(place.path(), new Sample(document, place)));
        }
        assertThat(byPath).hasSizeGreaterThan(130);
        return List.copyOf(byPath.values());
    }

    private static List<Problem> read(JsonNode document) {
        Problems problems = Problems.strict();
        TableReader.read(document.toString().getBytes(StandardCharsets.UTF_8), "t.json", problems);
        return problems.list();
    }

    private static Problem problem(String path, String what, String expected) {
        return new Problem("t.json", 1, path, what, expected);
    }

    @Test
    void aValueOfAnotherKindIsRefusedWithWhatWasExpected() {
        int tried = 0;
        for (Sample sample : samples()) {
            Place place = sample.place();
            for (JsonNode value : VALUES) {
                String expected = Expected.of(place.schema(), value);
                if (expected != null) {
                    JsonNode document = sample.document().deepCopy();
                    place.in(document).set(place.key(), value);
                    Problem plain = problem(place.path(), Expected.described(value), expected);
                    assertThat(read(document))
                            .as("%s: %s", place, value)
                            .anyMatch(found -> found.equals(plain) || isInItsOwnForm(found, plain));
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(600);
    }

    /** A text that is read further says its form in place of that it is a text, which the schema does not know. */
    private static boolean isInItsOwnForm(Problem found, Problem plain) {
        return plain.expected().equals(Expected.TEXT_IN_QUOTES)
                && !found.expected().isEmpty()
                && found.equals(problem(plain.path(), plain.what(), found.expected()));
    }

    @Test
    void aKeyThatIsNullIsAKeyThatIsAbsent() {
        for (Sample sample : samples()) {
            Place place = sample.place();
            JsonNode without = sample.document().deepCopy();
            place.in(without).remove(place.key());
            JsonNode document = sample.document().deepCopy();
            place.in(document).putNull(place.key());

            assertThat(texts(read(document))).as(place.path()).isEqualTo(texts(read(without)));
        }
    }

    private static List<String> texts(List<Problem> problems) {
        List<String> texts = new ArrayList<>();
        problems.forEach(problem -> texts.add(problem.toString()));
        return texts;
    }

    @Test
    void aRequiredKeyThatIsMissingIsNamed() {
        int tried = 0;
        for (Sample sample : samples()) {
            Place place = sample.place();
            // Why origins, and which of several keys, a rule says in its own words.
            boolean required = place.of().path("required").toString().contains("\"" + place.key() + "\"")
                    && !place.of().has("oneOf")
                    && !Set.of("origins", "ring-hash", "header", "query", "cookie", "jwtClaim", "host")
                            .contains(place.key());
            if (required) {
                JsonNode document = sample.document().deepCopy();
                place.in(document).remove(place.key());
                assertThat(read(document))
                        .as(place.path())
                        .contains(problem(place.path(), "missing", Expected.missing(place.schema())));
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(12);
    }

    @Test
    void anUnknownKeyIsRefusedWithAllKeysThatTheSchemaHasThere() {
        Set<String> tried = new TreeSet<>();
        for (Sample sample : samples()) {
            Place place = sample.place();
            if (!tried.add(place.objectPath())) {
                continue;
            }
            JsonNode document = sample.document().deepCopy();
            ObjectNode object = place.in(document);
            object.put("zzzzzzzzzzzzzzzzzzzzzzzz", 1);
            String path = place.objectPath().isEmpty() ? "" : place.objectPath() + ".";

            Problem unknown = read(document).stream()
                    .filter(one -> one.path().equals(path + "zzzzzzzzzzzzzzzzzzzzzzzz"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not refused in " + place.objectPath()));
            assertThat(unknown.what()).isEqualTo("unknown key");
            Set<String> keys = new TreeSet<>(
                    List.of(unknown.expected().replaceFirst("^one of ", "").split(", ")));
            Set<String> known = new TreeSet<>();
            place.of().get("properties").fieldNames().forEachRemaining(known::add);
            assertThat(keys).as(place.objectPath()).containsAll(known);
            if (!place.of().path("required").toString().matches("\\[\"(header|query|cookie|jwtClaim|host)\"]")) {
                assertThat(keys).as(place.objectPath()).isEqualTo(known);
            }
        }
        assertThat(tried).hasSizeGreaterThan(25);
    }
}
