package io.laneway.cli.requests;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.EventReader.Event;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.MissingGateways;
import io.laneway.cli.remote.Remote;
import io.laneway.cli.remote.Terminal;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway tail --lane f-1 --status 5xx}: a line for each request as it finishes, until it is interrupted. */
@Command(
        name = "tail",
        description = {
            "Prints requests of all gateways as they finish, those that match every option, until it is interrupted.",
            "A line for a person on a terminal, a line of JSON otherwise; -o says which.",
            "A control API that goes away is waited for, up to 30 s."
        },
        mixinStandardHelpOptions = true)
public final class TailCommand implements Callable<Integer> {

    private static final int MALFORMED = 400;
    private static final int TOO_MANY = 429;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Remote remote;

    @Option(names = "--lane", description = "requested or served")
    private @Nullable String lane;

    @Option(names = "--service", description = "that they are for")
    private @Nullable String service;

    @Option(names = "--tenant", description = "that they are of")
    private @Nullable String tenant;

    @Option(names = "--decision", description = "reasons, such as fallback_absent,lane_unknown")
    private @Nullable String decision;

    @Option(names = "--status", description = "such as 503, 5xx, or none; several with commas")
    private @Nullable String status;

    @Option(names = "--share", description = "of the requests, such as 1%%")
    private @Nullable String share;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> conditions = conditions();
        check(conditions);
        boolean text = spec.commandLine().getParseResult().hasMatchedOption("-o")
                ? remote.format() == Format.table
                : Terminal.isOutput();
        TailText lines = new TailText(text && Ansi.AUTO.enabled() ? Ansi.ON : Ansi.OFF);
        Interruption interruption = new Interruption(spec.commandLine().getOut());
        try {
            read("/v1/tail" + query(conditions), event -> shown(event, text, lines));
        } finally {
            interruption.close();
        }
        return ExitCode.OK;
    }

    /** The options that were given, by the names of the query. */
    private Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        put(conditions, "lane", lane);
        put(conditions, "service", service);
        put(conditions, "tenant", tenant);
        put(conditions, "decision", decision);
        put(conditions, "status", status);
        put(conditions, "share", share);
        return conditions;
    }

    private void put(Map<String, String> conditions, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--" + name + ": '' (expected: a value)");
        }
        conditions.put(name, value);
    }

    /** Reads what has one form at every version; names and reasons are the control API's to know. */
    private void check(Map<String, String> conditions) {
        Map<String, String> formed = new LinkedHashMap<>(conditions);
        formed.keySet().retainAll(Set.of("status", "share"));
        try {
            RecordFilter.parse(formed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
        }
    }

    /** Until the consumer wants no more; a control API that was there once is waited for. */
    private void read(String path, Predicate<Event> more) throws InterruptedException {
        Outage outage = new Outage(System::nanoTime);
        boolean[] opened = {false};
        Predicate<Event> seen = event -> {
            opened[0] = true;
            outage.over();
            return more.test(event);
        };
        while (true) {
            CallFailed why;
            try {
                if (!remote.events(path, seen)) {
                    return;
                }
                why = new CallFailed("the control API ended the tail");
            } catch (CallFailed e) {
                why = e;
            }
            if (why.status() == MALFORMED) {
                throw new ParameterException(spec.commandLine(), String.valueOf(why.getMessage()));
            }
            if (!opened[0] || isRefusal(why.status())) {
                throw why;
            }
            if (outage.begins()) {
                remote.note("the tail broke and is begun again: " + why.getMessage());
            } else if (outage.tooLong()) {
                throw new CallFailed(
                        "the control API was away for " + Outage.LONGEST.toSeconds() + " s: " + why.getMessage());
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** Whether the same call again has the same response. */
    private static boolean isRefusal(int status) {
        return status >= 400 && status < 500 && status != TOO_MANY;
    }

    private static String query(Map<String, String> conditions) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        conditions.forEach((name, value) -> query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    private boolean shown(Event event, boolean text, TailText lines) {
        switch (event.name()) {
            case "open" -> missing(event.data());
            case "record" ->
                remote.println(text ? lines.line(event.data()) : event.data().encode());
            case "dropped" -> remote.note(event.data().getLong("dropped") + " more requests were not shown");
            default -> {
                // a newer control API says more
            }
        }
        // The writer does not say so where it writes to standard output in another charset.
        return !spec.commandLine().getOut().checkError() && !System.out.checkError();
    }

    private void missing(JsonObject open) {
        MissingGateways.lines(open).forEach(remote::note);
        if (open.getJsonArray("asked", new JsonArray()).isEmpty()) {
            remote.note("no gateway is asked (expected: one that watches this control API)");
        }
    }
}
