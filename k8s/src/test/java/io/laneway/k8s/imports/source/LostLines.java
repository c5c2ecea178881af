package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
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
            String plain = DocumentText.json(mapping, node -> null);
            String comma = mapping.members().isEmpty() ? "" : ",";
            String with = plain.substring(0, plain.length() - 1) + comma + "\"" + STRANGER + "\":{\"a\":1}}";
            String json = DocumentText.json(document, node -> node == mapping ? with : null);
            variants.add(new LostLines(json, mapping.location().path()));
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
}
