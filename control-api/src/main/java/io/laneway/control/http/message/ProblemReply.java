package io.laneway.control.http.message;

import io.laneway.control.auth.Denied;
import io.laneway.control.store.StaleRow;
import io.laneway.control.store.database.StoreException;
import io.laneway.control.table.Refusal;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.source.TableRefused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Says what went wrong as RFC 9457 problem+json, with {@code errors: [{pointer, detail}]} for the fields. */
public final class ProblemReply {

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    private ProblemReply() {}

    public static Reply of(Throwable thrown) {
        Throwable error = thrown;
        while ((error instanceof CompletionException || error instanceof ExecutionException)
                && error.getCause() != null) {
            error = error.getCause();
        }
        if (error instanceof Refusal refusal) {
            Reply reply = of(refusal.kind().status(), refusal.detail(), refusal.problems());
            return refusal.kind() == Refusal.Kind.TOO_MANY ? reply.with("retry-after", "1") : reply;
        }
        if (error instanceof TableRefused refused) {
            return of(422, "the table would not be sound", refused.problems());
        }
        if (error instanceof Denied denied) {
            return of(denied.status(), denied.detail(), List.of());
        }
        if (error instanceof HttpException http) {
            return of(http.getStatusCode(), http.getPayload() == null ? "" : http.getPayload(), List.of());
        }
        if (error instanceof StaleRow) {
            return of(409, error.getMessage() + " (expected: look again)", List.of());
        }
        if (error instanceof StoreException store) {
            return of(
                            503,
                            store.getMessage()
                                    + (store.unclear()
                                            ? "; whether it was changed is not known (expected: ask again, under the"
                                                    + " same Idempotency-Key)"
                                            : "; nothing was changed"),
                            List.of())
                    .with("retry-after", "1");
        }
        return of(500, "an error of the control API itself; its log says more", List.of());
    }

    /** The response to a client that came too often. */
    public static Reply tooMany() {
        return of(429, "too many requests (expected: fewer, again after a second)", List.of())
                .with("retry-after", "1");
    }

    /** The response to a client while others have not taken theirs. */
    static Reply slowReaders() {
        return of(503, "too many large responses are under way (expected: again after a second)", List.of());
    }

    public static Reply of(int status, String detail, List<Problem> problems) {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", TITLES.getOrDefault(status, "Error"))
                .put("status", status)
                .put("detail", detail);
        if (!problems.isEmpty()) {
            JsonArray errors = new JsonArray();
            problems.forEach(problem -> errors.add(
                    new JsonObject().put("pointer", problem.pointer()).put("detail", detail(problem))));
            body.put("errors", errors);
        }
        return new Reply(status, Reply.PROBLEM, body.toBuffer(), Map.of());
    }

    private static String detail(Problem problem) {
        return problem.expected().isEmpty()
                ? problem.what()
                : problem.what() + " (expected: " + problem.expected() + ")";
    }
}
