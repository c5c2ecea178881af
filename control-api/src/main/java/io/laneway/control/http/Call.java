package io.laneway.control.http;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Principal;
import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.edit.IfMatch;
import io.laneway.control.http.message.BodyReader;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.text.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One call of the API: who its client is, and what the request says beside its body. Confined to one thread at a time. */
public final class Call {

    private static final int MAX_REASON = 1_000;
    private static final int MAX_KEY = 200;

    private final RoutingContext context;
    private final Principal principal;
    private final boolean whole;

    Call(RoutingContext context, Principal principal, boolean whole) {
        this.context = context;
        this.principal = principal;
        this.whole = whole;
    }

    /** Whether it is about so much that calls like it are done one at a time. */
    public boolean whole() {
        return whole;
    }

    /** Refuses a query that the route does not have, with every wrong parameter. */
    void check(RouteTemplate template) {
        List<Problem> problems = parameters().problems(template);
        if (!problems.isEmpty()) {
            throw Refusal.ofQuery(problems);
        }
    }

    /** The same call by another principal. */
    public Call as(Principal other) {
        return new Call(context, other, whole);
    }

    public RoutingContext context() {
        return context;
    }

    public Principal principal() {
        return principal;
    }

    public String path(String name) {
        return context.pathParam(name);
    }

    @Nullable
    public String query(String name) {
        return parameters().text(name);
    }

    private QueryParameters parameters() {
        return new QueryParameters(context.queryParams());
    }

    /** A query parameter that is a number. */
    public long number(String name, long otherwise, long min, long max) {
        return parameters().number(name, otherwise, min, max).orElseThrow();
    }

    /** A query parameter that is a switch. */
    public boolean flag(String name) {
        return parameters().flag(name).orElseThrow();
    }

    public Buffer body() {
        return BodyReader.of(context);
    }

    /** How long to wait for the gateways, or null if the client does not want to. */
    @Nullable
    public Duration waitApplied() {
        return parameters().waitApplied().orElse(null);
    }

    /** The edit that this call asks for, with everything its headers say. */
    public EditCall edit(String action, String subject, @Nullable ObjectKey key, UnaryOperator<TableObjects> edit) {
        return new EditCall(
                author(), "", action, subject, key, ifMatch(), flag("dryRun"), once(), edit, List.of(), null);
    }

    /** What the tag of the thing that it changes must be; null for any. */
    public @Nullable IfMatch ifMatch() {
        String match = context.request().getHeader("if-match");
        String none = context.request().getHeader("if-none-match");
        if (none != null && (match != null || !none.trim().equals("*"))) {
            throw new Refusal(
                    Refusal.Kind.MALFORMED, "If-None-Match: " + none + " (expected: * alone, where something changes)");
        }
        return match != null ? IfMatch.parse(match) : none != null ? IfMatch.NOTHING : null;
    }

    public Author author() {
        String header = context.request().getHeader("x-reason");
        String reason = header == null ? "" : ExtendedValue.read("X-Reason", header);
        if (reason.length() > MAX_REASON) {
            throw new Refusal(
                    Refusal.Kind.MALFORMED, "X-Reason: too long (expected: at most " + MAX_REASON + " characters)");
        }
        return new Author(
                principal.subject(),
                context.request().remoteAddress().hostAddress(),
                PlainText.line("X-Reason", reason));
    }

    /** Refuses those who may not change this lane. */
    public void mayChange(String lane) {
        if (!principal.mayChange(lane)) {
            throw Denied.insufficient("lane " + lane + " (expected: one that matches " + principal.lanes() + ")");
        }
    }

    /** Refuses those who may change some lanes only. */
    public void mayChangeAll() {
        if (!principal.unlimited()) {
            throw Denied.insufficient("this call concerns more than the lanes that match " + principal.lanes()
                    + " (expected: a token for all lanes)");
        }
    }

    /** The refusal of a query parameter that is not as expected. */
    public static Refusal malformed(String name, String text, String expected) {
        return QueryValue.refusal(Problem.at(name, text, expected));
    }

    /** The Idempotency-Key, and what was asked under it. */
    @Nullable
    public Once once() {
        String key = context.request().getHeader("idempotency-key");
        if (key == null) {
            return null;
        }
        if (key.isBlank() || key.length() > MAX_KEY) {
            throw new Refusal(Refusal.Kind.MALFORMED, "Idempotency-Key: expected 1 to " + MAX_KEY + " characters");
        }
        return new Once(PlainText.line("Idempotency-Key", key), hash());
    }

    private String hash() {
        MessageDigest digest = Sha256.digest();
        digest.update(
                (context.request().method() + " " + context.request().uri() + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(body().getBytes());
        return HexFormat.of().formatHex(digest.digest());
    }
}
