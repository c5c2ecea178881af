package io.laneway.cli.record;

import io.laneway.replay.redact.RedactionRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what is a secret beside what always is. */
final class RedactionOptions {

    @Option(names = "--header", paramLabel = "NAME", description = "a header that is a secret")
    private List<String> headers = List.of();

    @Option(names = "--query", paramLabel = "NAME", description = "a query parameter that is a secret")
    private List<String> query = List.of();

    @Option(names = "--form", paramLabel = "NAME", description = "a field of forms that is a secret")
    private List<String> form = List.of();

    @Option(names = "--json", paramLabel = "PATH", description = "a path in JSON that is a secret: $.user.ssn, $..card")
    private List<String> json = List.of();

    @Option(names = "--keep", paramLabel = "NAME", description = "a name that only looks as if it were a secret's")
    private List<String> keep = List.of();

    RedactionRules rules() {
        return new RedactionRules(headers, query, form, json, keep);
    }

    /** As the control API takes it; empty if no option is given. */
    JsonObject body() {
        JsonObject body = new JsonObject();
        put(body, "headers", headers);
        put(body, "query", query);
        put(body, "form", form);
        put(body, "json", json);
        put(body, "keep", keep);
        return body;
    }

    private static void put(JsonObject body, String key, List<String> values) {
        if (!values.isEmpty()) {
            body.put(key, new JsonArray(values));
        }
    }
}
