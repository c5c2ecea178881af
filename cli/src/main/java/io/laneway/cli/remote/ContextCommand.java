package io.laneway.cli.remote;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway context list|use|set|delete}: the control APIs that a person works with, by name. */
@Command(
        name = "context",
        description = "Names control APIs in ~/.config/laneway/config.yaml, and chooses the one that commands are for.",
        mixinStandardHelpOptions = true)
public final class ContextCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }

    @Command(name = "list", description = "Lists them; * marks the current one.", mixinStandardHelpOptions = true)
    void list() {
        Contexts contexts = load();
        contexts.contexts().keySet().stream()
                .sorted()
                .forEach(name -> spec.commandLine()
                        .getOut()
                        .println((name.equals(contexts.current()) ? "* " : "  ") + name + "  "
                                + contexts.control(name)));
    }

    @Command(name = "use", description = "Makes one the current one.", mixinStandardHelpOptions = true)
    void use(@Parameters(paramLabel = "NAME") String name) {
        ContextsWriter.write(load().using(name));
    }

    @Command(name = "delete", description = "Takes one away.", mixinStandardHelpOptions = true)
    void delete(@Parameters(paramLabel = "NAME") String name) {
        ContextsWriter.write(load().without(name));
    }

    @Command(name = "set", description = "Adds one, or replaces it.", mixinStandardHelpOptions = true)
    void set(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--control", paramLabel = "URL", required = true, description = "the control API")
                    String control,
            @Option(names = "--token", description = "bearer token, kept in the file") @Nullable String token,
            @Option(names = "--token-file", paramLabel = "FILE", description = "a file with the bearer token") @Nullable
                    Path tokenFile,
            @Option(names = "--ca", paramLabel = "FILE", description = "certificates (PEM) to trust") @Nullable Path ca,
            @Option(names = "--cert", paramLabel = "FILE", description = "client certificate (PEM)") @Nullable
                    Path certificate,
            @Option(names = "--key", paramLabel = "FILE", description = "its private key (PEM)") @Nullable Path key) {
        ContextsWriter.write(load().with(
                        name,
                        new Target(uri(control), token, whole(tokenFile), whole(ca), whole(certificate), whole(key))));
    }

    private URI uri(String control) {
        try {
            return Target.uri(control);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--control: " + e.getMessage(), e);
        }
    }

    private static @Nullable Path whole(@Nullable Path file) {
        return file == null ? null : file.toAbsolutePath();
    }

    private static Contexts load() {
        return Contexts.load(Contexts.file(System.getenv()));
    }
}
