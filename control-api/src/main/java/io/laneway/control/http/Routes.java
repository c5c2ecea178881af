package io.laneway.control.http;

import io.laneway.control.auth.Authenticator;
import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Principal;
import io.laneway.control.auth.Role;
import io.laneway.control.edit.IfMatch;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The routes of the API, and what happens around each call: 1 who calls → 2 may they, and not too often → 3 its body →
 * 4 the call itself, on a worker thread → 5 the answer, or the problem. Confined to the event loop of its router.
 */
public final class Routes {

    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    /** Answers beyond this count until their clients have taken them. */
    private static final int LARGE_REPLY = 64 << 10;

    private static final String WHOLE = "laneway-control-whole";

    private final Router router;
    private final Authenticator authenticator;
    private final RequestLimit limit;
    private final Freshness freshness;
    private final Memory memory;
    private final List<RouteTemplate> templates = new ArrayList<>();

    /** What answers a call. */
    public interface Answer {
        Future<Reply> to(Call call);
    }

    /** What writes the response itself, on the event loop. */
    public interface Stream {
        void to(Call call);
    }

    public Routes(Router router, Authenticator authenticator, RequestLimit limit, Freshness freshness, Memory memory) {
        this.router = router;
        this.authenticator = authenticator;
        this.freshness = freshness;
        this.memory = memory;
        this.limit = limit;
    }

