package io.laneway.cli.command;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.laneway.cli.requests.Story;
import io.laneway.router.unit.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway explain order --lane f-1 --tenant acme} and {@code laneway explain --request ID}. */
@Command(
        name = "explain",
        description = {
            "Says where a request would go, and why, or where one went.",
            "With SERVICE, each step of the decision; with --request or --trace, each hop, as the gateways that it"
                    + " passed keep it."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Runnable {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Duration BESIDE = Duration.ofSeconds(5);

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "that a made-up request is for")
    private @Nullable String service;

    @Option(
            names = "--request",
            paramLabel = "ID",
            description = "the x-request-id, or the trace id, of one that was made")
    private @Nullable String request;

    @Option(names = "--trace", paramLabel = "ID", description = "the trace id of one that was made")
    private @Nullable String trace;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "with --request or --trace: how long to wait for gateways (default: 2s, at most 30s)")
    private @Nullable String timeout;

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
        long asked = Stream.of(service, request, trace).filter(Objects::nonNull).count();
        if (asked != 1) {
            throw new ParameterException(spec.commandLine(), "expected: one of SERVICE, --request ID and --trace ID");
        }
        Stream.of(service, request, trace).filter(Objects::nonNull).forEach(this::checkNotBlank);
        if (service == null) {
            story();
        } else {
            decision();
        }
    }

    private void checkNotBlank(String name) {
        if (name.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "'" + name + "': is blank (expected: SERVICE, --request ID or --trace ID)");
        }
    }

    /** How long the response may take: as long as gateways are waited for, and some time for the control API. */
    private Duration within() {
        Duration wait;
        try {
            wait = timeout == null ? WAIT : Durations.parse(timeout);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--timeout: " + e.getMessage());
        }
        if (wait.isZero() || wait.compareTo(MAX_WAIT) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout: " + timeout + " (expected: above 0 and at most 30s)");
        }
        return BESIDE.plus(wait);
    }

    private void story() {
        String wait = timeout == null ? "" : "timeout=" + encoded(timeout);
        String path = trace == null
                ? ControlClient.path("requests", String.valueOf(request)) + (wait.isEmpty() ? "" : "?" + wait)
                : "/v1/requests?trace=" + encoded(trace) + (wait.isEmpty() ? "" : "&" + wait);
        JsonObject story = remote.get(path, within());
        if (remote.format() == Format.table) {
            remote.println(Story.of(story));
        } else {
            remote.print(story);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void decision() {
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
