package io.laneway.cli.command;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code laneway <objects> apply -f FILE}: puts the objects of a file, all of them or none. */
@Command(
        name = "apply",
        description = "Puts one object, a list of them, or a table's part, all or nothing.",
        mixinStandardHelpOptions = true)
final class ApplyVerb implements Runnable {

    @Mixin
    private Remote remote;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "YAML or JSON")
    private Path file;

    @Option(names = "--dry-run", description = "show what would change, change nothing")
    private boolean dryRun;

    private final Resource resource;

    ApplyVerb(Resource resource) {
        this.resource = resource;
    }

    @Override
    public void run() {
        JsonObject bundle = bundle(load());
        remote.call("POST", "/v1/apply" + (dryRun ? "?dryRun=true" : ""), bundle.encode());
    }

    private Object load() {
        try {
            Object document = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            if (document == null) {
                throw new CommandFailed(file + ": empty (expected: " + resource.plural() + ")");
            }
            return Json.decodeValue(Json.encode(document));
        } catch (IOException e) {
            throw new CommandFailed(file + ": cannot be read: " + e.getMessage() + " (expected: a readable file)");
        } catch (YamlEngineException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    /** A table's part as it is; a list or a single object under the key of its kind. */
    private JsonObject bundle(Object document) {
        if (document instanceof JsonObject object && object.containsKey(resource.plural())) {
            return object;
        }
        JsonArray objects = document instanceof JsonArray array ? array : new JsonArray(List.of(document));
        return new JsonObject(Map.of(resource.plural(), objects));
    }
}
