package io.laneway.router.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.laneway.router.codec.RandomTables;
import io.laneway.router.codec.TableForms;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.Documents;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A default that is written changes nothing, and whatever is written is valid by the published JSON Schema. */
class FormDefaultsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The least that a form takes, where that is something. */
    private static final Map<String, String> LEAST = Map.ofEntries(
            Map.entry("Lane", "{\"name\":\"a\"}"),
            Map.entry("EndpointObject", "{\"address\":\"h:1\"}"),
            Map.entry("Deployment", "{\"lane\":\"a\"}"),
            Map.entry("Service", "{\"name\":\"a\"}"),
            Map.entry("Health", "{\"path\":\"/\"}"),
            Map.entry("Rate", "{\"requests\":1,\"key\":\"lane\"}"),
            Map.entry("Mirror", "{\"lane\":\"a\"}"),
            Map.entry("Fault", "{\"lane\":\"a\",\"abort\":503}"),
            Map.entry("Cors", "{\"origins\":[\"*\"]}"),
            Map.entry("Access", "{\"public\":true}"),
            Map.entry("RoutePart", "{\"service\":\"a\"}"),
            Map.entry("RouteMirror", "{\"service\":\"a\"}"),
            Map.entry("Route", "{\"service\":\"a\"}"),
            Map.entry("Environment", "{\"lane\":\"a\",\"share\":\"1%\"}"),
            Map.entry("Shift", "{\"name\":\"a\"}"),
            Map.entry("Recording", "{\"name\":\"a\",\"until\":\"2026-12-01T00:00:00Z\"}"),
            Map.entry("Sticky", "{\"cookie\":\"a\"}"),
            Map.entry("GrpcJson", "{\"descriptors\":\"CgA=\"}"));

    private static Object read(Form<?> form, JsonNode document) {
        Problems problems = Problems.strict();
        Object read = form.read(
                Objects.requireNonNull(
                        Documents.parseJson(document.toString().getBytes(StandardCharsets.UTF_8), problems)),
                problems);
        assertThat(problems.list()).as("%s %s", form.name(), document).isEmpty();
        return read;
    }

    @Test
    void aDefaultThatIsWrittenChangesNothing() throws IOException {
        int tried = 0;
        for (Form<?> form : TableForms.forms()) {
            JsonNode least = MAPPER.readTree(LEAST.getOrDefault(form.name(), "{}"));
            Object expected = read(form, least);
            for (Key<?, ?> key : form.keys()) {
                String json = key.defaultJson();
                if (json != null && !least.has(key.name())) {
                    ObjectNode document = least.deepCopy();
                    document.set(key.name(), MAPPER.readTree(json));
                    assertThat(read(form, document))
                            .as("%s.%s: %s", form.name(), key.name(), json)
                            .isEqualTo(expected);
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(60);
    }

    @Test
    void whatIsWrittenOfAnyTableIsValid() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaSamples.read(Path.of("src/main/resources/io/laneway/router/schema/table.json")));
        for (long seed = 0; seed < 150; seed++) {
            JsonNode written = MAPPER.readTree(TableWriter.json(new RandomTables(seed).table()));
            assertThat(schema.validate(written)).as("seed %d", seed).isEmpty();
        }
    }
}
