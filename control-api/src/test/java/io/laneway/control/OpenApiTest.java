package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.laneway.control.OpenApiFile.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private final OpenApiFile file = OpenApiFile.read();

    @Test
    void everyOperationHasANameOfItsOwnForClients() {
        List<String> ids = file.operations().stream().map(Operation::id).toList();

        assertThat(ids).hasSizeGreaterThan(45).doesNotContain("").doesNotHaveDuplicates();
        assertThat(ids).allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    }

    @Test
    void everyBodyAndAnswerHasANamedSchemaWithKeys() {
        for (Operation operation : file.operations()) {
            for (JsonNode schema : OpenApiFile.schemas(operation)) {
                String name = schema.path("$ref").asText();
                assertThat(name).as(operation.toString()).startsWith("#/components/schemas/");
                JsonNode named = file.root().at(name.substring(1));
                assertThat(named.path("properties").size())
                        .as(operation + " " + name)
                        .isPositive();
            }
        }
    }

    @Test
    void theObjectsOfTheTableHaveTheFormOfItsPublishedSchema() throws IOException {
        JsonNode table;
        try (InputStream in = getClass().getResourceAsStream("/io/laneway/router/schema/table.json")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            table = new ObjectMapper().readTree(text.replace("#/$defs/", "#/components/schemas/"));
        }

        table.get("$defs")
                .properties()
                .forEach(one -> assertThat(file.components().get(one.getKey()))
                        .as(one.getKey())
                        .isEqualTo(one.getValue()));
        assertThat(file.components().at("/Table/properties")).isEqualTo(table.get("properties"));
    }
}
