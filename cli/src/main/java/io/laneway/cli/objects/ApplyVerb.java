package io.laneway.cli.objects;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.Input;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
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
    private Change change;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "YAML or JSON, - for standard input")
    private String file;

    private final Resource resource;

    ApplyVerb(Resource resource) {
        this.resource = resource;
    }

    @Override
    public void run() {
        JsonObject bundle = bundle(Input.read(file, resource.plural()));
        change.make("POST", "/v1/apply", bundle.encode());
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
