package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The objects of a table are in the OpenAPI file as its published JSON Schema has them, and as calls put and get them. */
class TableComponentsTest {

    private static final String BEGIN = "    # Of schema/table.json, written by -Dlaneway.docs.write=true.\n";
    private static final String END = "    # Written by hand from here.\n";

    private final Map<String, ObjectNode> components = new LinkedHashMap<>();

    @BeforeEach
    void collect() throws IOException {
        ObjectNode table = (ObjectNode) table();
        table.get("$defs").properties().forEach(one -> components.put(one.getKey(), (ObjectNode) one.getValue()));
        table.remove(List.of("$schema", "$id", "title", "$defs"));
        components.put("Table", table);

        wish(
                "Lane",
                "A lane as it is put: the name may be left out, and ttl says how long it lives after its last use");
        properties("LaneWish").putObject("ttl").put("$ref", "#/components/schemas/Duration");
        wish("Service", "");
        wish("Deployment", "");
        wish(
                "Shift",
                "tenant, enabled and the tenants and requests of a named environment keep their value where they are"
                        + " left out");
        recording();
        view();
        components.put("Bundle", table.deepCopy());
        properties("Bundle").putObject("delete").put("$ref", "#/components/schemas/Delete");
    }

    private static JsonNode table() throws IOException {
        try (InputStream in = TableComponentsTest.class.getResourceAsStream("/io/laneway/router/schema/table.json")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return new ObjectMapper().readTree(text.replace("#/$defs/", "#/components/schemas/"));
        }
    }

    /** An object as a call puts it: what names it is in the URL, and may be left out. */
    private void wish(String name, String description) {
        ObjectNode whole = components.get(name).deepCopy();
        whole.remove(List.of("description", "required"));
        ObjectNode wish = whole.objectNode();
        if (!description.isEmpty()) {
            wish.put("description", description);
        }
        wish.setAll(whole);
        components.put(name + "Wish", wish);
    }

    /** A recording as calls put and get it. */
    private void recording() {
        wish("Recording", "A recording as it is put: the name may be left out, and it begins now");
        components.get("RecordingWish").putArray("required").add("until");
        properties("RecordingWish").remove("from");
        properties("RecordingWish")
                .putObject("until")
                .put("type", "string")
                .put("description", "How long from now on, such as 1h, or a time at which it ends by itself");
        ObjectNode seen = components.get("Recording").deepCopy();
        seen.remove("additionalProperties");
        components.put("RecordingView", seen);
        properties("RecordingView")
                .putObject("state")
                .put("type", "string")
                .putArray("enum")
                .add("waiting")
                .add("running")
                .add("ended");
        properties("RecordingView").putObject("counts").put("$ref", "#/components/schemas/RecordingCounts");
        properties("RecordingView")
                .putObject("gateways")
                .put("type", "array")
                .put("description", "What each gateway counted; where one recording is read")
                .putObject("items")
                .put("$ref", "#/components/schemas/GatewayRecording");
    }

    /** A lane as calls get it. */
    private void view() {
        ObjectNode view = components.get("Lane").deepCopy();
        view.remove(List.of("description", "additionalProperties"));
        components.put("LaneView", view);
        ObjectNode joins = properties("LaneView").putObject("joins").put("type", "array");
        joins.putObject("items").put("$ref", "#/components/schemas/Join");
        joins.put("description", "Machines that serve it; of one lane alone");
        properties("LaneView").putObject("lastUsed").put("type", "string").put("format", "date-time");
    }

    private ObjectNode properties(String name) {
        return (ObjectNode) components.get(name).get("properties");
    }

    private String section() {
        List<String> lines = new ArrayList<>();
        components.forEach((name, schema) -> lines.addAll(SchemaYaml.member(name, schema, "    ")));
        return BEGIN + String.join("\n", lines) + "\n" + END;
    }

    @Test
    void theFileHasTheObjectsOfTheTableAsItsSchemaHasThem() throws IOException {
        String text = Files.readString(OpenApiFile.PATH);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END) + END.length();
        assertThat(begin).isPositive().isLessThan(end);
        String wanted = text.substring(0, begin) + section() + text.substring(end);
        if (Boolean.getBoolean("laneway.docs.write")) {
            Files.writeString(OpenApiFile.PATH, wanted);
        }
        assertThat(OpenApiFile.PATH).as("written by -Dlaneway.docs.write=true").hasContent(wanted);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameSchemas() {
        OpenApiFile file = OpenApiFile.read();
        components.forEach((name, schema) ->
                assertThat(file.components().get(name)).as(name).isEqualTo(schema));
    }
}
