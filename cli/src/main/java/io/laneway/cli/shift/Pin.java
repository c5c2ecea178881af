package io.laneway.cli.shift;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.ControlResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words {@code SHIFT ENVIRONMENT TENANT…} of a verb that pins tenants, and the change they make. */
final class Pin {

    @Mixin
    private Change change;

    @Parameters(index = "0", paramLabel = "SHIFT", description = "such as default")
    private String shift;

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "such as G0")
    private String environment;

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "TENANT")
    private List<String> tenants;

    @Option(names = "--remove", description = "take the tenants off the list instead")
    private boolean remove;

    /**
     * Puts the tenants on one list of the environment and takes them off the other. The shift is read first, and the
     * change is refused if it was changed meanwhile.
     *
     * @param list  {@code include} or {@code exclude}
     * @param other the other one
     */
    void change(String list, String other) {
        String path = ControlClient.path("shifts", shift);
        ControlResponse read = change.remote().read(path);
        JsonArray environments = ((JsonObject) read.document()).getJsonArray("environments", new JsonArray());
        JsonObject pins = pins(environments);
        Set<String> wanted = texts(pins.getJsonArray(list));
        Set<String> opposite = texts(pins.getJsonArray(other));
        if (remove) {
            tenants.forEach(wanted::remove);
        } else {
            wanted.addAll(tenants);
            tenants.forEach(opposite::remove);
        }
        pins.put(list, new JsonArray(List.copyOf(wanted))).put(other, new JsonArray(List.copyOf(opposite)));
        environments.forEach(one -> ((JsonObject) one).remove("slots"));
        change.make(
                "PUT", path, new JsonObject().put("environments", environments).encode(), read.etag());
    }

    private JsonObject pins(JsonArray environments) {
        for (int i = 0; i < environments.size(); i++) {
            JsonObject one = environments.getJsonObject(i);
            if (environment.equals(one.getString("lane"))) {
                JsonObject pins = one.getJsonObject("tenants", new JsonObject());
                one.put("tenants", pins);
                return pins;
            }
        }
        throw new CallFailed("shift " + shift + " has no environment " + environment
                + " (expected: one of its own, or a new one by `laneway shift set`)");
    }

    private static Set<String> texts(@Nullable JsonArray array) {
        Set<String> texts = new LinkedHashSet<>();
        if (array != null) {
            array.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }
}
