package io.laneway.cli.remote;

import io.laneway.router.unit.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that changes something, the call, and what it prints. */
public final class Change {

    private static final String DEFAULT_WAIT = "30s";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private Remote remote;

    @Option(names = "--dry-run", description = "show what would change, change nothing")
    private boolean dryRun;

    @Option(
            names = "--wait",
            arity = "0..1",
            paramLabel = "TIME",
            preprocessor = Attached.class,
            description =
                    "return when every gateway connected in the last 5 minutes has it, and fail after TIME (30s if none is"
                            + " said)")
    private @Nullable String wait;

    @Option(names = "--if-match", paramLabel = "ETAG", description = "only if the object is still the one of this ETag")
    private @Nullable String ifMatch;

    @Option(names = "--idempotency-key", paramLabel = "KEY", description = "do a call that is repeated with KEY once")
    private @Nullable String key;

    /** Takes {@code --wait=30s}, but leaves the word behind a bare {@code --wait} to the command. */
    static final class Attached implements IParameterPreprocessor {

        @Override
        @SuppressWarnings("JdkObsolete") // the parser's own type
        public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                words.push(DEFAULT_WAIT);
            }
            return false;
        }
    }

    /** The connection. */
    public Remote remote() {
        return remote;
    }

    /** Whether nothing may change. */
    public boolean dryRun() {
        return dryRun;
    }

    /** Makes the call, prints what it did, and waits for the gateways if that was asked for. */
    public void make(String method, String path, @Nullable String body) {
        make(method, path, body, ifMatch);
    }

    /** The same under a condition of the command's own, which {@code --if-match} replaces. */
    public void make(String method, String path, @Nullable String body, @Nullable String etag) {
        Duration patience = patience();
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, "If-Match", ifMatch != null ? ifMatch : etag);
        put(headers, "Idempotency-Key", key);
        JsonObject response = (JsonObject)
                remote.send(method, dryRun ? dry(path) : path, body, headers).document();
        print(response);
        if (patience != null && !dryRun && response.getLong("revision") != null) {
            new Applied(remote).await(response.getLong("revision"), patience);
        }
    }

    private static String dry(String path) {
        return path + (path.contains("?") ? "&" : "?") + "dryRun=true";
    }

    private @Nullable Duration patience() {
        try {
            return wait == null ? null : Durations.parse(wait);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--wait: " + e.getMessage(), e);
        }
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private void print(JsonObject response) {
        JsonArray warnings = response.getJsonArray("warnings", new JsonArray());
        warnings.forEach(warning -> remote.note("warning: "
                + (warning instanceof JsonObject object ? object.getString("message", object.encode()) : warning)));
        if (remote.format() != Format.table) {
            remote.print(response);
            return;
        }
        if (!response.getBoolean("changed", true)) {
            remote.println((dryRun ? "nothing would change" : "nothing changed") + revision(response));
        } else if (dryRun) {
            remote.println(DiffText.of(response));
        } else {
            remote.println("changed" + revision(response));
        }
    }

    private static String revision(JsonObject response) {
        Object revision = response.getValue("revision");
        return revision == null ? "" : ", revision " + revision;
    }
}
