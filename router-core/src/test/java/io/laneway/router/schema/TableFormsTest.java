package io.laneway.router.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.laneway.router.codec.TableForms;
import io.laneway.router.document.form.Definition;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The published JSON Schema of the lane table is what its forms say of their keys. */
class TableFormsTest {

    private static final Path FILE = Path.of("src/main/resources/io/laneway/router/schema/table.json");
    private static final String REFERENCE = "#/$defs/";

    private static JsonNode generated() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            TableForms.schema(json);
        }
        return new ObjectMapper().readTree(text.toString());
    }

    @Test
    void theSchemaIsWhatTheFormsSay() throws IOException {
        String text = SchemaText.of(generated());
        if (Boolean.getBoolean("laneway.docs.write")) {
            Files.writeString(FILE, text);
        }
        assertThat(FILE).as("written by -Dlaneway.docs.write=true").hasContent(text);
    }

    @Test
    void everyDefinitionIsReferredToAndEveryReferenceIsDefined() throws IOException {
        Set<String> references = new HashSet<>();
        for (JsonNode reference : generated().findValues("$ref")) {
            references.add(reference.asText().substring(REFERENCE.length()));
        }
        assertThat(TableForms.definitions())
                .extracting(Definition::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(references);
    }

    @Test
    void aKeyIsOnceInItsForm() {
        for (Form<?> form : TableForms.forms()) {
            assertThat(form.keys()).extracting(Key::name).as(form.name()).doesNotHaveDuplicates();
        }
    }
}
