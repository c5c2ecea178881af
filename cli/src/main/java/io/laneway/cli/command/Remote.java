package io.laneway.cli.command;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that calls the control API, and the call and print they share. */
final class Remote {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--control",
            paramLabel = "URL",
            description = "the control API (default: LANEWAY_CONTROL, else http://127.0.0.1:9900)",
            defaultValue = "${env:LANEWAY_CONTROL:-http://127.0.0.1:9900}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private URI control;

    @Option(
            names = "--token",
            description = "bearer token (default: LANEWAY_TOKEN)",
            defaultValue = "${env:LANEWAY_TOKEN:-}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private String token;

    @Option(
            names = {"-o", "--output"},
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
            defaultValue = "table")
    private Format output;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the history")
    private @Nullable String reason;

    private ControlClient client() {
        return new ControlClient(control, token);
    }

    /** Gets a document and prints it. */
    void show(String path, String... columns) {
        print(client().get(path), columns);
    }

    /** Makes a call whose answer the command prints itself. */
    Object ask(String method, String path, @Nullable String body) {
        return client().call(method, path, body, reason);
    }

    /** The format that was asked for. */
    Format format() {
        return output;
    }

    /** Prints text as it is. */
    void println(String text) {
        spec.commandLine().getOut().println(text);
    }

    /** Makes a call and prints its answer. */
    void call(String method, String path, @Nullable String body, String... columns) {
        print(client().call(method, path, body, reason), columns);
    }

    /** Prints a document in the format that was asked for. */
    void print(Object document, String... columns) {
        spec.commandLine().getOut().println(output.show(document, columns));
    }
}
