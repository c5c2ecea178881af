package io.laneway.cli.requests;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.EventReader.Event;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.laneway.router.unit.Share;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
    private static final String ONE_STATUS = "\\s*([1-5][xX]{2}|[1-5]\\d{2}|none)\\s*";
    private static final Pattern STATUS = Pattern.compile(ONE_STATUS + "(," + ONE_STATUS + ")*");

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
        checkOptions();
        boolean text = spec.commandLine().getParseResult().hasMatchedOption("-o")
                ? remote.format() == Format.table
                : Terminal.isOutput();
        TailText lines = new TailText(text && Ansi.AUTO.enabled() ? Ansi.ON : Ansi.OFF);
        Interruption interruption = new Interruption(spec.commandLine().getOut());
        try {
            read(event -> shown(event, text, lines));
        } finally {
            interruption.close();
        }
        return ExitCode.OK;
    }

    private void checkOptions() {
        check("--status", status, value -> STATUS.matcher(value).matches(), "such as 503, 5xx or none");
        check("--share", share, TailCommand::isShare, "a percentage such as 1%");
        Predicate<String> text = value -> !value.isEmpty();
        check("--lane", lane, text, "a name");
        check("--service", service, text, "a name");
        check("--tenant", tenant, text, "a name");
        check("--decision", decision, text, "reasons, such as fallback_absent");
    }

    private void check(String name, @Nullable String value, Predicate<String> holds, String expected) {
        if (value != null && !holds.test(value)) {
            throw new ParameterException(spec.commandLine(), name + ": '" + value + "' (expected: " + expected + ")");
        }
    }

    private static boolean isShare(String value) {
        try {
            Share.parse(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Until the consumer wants no more; a control API that was there once is waited for. */
    private void read(Predicate<Event> more) throws InterruptedException {
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
                if (!remote.events("/v1/tail" + query(), seen)) {
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

    private String query() {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        add(query, "lane", lane);
        add(query, "service", service);
        add(query, "tenant", tenant);
        add(query, "decision", decision);
        add(query, "status", status);
        add(query, "share", share);
        return query.toString();
    }

    private static void add(StringJoiner query, String name, @Nullable String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
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
        JsonArray missing = open.getJsonArray("missing", new JsonArray());
        for (int i = 0; i < missing.size(); i++) {
            JsonObject one = missing.getJsonObject(i);
            remote.note(one.getString("gateway") + " " + one.getString("why"));
        }
        if (open.getJsonArray("asked", new JsonArray()).isEmpty()) {
            remote.note("no gateway is asked (expected: one that watches this control API)");
        }
    }
}
