package io.laneway.k8s.imports.source;

import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file that is imported. Immutable. */
public record SourceFile(String name, String text) {

    /** Its documents; those of YAML are divided by lines of {@code ---}. Lines are counted from the file's beginning. */
    public List<Tracked> documents(Problems problems) {
        List<Tracked> documents = new ArrayList<>();
        if (name.endsWith(".json") || text.stripLeading().startsWith("{")) {
            add(text, Format.JSON, documents, problems);
            return documents;
        }
        StringBuilder part = new StringBuilder();
        int line = 0;
        for (String one : text.split("\n", -1)) {
            if (one.startsWith("---")) {
                addYaml(part, documents, problems);
                part.setLength(0);
                part.append("\n".repeat(line)).append(one.substring("---".length()));
            } else {
                part.append(one);
            }
            part.append('\n');
            line++;
        }
        addYaml(part, documents, problems);
        return documents;
    }

    private void addYaml(StringBuilder part, List<Tracked> into, Problems problems) {
        boolean says = part.toString().lines().anyMatch(one -> !one.isBlank() && !one.startsWith("#"));
        if (says) {
            add(part.toString(), Format.YAML, into, problems);
        }
    }

    private void add(String document, Format format, List<Tracked> into, Problems problems) {
        Node node = Documents.parse(document.getBytes(StandardCharsets.UTF_8), name, format, problems);
        if (node != null) {
            into.add(Tracked.root(node));
        }
    }
}
