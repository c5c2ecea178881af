package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Variants of a document, each with one member that no import knows, in one of its mappings: a report has to name it.
 * Immutable.
 *
 * @param json  the document with the member
 * @param place the path of the mapping that got it
 */
public record LostLines(String json, String place) {

    private static final String STRANGER = "x_stranger";

    /** A variant for each mapping of a document. */
    public static List<LostLines> of(Node document) {
        List<Mapping> mappings = new ArrayList<>();
        gather(document, mappings);
        List<LostLines> variants = new ArrayList<>();
        for (Mapping mapping : mappings) {
            StringBuilder json = new StringBuilder();
            write(document, mapping, json);
            variants.add(new LostLines(json.toString(), mapping.location().path()));
        }
        return variants;
    }

    /** Whether a line that is named covers the member. */
    public boolean namedBy(String path) {
        String member = place.isEmpty() ? STRANGER : place + "." + STRANGER;
        return path.isEmpty() || member.equals(path) || member.startsWith(path + ".") || member.startsWith(path + "[");
    }

    private static void gather(Node node, List<Mapping> into) {
        if (node instanceof Mapping mapping) {
            into.add(mapping);
            mapping.members().values().forEach(member -> gather(member, into));
        } else if (node instanceof Sequence list) {
            list.items().forEach(item -> gather(item, into));
        }
    }

    private static void write(Node node, Mapping with, StringBuilder json) {
        if (node instanceof Mapping mapping) {
            json.append('{');
            mapping.members().forEach((key, member) -> {
                json.append(quoted(key)).append(':');
                write(member, with, json);
                json.append(',');
            });
            if (node == with) {
                json.append(quoted(STRANGER)).append(":{\"a\":1},");
            }
            close(json, '}');
        } else if (node instanceof Sequence list) {
            json.append('[');
            list.items().forEach(item -> {
                write(item, with, json);
                json.append(',');
            });
            close(json, ']');
        } else {
            Scalar scalar = (Scalar) node;
            boolean text = scalar.kind() == Scalar.Kind.TEXT;
            json.append(text ? quoted(scalar.text()) : scalar.kind() == Scalar.Kind.NULL ? "null" : scalar.text());
        }
    }

    private static void close(StringBuilder json, char end) {
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        json.append(end);
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }
}
