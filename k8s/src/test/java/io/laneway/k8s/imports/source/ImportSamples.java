package io.laneway.k8s.imports.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.table.Imported;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.service.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files of the tests of one import. Immutable. */
public record ImportSamples(String folder, BiFunction<SourceFile, Problems, @Nullable Imported> reader) {

    public Imported read(String name) {
        return read(new SourceFile(name, text(name)));
    }

    public Imported read(SourceFile file) {
        Problems problems = Problems.strict();
        Imported imported = reader.apply(file, problems);
        assertThat(problems.list()).isEmpty();
        return imported;
    }

    public String text(String name) {
        try (InputStream in = ImportSamples.class.getResourceAsStream("/imports/" + folder + "/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a member that no import knows into each mapping of a file: a report has to name it. */
    public void namesStrangers(String name, String except) {
        Node document = Documents.parse(text(name).getBytes(StandardCharsets.UTF_8), name, Problems.strict());
        for (LostLines variant : LostLines.of(document)) {
            if (variant.place().matches(".*\\b(" + except + ")\\b.*")) {
                continue;
            }
            Problems problems = Problems.strict();
            Imported imported = reader.apply(new SourceFile(name + ".json", variant.json()), problems);
            assertThat(imported.notTaken())
                    .as("a stranger in %s", variant.place())
                    .anyMatch(line -> variant.namedBy(line.path()));
        }
    }

    /** The endpoints of a deployment with their weights. */
    public String endpoints(Deployment deployment) {
        return deployment.ports().get(0).endpoints().stream()
                .map(endpoint -> endpoint.address() + "*" + endpoint.weight())
                .collect(Collectors.joining(" "));
    }
}