    /** Every route as {@code GET /v1/lanes/{lane}}, with the names of its query parameters, in the order added. */
    public Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new LinkedHashMap<>();
        templates.forEach(one -> known.put(one.method().name() + " " + one.path(), one.query()));
        return known;
    }

    /** A route that everybody may call. */
    public void open(HttpMethod method, String template, Answer answer) {
        add(method, template, (ctx, parsed) -> onWorker(ctx, Principal.ANONYMOUS, false, answer));
    }

    /** A route for a role. */
    public void add(HttpMethod method, String template, Role role, Answer answer) {
        add(method, template, role, BodyKind.OBJECT, answer);
    }

    /** A route for a role, with a body of this kind. */
    public void add(HttpMethod method, String template, Role role, BodyKind kind, Answer answer) {
        add(method, template, role, kind, kind == BodyKind.TABLE, answer);
    }

    /** A route for a role, whose answer needs the whole table or is as large: done one at a time. */
    public void whole(HttpMethod method, String template, Role role, Answer answer) {
        add(method, template, role, BodyKind.OBJECT, true, answer);
    }

    private void add(HttpMethod method, String template, Role role, BodyKind kind, boolean whole, Answer answer) {
        add(
                method,
                template,
                (ctx, parsed) -> authorized(
                        ctx,
                        Set.of(role),
                        who -> BodyReader.read(
                                ctx,
                                memory,
                                kind,
                                () -> onWorker(ctx, who, whole || large(ctx), call -> {
                                    call.check(parsed);
                                    if (kind != BodyKind.REPORT) {
                                        freshness.await();
                                    }
                                    return answer.to(call);
                                }))));
    }

    /** A route for some roles, whose response is written on the event loop. */
    public void stream(String template, Set<Role> roles, Stream stream) {
        add(
                HttpMethod.GET,
                template,
                (ctx, parsed) -> authorized(ctx, roles, who -> {
                    ctx.request().resume();
                    streamed(new Call(ctx, who, false), parsed, stream);
                }));
    }

    private static boolean large(RoutingContext ctx) {
        return BodyReader.of(ctx).length() > BodyReader.LARGE;
    }

    /** What answers a request of a route. */
    private interface Handler {
        void handle(RoutingContext ctx, RouteTemplate template);
    }

    private void add(HttpMethod method, String template, Handler handler) {
        RouteTemplate parsed = RouteTemplate.of(method, template);
        templates.add(parsed);
        var route = router.route(method, parsed.route()).handler(ctx -> handler.handle(ctx, parsed));
        if (method.equals(HttpMethod.GET)) {
            route.method(HttpMethod.HEAD);
        }
    }

    private static void streamed(Call call, RouteTemplate template, Stream stream) {
        try {
            call.check(template);
            stream.to(call);
        } catch (RuntimeException e) {
            fail(call.context(), e);
        }
    }

    /** After the last route: other methods on the paths there are, answered with those that there are. */
    void otherMethods() {
        Map<String, Set<String>> paths = new LinkedHashMap<>();
        for (RouteTemplate template : templates) {
            Set<String> methods = paths.computeIfAbsent(template.route(), path -> new TreeSet<>(List.of("OPTIONS")));
            methods.add(template.method().name());
            if (template.method().equals(HttpMethod.GET)) {
                methods.add("HEAD");
            }
        }
        paths.forEach((path, methods) -> {
            String allow = String.join(", ", methods);
            router.route(path).handler(ctx -> {
                boolean asked = ctx.request().method().equals(HttpMethod.OPTIONS);
                Reply reply = asked
                        ? Reply.text("text/plain", "").with(204)
                        : ProblemReply.of(405, "not this method here (expected: " + allow + ")", List.of());
                send(ctx, reply.with("allow", allow));
            });
        });
    }

    private void authorized(RoutingContext ctx, Set<Role> roles, java.util.function.Consumer<Principal> then) {
        String bearer = Callers.bearer(ctx);
        String certificate = Callers.certificate(ctx);
        if (bearer == null && Callers.fromAnotherSite(ctx)) {
            fail(ctx, Denied.insufficient("a page of another site may not call this (expected: a token)"));
            return;
        }
        ctx.request().pause();
        ctx.vertx()
                .executeBlocking(() -> authenticator.authenticate(bearer, certificate), false)
                .compose(principal -> principal)
                .onComplete(done -> {
                    if (done.failed()) {
                        limit.admit(Callers.stranger(ctx));
                        ctx.request().resume();
                        fail(ctx, done.cause());
                    } else if (!limit.admit(Callers.caller(ctx, done.result()))) {
                        ctx.request().resume();
                        send(ctx, ProblemReply.tooMany());
                    } else if (roles.stream().noneMatch(done.result()::covers)) {
                        ctx.request().resume();
                        fail(
                                ctx,
                                Denied.insufficient(
                                        "role " + done.result().role().word() + " (expected: " + words(roles) + ")"));
                    } else {
                        then.accept(done.result());
                    }
                });
    }

    private static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::word).collect(Collectors.joining(" or "));
    }

    private void onWorker(RoutingContext ctx, Principal principal, boolean whole, Answer answer) {
        Call call = new Call(ctx, principal, whole);
        Callable<Future<Reply>> task = () -> answer.to(call);
        Future<Future<Reply>> done = whole
                ? ctx.vertx().createSharedWorkerExecutor(WHOLE, 1).executeBlocking(task, false)
                : ctx.vertx().executeBlocking(task, false);
        done.compose(reply -> reply)
                .onComplete(any -> BodyReader.release(ctx))
                .onSuccess(reply -> answer(ctx, reply))
                .onFailure(error -> fail(ctx, error));
    }

    static void fail(RoutingContext ctx, Throwable error) {
        Reply reply = ProblemReply.of(error);
        if (reply.status() >= 500) {
            // A store that is full or away fails every call, and its cause says all.
            log.atLevel(reply.status() == 503 ? Level.WARN : Level.ERROR)
                    .setCause(error)
                    .addKeyValue("method", ctx.request().method())
                    .addKeyValue("path", ctx.request().path())
                    .log("call failed");
        }
        send(ctx, reply.status() == 401 ? reply.with("www-authenticate", "Bearer") : reply);
    }

    /** Sends an answer that may be large, or says that there is no memory for it. */
    private void answer(RoutingContext ctx, Reply reply) {
        long size = reply.body().length() > LARGE_REPLY ? reply.body().length() : 0;
        if (reply.file() != null) {
            SentFile.send(ctx, reply, reply.file());
        } else if (size == 0) {
            send(ctx, reply);
        } else if (memory.replies().take(size)) {
            ctx.addEndHandler(ended -> memory.replies().give(size));
            send(ctx, reply);
        } else {
            send(ctx, ProblemReply.slowReaders());
        }
    }

    static void send(RoutingContext ctx, Reply reply) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        reply.headers().forEach(response::putHeader);
        response.putHeader("cache-control", "no-store");
        if (unchanged(ctx, reply)) {
            response.setStatusCode(304).end();
        } else if (reply.status() == 204) {
            response.setStatusCode(204).end();
        } else {
            response.setStatusCode(reply.status())
                    .putHeader("content-type", reply.type())
                    .end(reply.body());
        }
    }

    /** RFC 9110 section 13.1.2, for what is read. */
    private static boolean unchanged(RoutingContext ctx, Reply reply) {
        String condition = ctx.request().getHeader("if-none-match");
        String tag = reply.headers().get("etag");
        boolean read = ctx.request().method().equals(HttpMethod.GET)
                || ctx.request().method().equals(HttpMethod.HEAD);
        return read
                && condition != null
                && tag != null
                && reply.status() == 200
                && IfMatch.weak(condition).holds(tag);
    }
}
