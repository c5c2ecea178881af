package io.laneway.cli.remote;

import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The control APIs that a person works with, by names of their own. Immutable.
 *
 * <pre>
 * current: staging
 * contexts:
 *   staging: {control: "https://laneway.staging.example.com:9900", tokenFile: staging.token}
 * </pre>
 *
 * @param file    where they are kept
 * @param current the one that commands are for unless they name another; null for none
 */
record Contexts(Path file, @Nullable String current, Map<String, Target> contexts) {

    Contexts {
        contexts = Map.copyOf(contexts);
    }

    /** {@code $XDG_CONFIG_HOME/laneway/config.yaml}, by default below {@code ~/.config}. */
    static Path file(Map<String, String> environment) {
        String home = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = home.isBlank()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
                : Path.of(home);
        return base.resolve("laneway").resolve("config.yaml");
    }

    /**
     * Reads the file; without one there are no contexts.
     *
     * @throws CommandFailed if it cannot be read or holds what it should not, each problem on a line
     */
    static Contexts load(Path file) {
        if (!Files.exists(file)) {
            return new Contexts(file, null, Map.of());
        }
        Problems problems = Problems.strict();
        try {
            Node node = Documents.parse(Files.readAllBytes(file), file.toString(), problems);
            Contexts read = node == null ? null : read(file, node, problems);
            if (read != null && problems.isEmpty()) {
                return read;
            }
        } catch (IOException e) {
            throw new CommandFailed(file + ": cannot be read (expected: a readable file)");
        }
        throw new CommandFailed(problems.list().stream().map(Object::toString).collect(Collectors.joining("\n")));
    }

    private static @Nullable Contexts read(Path file, Node node, Problems problems) {
        Path directory = file.toAbsolutePath().getParent();
        Fields fields = Fields.of(node, problems);
        String current = fields.optionalText("current");
        Map<String, Target> contexts =
                fields.map("contexts", (each, found) -> target(directory == null ? file : directory, each, found));
        return fields.build(() -> new Contexts(file, current, contexts));
    }

    private static @Nullable Target target(Path directory, Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String control = fields.text("control");
        String token = fields.optionalText("token");
        String tokenFile = fields.optionalText("tokenFile");
        String ca = fields.optionalText("ca");
        String certificate = fields.optionalText("cert");
        String key = fields.optionalText("key");
        return fields.build(() -> new Target(
                Target.uri(control),
                token,
                path(directory, tokenFile),
                path(directory, ca),
                path(directory, certificate),
                path(directory, key)));
    }

    private static @Nullable Path path(Path directory, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.startsWith("~/")
                ? Path.of(System.getProperty("user.home")).resolve(text.substring(2))
                : directory.resolve(text);
    }

    /**
     * A context by its name.
     *
     * @throws CommandFailed if there is none of that name
     */
    Target named(String name) {
        Target target = contexts.get(name);
        if (target == null) {
            String known = contexts.isEmpty() ? "one of " + file : String.join(", ", contexts.keySet());
            throw new CommandFailed("context " + name + ": unknown (expected: " + known + ")");
        }
        return target;
    }

    /** The current context, or one that says nothing. */
    Target currentOrNone() {
        return current == null ? Target.NONE : named(current);
    }

    /** The same with another current one. */
    Contexts using(String name) {
        named(name);
        return new Contexts(file, name, contexts);
    }

    /** The same with one more, or another of that name; the first one becomes the current one. */
    Contexts with(String name, Target target) {
        Map<String, Target> more = new LinkedHashMap<>(contexts);
        more.put(name, target);
        return new Contexts(file, current == null ? name : current, more);
    }

    /** The same without one. */
    Contexts without(String name) {
        named(name);
        Map<String, Target> fewer = new LinkedHashMap<>(contexts);
        fewer.remove(name);
        return new Contexts(file, name.equals(current) ? null : current, fewer);
    }

    /** Where a context's control API is. */
    URI control(String name) {
        URI control = named(name).control();
        return control == null ? Target.DEFAULT : control;
    }
}
