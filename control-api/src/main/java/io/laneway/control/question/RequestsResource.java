package io.laneway.control.question;

import io.laneway.control.auth.Role;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.control.question.Lookup.Answers;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.unit.Durations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * {@code GET /v1/requests/{id}} and {@code GET /v1/requests?trace=}: what all gateways keep of one request, hop by hop.
 */
public final class RequestsResource {

    private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}]{1,2052}");
    private static final Pattern TRACE = Pattern.compile("[0-9a-fA-F]{16}|[0-9a-fA-F]{32}");
    private static final int TRACE_LENGTH = 32;
    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final Duration MAX_WITHIN = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;

    private final Questions questions;
    private final TenantNames names;

    /** @param shifts that there are now, which say where requests carry the names of tenants */
    public RequestsResource(Questions questions, Supplier<? extends Collection<Shift>> shifts) {
        this.questions = questions;
        this.names = new TenantNames(shifts);
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/requests{?trace,timeout}", Role.VIEWER, this::byTrace);
        routes.add(HttpMethod.GET, "/v1/requests/{id}{?timeout}", Role.VIEWER, this::byId);
    }

    private Future<Reply> byTrace(Call call) {
        String trace = call.query("trace");
        if (trace == null || !TRACE.matcher(trace).matches()) {
            throw Call.malformed("trace", String.valueOf(trace), "a trace id of 32 or 16 hex digits");
        }
        return story(call, trace, new JsonObject().put("trace", trace.toLowerCase(java.util.Locale.ROOT)));
    }

    /** An id of 32 hex digits may be of either kind. */
    private Future<Reply> byId(Call call) {
        String id = call.path("id");
        if (!ID.matcher(id).matches()) {
            throw Call.malformed("id", id, "a request id of 1 to 2052 characters");
        }
        JsonObject filter = new JsonObject().put("request", id);
        if (id.length() == TRACE_LENGTH && TRACE.matcher(id).matches()) {
            filter.put("trace", id.toLowerCase(java.util.Locale.ROOT));
        }
        return story(call, id, filter);
    }

    private Future<Reply> story(Call call, String id, JsonObject filter) {
        UnaryOperator<List<JsonObject>> shown = call.principal().covers(Role.RELEASER) ? hops -> hops : names::hidden;
        return ask(call, filter, within(call)).map(answers -> reply(id, answers, shown));
    }

    private static Duration within(Call call) {
        String text = call.query("timeout");
        Duration within = text == null ? WITHIN : Durations.parse(text);
        if (within.isZero() || within.compareTo(MAX_WITHIN) > 0) {
            throw Call.malformed("timeout", String.valueOf(text), "above 0 and at most 30s");
        }
        return within;
    }

    private Future<Answers> ask(Call call, JsonObject filter, Duration within) {
        Lookup lookup = new Lookup(questions.fleet(QuestionKind.REQUESTS), questions.room());
        if (lookup.idle()) {
            lookup.finish();
            return lookup.answers();
        }
        String question = questions.ask(QuestionKind.REQUESTS, filter, within, lookup);
        var vertx = call.context().vertx();
        long timer = vertx.setTimer(within.toMillis(), late -> lookup.timeOut(within));
        vertx.runOnContext(loop -> call.context().addEndHandler(ended -> lookup.finish()));
        return lookup.answers().onComplete(done -> {
            vertx.cancelTimer(timer);
            questions.end(question);
        });
    }

    private static Reply reply(String id, Answers answers, UnaryOperator<List<JsonObject>> shown) {
        List<Hop> hops = new ArrayList<>();
        answers.documents().forEach((gateway, document) -> hops(gateway, document, hops));
        JsonObject body = new JsonObject();
        JsonArray asked = new JsonArray(answers.asked());
        if (hops.isEmpty()) {
            body.put("type", "about:blank")
                    .put("title", "Not Found")
                    .put("status", NOT_FOUND)
                    .put("detail", absent(id, answers))
                    .put("asked", asked)
                    .put("missing", Fleet.json(answers.missing()));
            return new Reply(NOT_FOUND, Reply.PROBLEM, body.toBuffer(), Map.of());
        }
        long more = answers.documents().values().stream()
                .mapToLong(one -> one.getValue("more") instanceof Number number ? number.longValue() : 0)
                .sum();
        JsonArray ordered = new JsonArray();
        shown.apply(HopOrder.of(hops).stream().map(Hop::json).toList()).forEach(ordered::add);
        body.put("id", id).put("hops", ordered);
        JsonObject failed = StoryChain.failed(ordered);
        if (failed != null) {
            body.put("failed", failed);
        }
        body.put("asked", asked).put("missing", Fleet.json(answers.missing()));
        if (more > 0) {
            body.put("more", more);
        }
        return Reply.json(body);
    }

    private static String absent(String id, Answers answers) {
        int known = answers.documents().size();
        return "request " + id + ": none of the " + known + " gateways that answered knows it"
                + (answers.missing().isEmpty()
                        ? ""
                        : ", and " + answers.missing().size() + " did not answer")
                + " (expected: one of the requests that a gateway keeps, the last 65536 by default)";
    }

    private static void hops(String gateway, JsonObject document, List<Hop> hops) {
        if (document.getValue("records") instanceof JsonArray records) {
            for (Object one : records) {
                if (one instanceof JsonObject record) {
                    hops.add(new Hop(gateway, record));
                }
            }
        }
    }
}
