package io.laneway.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The specs of the custom resources have the keys of their objects in the table's JSON Schema, with types and words. */
class CustomFormsTest {

    private static final String SPEC = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";
    private static final String ENVIRONMENT = "/properties/environments/items";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode forms;

    CustomFormsTest() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/io/laneway/router/schema/table.json")) {
            forms = MAPPER.readTree(Objects.requireNonNull(in)).get("$defs");
        }
    }

    private static JsonNode spec(String file) throws IOException {
        Object yaml = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("crds", file + ".yaml")));
        return MAPPER.valueToTree(yaml).at(SPEC);
    }

    /** Without what is the control API's to say: a lane's state, the key of its links, and which slots an environment owns. */
    @ParameterizedTest
    @CsvSource({
        "lane, '', Lane, state linkKey",
        "tenantshift, '', Shift, ''",
        "tenantshift, " + ENVIRONMENT + ", Environment, slots requestSlots",
        "tenantshift, " + ENVIRONMENT + "/properties/tenants, Pins, ''"
    })
    void aSpecHasTheKeysOfItsForm(String file, String place, String form, String without) throws IOException {
        JsonNode properties = spec(file).at(place).get("properties");
        JsonNode keys = forms.get(form).get("properties");
        Set<String> names = names(keys);
        names.removeAll(Set.of(without.split(" ")));

        assertThat(names(properties)).isEqualTo(names);
        for (String name : names) {
            JsonNode key = resolved(keys.get(name));
            JsonNode property = properties.get(name);
            assertThat(property.get("type")).as(name).isEqualTo(key.get("type"));
            assertThat(property.get("enum")).as(name).isEqualTo(key.get("enum"));
            assertThat(property.get("format")).as(name).isEqualTo(key.get("format"));
        }
    }

    @Test
    void aTenantIsWhereItsFormMayHaveIt() throws IOException {
        JsonNode properties = spec("tenantshift").at("/properties/tenant/items/properties");
        Set<String> words = new TreeSet<>();
        forms.at("/TenantSource/oneOf").forEach(one -> words.addAll(names(one.get("properties"))));

        assertThat(words).hasSizeGreaterThan(3);
        assertThat(names(properties)).isEqualTo(words);
    }

    private JsonNode resolved(JsonNode key) {
        return key.has("$ref") ? forms.get(key.get("$ref").asText().substring("#/$defs/".length())) : key;
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
