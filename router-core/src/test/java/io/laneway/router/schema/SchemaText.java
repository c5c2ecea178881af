package io.laneway.router.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON as people like to read it: what fits on a line is on a line. */
final class SchemaText {

    private static final int WIDTH = 120;

    private SchemaText() {}

    static String of(JsonNode node) {
        return text(node, "", 0) + "\n";
    }

    /** The node, whose first line begins behind {@code before} characters, and the others with the indent. */
    private static String text(JsonNode node, String indent, int before) {
        String line = line(node);
        boolean fits = !indent.isEmpty() && indent.length() + before + line.length() < WIDTH;
        if (!node.isContainerNode() || node.isEmpty() || fits) {
            return line;
        }
        String deeper = indent + "  ";
        List<String> lines = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> lines.add(deeper + text(item, deeper, 0)));
        } else {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                String key = "\"" + member.getKey() + "\": ";
                lines.add(deeper + key + text(member.getValue(), deeper, key.length()));
            }
        }
        String open = node.isArray() ? "[" : "{";
        return open + "\n" + String.join(",\n", lines) + "\n" + indent + (node.isArray() ? "]" : "}");
    }

    private static String line(JsonNode node) {
        List<String> parts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> parts.add(line(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        if (node.isObject()) {
            node.properties().forEach(member -> parts.add("\"" + member.getKey() + "\": " + line(member.getValue())));
            return "{" + String.join(", ", parts) + "}";
        }
        return node.toString();
    }
}
