package io.laneway.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI file as the tests look at it. Immutable. */
record OpenApiFile(JsonNode root) {

    static final Path PATH = Path.of("src/main/resources/openapi.yaml");

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    /** An operation with its place. */
    record Operation(String method, String path, JsonNode node) {
        String id() {
            return node.path("operationId").asText();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static OpenApiFile read() {
        try {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(PATH));
            return new OpenApiFile(new ObjectMapper().valueToTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(one -> {
                    if (METHODS.contains(one.getKey())) {
                        all.add(new Operation(one.getKey(), path.getKey(), one.getValue()));
                    }
                }));
        return all;
    }

    /** The schemas of JSON bodies and answers of an operation. */
    static List<JsonNode> schemas(Operation operation) {
        List<JsonNode> schemas = new ArrayList<>();
        schemas.add(operation.node().at("/requestBody/content/application~1json/schema"));
        operation
                .node()
                .get("responses")
                .forEach(response -> schemas.add(response.at("/content/application~1json/schema")));
        schemas.removeIf(JsonNode::isMissingNode);
        return schemas;
    }

    JsonNode components() {
        return root.at("/components/schemas");
    }

    /** A schema of the file, ready to validate with. */
    JsonSchema schema(JsonNode reference) {
        ObjectNode whole = new ObjectMapper().createObjectNode();
        whole.setAll((ObjectNode) reference.deepCopy());
        whole.set("components", root.get("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
    }
}
