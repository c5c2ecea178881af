package io.laneway.gateway.runtime.config;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document form of {@link ErrorPagesConfig}. Confined to one thread. */
final class ErrorPagesForm {

    private final Path directory;

    ErrorPagesForm(Path directory) {
        this.directory = directory;
    }

    @Nullable
    ErrorPagesConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Map<String, Path> common = fields.map("default", this::file);
        Map<String, Map<String, Path>> services = fields.map("services", this::files);
        return fields.build(() -> new ErrorPagesConfig(common, services));
    }

    private @Nullable Map<String, Path> files(Node node, Problems problems) {
        return Values.map(node, this::file, problems);
    }

    private @Nullable Path file(Node node, Problems problems) {
        return Values.parsed(node, text -> directory.resolve(text).normalize(), problems);
    }
}
