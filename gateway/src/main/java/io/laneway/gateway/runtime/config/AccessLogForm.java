package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.AccessLogConfig.Format;
import io.laneway.gateway.runtime.config.AccessLogConfig.Target;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The document form of an {@link AccessLogConfig}. Confined to one thread. */
final class AccessLogForm {

    private final Path directory;

    AccessLogForm(Path directory) {
        this.directory = directory;
    }

    @Nullable
    AccessLogConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Format format = fields.word("format", Format.values(), ConfigForms::word, Format.TEXT);
        String path = fields.filled("path", "stdout");
        return fields.build(() -> switch (path) {
            case "stdout" -> new AccessLogConfig(format, Target.STDOUT, null);
            case "off" -> new AccessLogConfig(format, Target.OFF, null);
            case "" -> throw new IllegalArgumentException("path: '' (expected: stdout, off or a file)");
            default -> new AccessLogConfig(format, Target.FILE, directory.resolve(path));
        });
    }
}
