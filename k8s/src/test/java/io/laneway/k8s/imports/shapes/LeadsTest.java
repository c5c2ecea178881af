package io.laneway.k8s.imports.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.source.Led;
import io.laneway.router.document.tree.Problems;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests lead where the comments of each configuration say that its own proxy leads them. */
class LeadsTest {

    static Stream<Shape> shapes() {
        return Stream.of(ShapeKind.ENVOY, ShapeKind.INGRESS, ShapeKind.ISTIO, ShapeKind.SPRING)
                .flatMap(kind -> Shape.of(kind).stream());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void requestsLeadWhereTheyDid(Shape shape) {
        assertThat(shape.asks()).as("requests of " + shape).isNotEmpty();
        Led led = new Led(Objects.requireNonNull(shape.kind().read(shape.file(), Problems.strict()))
                .table());
        for (String ask : shape.asks()) {
            String[] sides = ask.split(" -> ");
            Set<String> wanted = new TreeSet<>(Set.of(sides[1].split(", ")));
            Set<String> found = new TreeSet<>();
            led.to(sides[0]).forEach(one -> found.add(said(one, wanted)));
            assertThat(found).as(shape + ": " + ask).isEqualTo(wanted);
        }
    }

    /** With as much of path and host as is asked for. */
    private static String said(String found, Set<String> wanted) {
        if (found.matches("none|[0-9]{3}.*")) {
            return found;
        }
        int most = wanted.stream().mapToInt(one -> one.split(" ").length).max().orElse(1);
        return Stream.of(found.replace(".svc.cluster.local:", ":").split(" "))
                .limit(most)
                .collect(Collectors.joining(" "));
    }
}
