package io.laneway.k8s.imports.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.shapes.Shape.Leaf;
import io.laneway.k8s.imports.source.DocumentText;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.router.check.TableCheck;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every value of configurations like those that are public is in the table or named: another value there changes the table
 * or the report, unless the report says that the old one was not taken, or the value is one of a short list.
 */
class EachLineTest {

    private static final int EACH = 20;
    private static final Pattern LAST_DIGIT = Pattern.compile("(?s)(.*)([0-9])([^0-9]*)");

    static Stream<Shape> shapes() {
        return Stream.of(ShapeKind.values()).flatMap(kind -> Shape.of(kind).stream());
    }

    @ParameterizedTest
    @EnumSource(ShapeKind.class)
    void thereAreTwentyOfEachKind(ShapeKind kind) {
        assertThat(Shape.of(kind)).hasSizeGreaterThanOrEqualTo(EACH);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theTableIsOne(Shape shape) {
        assertThat(TableCheck.check(read(shape).table())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyValueIsTakenOrNamed(Shape written) {
        Shape shape = written.normal();
        List<Node> roots = shape.roots();
        Imported base = read(shape);
        String before = outcome(base);
        List<String> silent = new ArrayList<>();
        for (Leaf leaf : shape.leaves(roots)) {
            boolean named = leaf.around().stream().anyMatch(place -> names(base, place));
            for (String other : others(leaf.node().text())) {
                boolean same = before.equals(changed(shape, roots, leaf, other));
                if (same && !named && !written.isHarmless(leaf.path())) {
                    silent.add(
                            leaf.node().location().path() + ": " + leaf.node().text() + " or " + other);
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    /** What no import knows is named wherever it stands. */
    @ParameterizedTest
    @MethodSource("shapes")
    void everyStrangerIsNamed(Shape written) {
        Shape shape = written.normal();
        List<Node> roots = shape.roots();
        for (Place place : places(roots)) {
            String with = shape.kind() == ShapeKind.NGINX ? "unheard_of a;\n" : stranger((Mapping) place.node());
            Imported imported = imported(shape, shape.with(roots, node -> node == place.node() ? with : null));
            if (!written.isHarmless(path(place.node()) + ".unheard_of")) {
                assertThat(imported)
                        .as(place.node().location().path())
                        .satisfies(one -> assertThat(named(one, place)).isTrue());
            }
        }
    }

    private static boolean named(@Nullable Imported imported, Place place) {
        return imported != null
                && (imported.notTaken().stream()
                                .anyMatch(line -> line.toString().contains("unheard_of"))
                        || place.around().stream().anyMatch(around -> names(imported, around)));
    }

    /** A block or mapping, with the places of all that is around it. */
    private record Place(Node node, List<Location> around) {}

    private static String stranger(Mapping place) {
        String plain = DocumentText.json(place, node -> null);
        return plain.substring(0, plain.length() - 1) + (place.members().isEmpty() ? "" : ",")
                + "\"unheard_of\":{\"a\":1}}";
    }

    private static List<Place> places(List<Node> roots) {
        List<Place> places = new ArrayList<>();
        roots.forEach(root -> places(root, List.of(), places));
        return places;
    }

    private static void places(Node node, List<Location> outer, List<Place> into) {
        List<Location> around = new ArrayList<>(outer);
        around.add(node.location());
        if (node instanceof Mapping mapping) {
            Node block = mapping.members().get("block");
            boolean directive = mapping.members().get("args") instanceof Sequence
                    && mapping.members().size() < 4
                    && mapping.location().path().matches("[^\\[]*");
            if (directive && block != null) {
                into.add(new Place(block, around));
                places(block, around, into);
            } else if (!directive) {
                into.add(new Place(mapping, around));
                mapping.members().values().forEach(member -> places(member, around, into));
            }
        } else if (node instanceof Sequence list) {
            list.items().forEach(item -> places(item, around, into));
        }
    }

    private static String path(Node node) {
        return node.location().path().replaceAll("\\[[0-9]+]", "");
    }

    /** Something that can be none, and a number or switch that can be. */
    private static List<String> others(String text) {
        List<String> others = new ArrayList<>(List.of(text + "x"));
        Matcher digit = LAST_DIGIT.matcher(text);
        if (text.equals("true") || text.equals("false")) {
            others.add(text.equals("true") ? "false" : "true");
        } else if (digit.matches()) {
            int next = (Integer.parseInt(digit.group(2)) + 1) % 10;
            others.add(digit.group(1) + next + digit.group(3));
        }
        return others;
    }

    private static boolean names(Imported imported, Location place) {
        return imported.notTaken().stream()
                .anyMatch(line -> line.line() == place.line()
                        && line.path().equals(place.path())
                        && (!line.path().isEmpty() || line.what().matches(".*has no counterpart.*|a guard.*")));
    }

    private static String changed(Shape shape, List<Node> roots, Leaf leaf, String other) {
        boolean bare = other.matches("[0-9]+|true|false") && !leaf.node().quoted();
        String json = bare || shape.kind() == ShapeKind.NGINX ? other : DocumentText.quoted(other);
        return outcome(imported(shape, shape.with(roots, node -> node == leaf.node() ? json : null)));
    }

    private static Imported read(Shape shape) {
        Problems problems = Problems.strict();
        Imported imported = shape.kind().read(shape.file(), problems);
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(imported);
    }

    private static @Nullable Imported imported(Shape shape, String text) {
        Problems problems = Problems.strict();
        try {
            return shape.kind().read(new SourceFile(shape.name(), text), problems);
        } catch (RuntimeException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String outcome(@Nullable Imported imported) {
        return imported == null
                ? "none"
                : TableWriter.yaml(imported.table())
                        + String.join("\n", lines(imported.notTaken()))
                        + String.join("\n", lines(imported.differences()))
                        + String.join("\n", lines(imported.assumptions()));
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
