package io.laneway.gateway.runtime.config;

import io.laneway.router.document.Documents;
import io.laneway.router.document.Variables;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code laneway.yaml}, YAML or JSON: <code>${VAR}</code> replaced, unknown keys refused, every problem at once.
 * Paths in it are relative to the directory of the file. Safe for many threads.
 */
public final class ConfigReader {

    private ConfigReader() {}

    /**
     * What came of reading. Immutable.
     *
     * @param config   null exactly if there are problems
     * @param problems in document order
     * @param draft    what could be made of the document in spite of its problems, of use to checks alone: parts with problems
     *                 are left out or have their defaults. Null if that is too little, or without one of its listeners
     */
    public record Result(
            @Nullable GatewayConfig config,
            List<Problem> problems,
            @Nullable GatewayConfig draft) {

        public Result {
            problems = List.copyOf(problems);
        }

        /**
         * The configuration.
         *
         * @throws IllegalStateException if there are problems
         */
        public GatewayConfig orThrow() {
            if (config == null) {
                throw new IllegalStateException(problems.toString());
            }
            return config;
        }
    }

    /** Reads a file; one that cannot be read is a problem too. */
    public static Result read(Path file, Map<String, String> environment) {
        try {
            return read(Files.readAllBytes(file), file, environment);
        } catch (NoSuchFileException e) {
            return refused(file, "does not exist");
        } catch (IOException e) {
            return refused(file, "cannot be read: " + e.getMessage());
        }
    }

    /** Reads a document that is, or would be, in that file. */
    public static Result read(byte[] document, Path file, Map<String, String> environment) {
        Problems problems = Problems.strict();
        Node parsed = Documents.parse(document, file.toString(), problems);
        if (parsed == null) {
            return new Result(null, problems.list(), null);
        }
        Node node = Variables.replace(parsed, environment, problems);
        Path parent = file.toAbsolutePath().getParent();
        GatewayConfig config = new GatewayForm(parent == null ? file : parent, environment).read(node, problems);
        if (config != null) {
            AddressClashes.find(config, node, problems);
        }
        return new Result(problems.isEmpty() ? config : null, problems.list(), draft(config, node));
    }

    /** Where a listener is left out, places in the list of listeners are not those of the document. */
    private static @Nullable GatewayConfig draft(@Nullable GatewayConfig config, Node node) {
        boolean all = config != null
                && node.nearest("listeners") instanceof Sequence listeners
                && listeners.items().size() == config.listeners().size();
        return all ? config : null;
    }

    private static Result refused(Path file, String what) {
        return new Result(null, List.of(new Problem(file.toString(), 0, "", what, "a readable file")), null);
    }
}
