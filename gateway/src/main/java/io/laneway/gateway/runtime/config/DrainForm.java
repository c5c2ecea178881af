package io.laneway.gateway.runtime.config;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link DrainConfig}. Confined to one thread. */
final class DrainForm {

    private final Path directory;

    DrainForm(Path directory) {
        this.directory = directory;
    }

    @Nullable
    DrainConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Duration delay = fields.duration("delay", DrainConfig.DEFAULT.delay());
        Duration idle = fields.duration("idle", DrainConfig.DEFAULT.idle());
        String handover = fields.optionalText("handover");
        return fields.build(() -> new DrainConfig(
                delay,
                idle,
                handover == null ? null : directory.resolve(handover).normalize()));
    }
}
