package io.laneway.cli.remote;

import io.laneway.router.unit.Durations;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that calls the control API, and the call and print they share. */
public final class Remote {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--control",
            paramLabel = "URL",
            description = "the control API (default: LANEWAY_CONTROL, else that of the context, else"
                    + " http://127.0.0.1:9900)")
    private @Nullable String control;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "a context of ~/.config/laneway/config.yaml (default: LANEWAY_CONTEXT, else the current one)")
    private @Nullable String context;

    @Option(names = "--token", description = "bearer token (default: LANEWAY_TOKEN, else that of the context)")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "a file with the bearer token")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "certificates (PEM) that the control API's must chain to")
    private @Nullable Path ca;

    @Option(names = "--cert", paramLabel = "FILE", description = "client certificate (PEM), with --key")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "private key (PEM) of the client certificate")
    private @Nullable Path key;

    @Option(
            names = {"-o", "--output"},
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
            defaultValue = "table")
    private Format output;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the history")
    private @Nullable String reason;

    @Option(
            names = "--control-timeout",
            paramLabel = "TIME",
            description = "how long a call of the control API may take (default: ${DEFAULT-VALUE})",
            defaultValue = "1m")
    private String within;

    private @Nullable ControlClient client;
    private @Nullable ClientTls tls;

    private ControlClient client() {
        if (client == null) {
            Target target = target();
            client = new ControlClient(target, within(), tls(target));
        }
        return client;
    }

    private ClientTls tls(Target target) {
        if (tls == null) {
            tls = ClientTls.of(target);
        }
        return tls;
    }

    private Duration within() {
        try {
            Duration time = Durations.parse(within);
            if (time.isZero()) {
                throw wrong("--control-timeout: " + within + " (expected: > 0s)");
            }
            return time;
        } catch (IllegalArgumentException e) {
            throw wrong("--control-timeout: " + e.getMessage());
        }
    }

    /** Where calls go and who makes them. */
    private Target target() {
        if (token != null && tokenFile != null) {
            throw wrong("--token and --token-file: both given (expected: one)");
        }
        if ((certificate == null) != (key == null)) {
            throw wrong("--cert and --key: one without the other (expected: both)");
        }
        Target said = new Target(uri(), token, tokenFile, ca, certificate, key);
        return Targets.resolve(said, context, System.getenv());
    }

    private @Nullable URI uri() {
        try {
            return control == null ? null : Target.uri(control);
        } catch (IllegalArgumentException e) {
            throw wrong("--control: " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * How WebSockets to the control API are made.
     *
     * @throws CommandFailed if a file of its TLS cannot be used
     */
    public WebSocketClientOptions webSockets() {
        tls(target());
        return WebSocketTarget.options();
    }

    /** A WebSocket of a path, with who asks and why, by what the files of its credentials hold now. Blocks on the disk. */
    public WebSocketConnectOptions webSocket(String path) {
        Target target = target();
        WebSocketConnectOptions options = WebSocketTarget.connect(target, tls(target), path);
        return reason == null ? options : options.putHeader("x-reason", HeaderText.of(reason));
    }

    /** Whether the command line names a control API. */
    public boolean said() {
        return control != null || context != null;
    }

    /** Makes a call whose response becomes a new private file. */
    public void download(String method, String path, Path file) {
        client().download(method, path, reason, file);
    }

    /** Gets a document. */
    public JsonObject get(String path) {
        return (JsonObject) client().get(path);
    }

    /** Gets a document, whose response may take this long. */
    public JsonObject get(String path, Duration within) {
        return (JsonObject) client().get(path, within);
    }

    /** Gets a document with its {@code ETag}. */
    public ControlResponse read(String path) {
        return client().send("GET", path, null, null, Map.of());
    }

    /** Gets a document and prints it. */
    public void show(String path, String... columns) {
        print(client().get(path), columns);
    }

    /** Makes a call whose response the command prints itself. */
    public Object ask(String method, String path, @Nullable String body) {
        return client().call(method, path, body, reason);
    }

    /** Makes a call with further header fields and gives the whole response. */
    ControlResponse send(String method, String path, @Nullable String body, Map<String, String> headers) {
        return client().send(method, path, body, reason, headers);
    }

    /** Reads events until there are no more (true), or until the consumer wants no more (false). */
    public boolean events(String path, Predicate<EventReader.Event> more) {
        return client().events(path, ControlClient.HEAD, SilenceLimit.LONGEST, more);
    }

    /** The format that was asked for. */
    public Format format() {
        return output;
    }

    /** Prints text as it is. */
    public void println(String text) {
        spec.commandLine().getOut().println(text);
    }

    /** Prints what is not the result, such as progress, to standard error. */
    public void note(String text) {
        spec.commandLine().getErr().println(text);
    }

    /** Makes a call and prints its response. */
    public void call(String method, String path, @Nullable String body, String... columns) {
        print(client().call(method, path, body, reason), columns);
    }

    /** Prints a document in the format that was asked for. */
    public void print(Object document, String... columns) {
        spec.commandLine().getOut().println(output.show(document, columns));
    }
}
