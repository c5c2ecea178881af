package io.laneway.k8s.imports.shapes;

import io.laneway.k8s.imports.nginx.NginxText;
import io.laneway.k8s.imports.source.DocumentText;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that has the shape of those that are public, with requests and where they lead in its comments. Immutable.
 *
 * @param name of its file
 */
record Shape(ShapeKind kind, String name, String text) {

    /** A value of it, with the places of all that is around it. */
    record Leaf(Scalar node, List<Location> around) {

        String path() {
            return node.location().path().replaceAll("\\[[0-9]+]", "");
        }
    }

    /** Those of a kind, in the order of their names. */
    static List<Shape> of(ShapeKind kind) {
        try (Stream<Path> files = Files.list(folder(kind))) {
            return files.sorted().map(file -> read(kind, file)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(ShapeKind kind) {
        try {
            return Path.of(Objects.requireNonNull(Shape.class.getResource("/imports/" + kind.folder() + "/shapes"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Shape read(ShapeKind kind, Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return new Shape(kind, file.getFileName().toString(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines behind {@code # ask: }. */
    List<String> asks() {
        return text.lines()
                .filter(line -> line.startsWith("# ask: "))
                .map(line -> line.substring("# ask: ".length()).trim())
                .toList();
    }

    /**
     * Whether a value at this path, without the indexes of lists, changes no request in this configuration: those of its kind,
     * and those in lines behind {@code # same: }, where another value outdoes it.
     */
    boolean isHarmless(String path) {
        return kind.isHarmless(path) || text.lines().anyMatch(line -> line.startsWith("# same: " + path + " "));
    }

    /** With ports where its text has {@code @1@} for those of real servers. */
    SourceFile file() {
        return new SourceFile(name, text.replaceAll("@([0-9])@", "900$1"));
    }

    /** The same in a form that can be changed: a document or directive in each line. */
    Shape normal() {
        return new Shape(kind, name, with(roots(), node -> null));
    }

    /** The text of its documents with one node changed. */
    String with(List<Node> roots, Function<Node, @Nullable String> change) {
        if (kind == ShapeKind.NGINX) {
            return NginxText.conf(roots.get(0), change);
        }
        StringBuilder all = new StringBuilder();
        roots.forEach(root ->
                all.append("---\n").append(DocumentText.json(root, change)).append('\n'));
        return all.toString();
    }

    /** Its documents. */
    List<Node> roots() {
        if (kind == ShapeKind.NGINX) {
            return List.of(NginxText.read(file()));
        }
        List<Node> roots = new ArrayList<>();
        int line = 0;
        for (String part : text.split("(?m)^---.*$", -1)) {
            if (part.lines().anyMatch(one -> !one.isBlank() && !one.startsWith("#"))) {
                String padded = "\n".repeat(line) + part;
                roots.add(Objects.requireNonNull(Documents.parse(
                        padded.getBytes(StandardCharsets.UTF_8), name, Format.YAML, Problems.strict())));
            }
            line += (int) part.chars().filter(c -> c == '\n').count();
        }
        return roots;
    }

    /** Every value. */
    List<Leaf> leaves(List<Node> roots) {
        List<Leaf> leaves = new ArrayList<>();
        roots.forEach(root -> gather(root, List.of(), leaves));
        return leaves;
    }

    private static void gather(Node node, List<Location> around, List<Leaf> into) {
        List<Location> all = new ArrayList<>(around);
        all.add(node.location());
        if (node instanceof Mapping mapping) {
            mapping.members().values().forEach(member -> gather(member, all, into));
        } else if (node instanceof Sequence list) {
            list.items().forEach(item -> gather(item, all, into));
        } else if (node instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NULL) {
            into.add(new Leaf(scalar, all));
        }
    }

    @Override
    public String toString() {
        return kind.folder() + "/" + name;
    }
}
