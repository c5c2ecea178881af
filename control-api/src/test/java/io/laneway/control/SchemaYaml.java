package io.laneway.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** YAML as people like to read it: what fits on a line is on a line. */
final class SchemaYaml {

    private static final int WIDTH = 120;
    private static final Pattern PLAIN = Pattern.compile("[$A-Za-z][A-Za-z0-9 _/.-]*");

    /** Words that some readers take for something else than a text. */
    private static final Set<String> NO_TEXTS = Set.of("on", "off", "yes", "no", "y", "n", "true", "false", "null");

    private SchemaYaml() {}

    /** The lines of a member. */
    static List<String> member(String key, JsonNode value, String indent) {
        List<String> lines = new ArrayList<>();
        add(lines, indent + scalar(key) + ":", value, indent);
        return lines;
    }

    /** Adds a value behind what its first line begins with; the members of a mapping and list are deeper than the indent. */
    private static void add(List<String> lines, String begin, JsonNode value, String indent) {
        String line = begin + " " + flow(value);
        boolean fits = line.length() <= WIDTH && indent.length() > 4;
        if (!value.isContainerNode() || value.isEmpty() || fits) {
            lines.add(line);
            return;
        }
        lines.add(begin);
        String deeper = indent + "  ";
        if (value.isArray()) {
            value.forEach(item -> lines.add(deeper + "- " + flow(item)));
        } else {
            value.properties()
                    .forEach(member -> add(lines, deeper + scalar(member.getKey()) + ":", member.getValue(), deeper));
        }
    }

    private static String flow(JsonNode node) {
        List<String> parts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> parts.add(flow(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                parts.add(scalar(member.getKey()) + ": " + flow(member.getValue()));
            }
            return "{" + String.join(", ", parts) + "}";
        }
        return node.isTextual() ? scalar(node.asText()) : node.toString();
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !text.endsWith(" ") && !NO_TEXTS.contains(text);
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
