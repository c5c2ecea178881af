package io.laneway.router.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laneway.router.codec.TableForms;
import io.laneway.router.document.form.Form;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the forms say of their keys is what the published JSON Schema says: types, ranges, defaults, meanings. */
class TableFormsTest {

    private static final JsonNode DEFINITIONS = SchemaSamples.read(
                    Path.of("src/main/resources/io/laneway/router/schema/table.json"))
            .get("$defs");

    static Iterable<String> names() {
        return TableForms.definitions().keySet();
    }

    private static JsonNode generated(Form<?> form) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            form.schema(json);
        }
        return new ObjectMapper().readTree(text.toString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSchemaOfAFormIsThePublishedOne(String name) throws IOException {
        ObjectNode published = DEFINITIONS.get(name).deepCopy();
        // Of several keys at once: the record refuses one without the other, and no single key can say so.
        published.remove("dependentRequired");

        assertThat(generated(TableForms.definitions().get(name))).isEqualTo(published);
    }

    @Test
    void theFormsAreThoseOfLanesEndpointsAndPolicies() {
        assertThat(names()).containsExactly("EndpointObject", "Lane", "Limits", "Mirror", "Timeouts", "UpstreamTls");
    }
}
