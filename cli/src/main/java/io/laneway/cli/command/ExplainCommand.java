package io.laneway.cli.command;

import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laneway explain order --lane f-1 --tenant acme}. */
@Command(
        name = "explain",
        description = "Says where a request would go, and why, step by step.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "SERVICE")
    private String service;

    @Option(names = "--lane", description = "the lane that the request asks for")
    private @Nullable String lane;

    @Option(names = "--tenant", description = "the tenant that the request is of")
    private @Nullable String tenant;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME=VALUE",
            description = "a header that the request carries")
    private Map<String, String> headers = Map.of();

    @Option(names = "--path", description = "path and query of the request")
    private @Nullable String path;

    @Override
    public void run() {
        JsonObject question = new JsonObject().put("service", service);
        put(question, "lane", lane);
        put(question, "tenant", tenant);
        put(question, "path", path);
        if (!headers.isEmpty()) {
            JsonObject all = new JsonObject();
            headers.forEach(all::put);
            question.put("headers", all);
        }
        JsonObject response = (JsonObject) remote.ask("POST", "/v1/explain", question.encode());
        if (remote.format() == Format.table) {
            remote.println(text(response));
        } else {
            remote.print(response);
        }
    }

    private static void put(JsonObject question, String key, @Nullable String value) {
        if (value != null) {
            question.put(key, value);
        }
    }

    private static String text(JsonObject response) {
        StringBuilder text = new StringBuilder();
        line(text, "service", response.getString("service"));
        line(text, "requested", response.getString("requested"));
        line(text, "served", response.getString("served"));
        line(text, "reason", response.getString("reason"));
        line(text, "revision", String.valueOf(response.getValue("revision")));
        JsonArray steps = response.getJsonArray("steps", new JsonArray());
        for (int i = 0; i < steps.size(); i++) {
            text.append(i + 1)
                    .append(". ")
                    .append(steps.getJsonObject(i).getString("text"))
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        text.append(String.format("%-10s %s%n", name, value == null ? "-" : value));
    }
}
