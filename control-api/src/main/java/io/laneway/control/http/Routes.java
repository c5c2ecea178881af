package io.laneway.control.http;

import io.laneway.control.auth.Authenticator;
import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Principal;
import io.laneway.control.auth.Role;
import io.laneway.control.auth.Session;
import io.laneway.control.http.message.AllowedMethods;
import io.laneway.control.http.message.BodyKind;
import io.laneway.control.http.message.BodyReader;
import io.laneway.control.http.message.CallMemory;
import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.Reply;
import io.laneway.control.http.message.ResponseWriter;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * The routes of the API, and what happens around each call: 1 who calls → 2 may they, and not too often → 3 its body →
 * 4 the call itself, on a worker thread → 5 the response, or the problem. Confined to the event loop of its router.
 */
public final class Routes {

    /** Never sent: there is no client. */
    private static final Reply GONE = Reply.text("text/plain", "");

    private final Router router;
    private final Authenticator authenticator;
    private final RequestLimit limit;
    private final Freshness freshness;
    private final CallMemory memory;
    private final WorkerExecutor wholes;
    private final List<RouteTemplate> templates = new ArrayList<>();

    /** Serves a call. */
    public interface Responder {
        Future<Reply> respond(Call call);
    }

    /** Serves a call of a client that may be known. */
    public interface Identified {
        Reply respond(Call call, Optional<Principal> who, Optional<Session> session);
    }

    /** What writes the response itself, on the event loop. */
    public interface Stream {
        void to(Call call);
    }

    /** @param wholes does one task at a time, and is referenced as long as these routes are */
    public Routes(
            Router router,
            Authenticator authenticator,
            RequestLimit limit,
            Freshness freshness,
            CallMemory memory,
            WorkerExecutor wholes) {
        this.router = router;
        this.authenticator = authenticator;
        this.freshness = freshness;
        this.memory = memory;
        this.limit = limit;
        this.wholes = wholes;
    }

    /** Every route as {@code GET /v1/lanes/{lane}}, with the names of its query parameters, in the order added. */
    public Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new LinkedHashMap<>();
        templates.forEach(one -> known.put(one.method().name() + " " + one.path(), one.query()));
        return known;
    }

    /** A route that each client may call. */
    public void open(HttpMethod method, String template, Responder responder) {
        add(method, template, (ctx, parsed) -> onWorker(ctx, Principal.ANONYMOUS, false, responder));
    }

    /** A route that each client may call, and which says who it is where that is known. */
    public void identified(HttpMethod method, String template, Identified responder) {
        add(method, template, (ctx, parsed) -> {
            String bearer = ClientIdentity.bearer(ctx);
            String certificate = ClientIdentity.certificate(ctx);
            Optional<Session> session = bearer == null ? BrowserSession.of(ctx, authenticator) : Optional.empty();
            Callable<Future<Principal>> who = session.<Callable<Future<Principal>>>map(
                            one -> () -> Future.succeededFuture(one.principal()))
                    .orElse(() -> authenticator.authenticate(bearer, certificate));
            ctx.vertx()
                    .executeBlocking(who, false)
                    .compose(principal -> principal)
                    .onComplete(done -> {
                        if (done.failed() && bearer != null) {
                            limit.admit(ClientIdentity.stranger(ctx));
                        }
                        Optional<Principal> known = Optional.ofNullable(done.succeeded() ? done.result() : null);
                        onWorker(
                                ctx,
                                Principal.ANONYMOUS,
                                false,
                                call -> Future.succeededFuture(responder.respond(call, known, session)));
                    });
        });
    }

    /** A route for a role. */
    public void add(HttpMethod method, String template, Role role, Responder responder) {
        add(method, template, role, BodyKind.OBJECT, responder);
    }

    /** A route for some roles. */
    public void add(HttpMethod method, String template, Set<Role> roles, Responder responder) {
        add(method, template, roles, BodyKind.OBJECT, false, responder);
    }

    /** A route for a role, with a body of this kind. */
    public void add(HttpMethod method, String template, Role role, BodyKind kind, Responder responder) {
        add(method, template, Set.of(role), kind, kind == BodyKind.TABLE, responder);
    }

    /** A route for a role, whose response needs the whole table or is as large: done one at a time. */
    public void whole(HttpMethod method, String template, Role role, Responder responder) {
        add(method, template, Set.of(role), BodyKind.OBJECT, true, responder);
    }

    private void add(
            HttpMethod method, String template, Set<Role> roles, BodyKind kind, boolean whole, Responder responder) {
        add(
                method,
                template,
                (ctx, parsed) -> authorized(
                        ctx,
                        roles,
                        who -> BodyReader.read(
                                ctx,
                                memory,
                                kind,
                                () -> onWorker(ctx, who, whole || BodyReader.large(ctx), call -> {
                                    call.check(parsed);
                                    if (kind != BodyKind.REPORT) {
                                        freshness.await();
                                    }
                                    return responder.respond(call);
                                }))));
    }

    /** A route for some roles, whose response are server-sent events, written on the event loop. */
    public void stream(String template, Set<Role> roles, Stream stream) {
        add(
                HttpMethod.GET,
                template,
                (ctx, parsed) -> authorized(ctx, roles, who -> {
                    ctx.request().resume();
                    boolean head = ctx.request().method().equals(HttpMethod.HEAD);
                    streamed(new Call(ctx, who, false), parsed, head ? Routes::headOfEvents : stream);
                }));
    }

    /** The response to HEAD ends at once: nothing would show its client that there are events. */
    private static void headOfEvents(Call call) {
        ResponseWriter.send(call.context(), Reply.text("text/event-stream", ""));
    }

    /** A route for some roles, whose connection changes its protocol; the request is paused. */
    public void upgrade(String template, Set<Role> roles, Stream stream) {
        add(
                HttpMethod.GET,
                template,
                (ctx, parsed) -> authorized(ctx, roles, who -> streamed(new Call(ctx, who, false), parsed, stream)));
    }

    /** The same for each client: what it knows of the path is its credential. */
    public void openUpgrade(String template, Stream stream) {
        add(
                HttpMethod.GET,
                template,
                (ctx, parsed) -> streamed(new Call(ctx, Principal.ANONYMOUS, false), parsed, stream));
    }

    /** A route for some roles, whose body is read before the response is written on the event loop. */
    public void streamOf(String template, Set<Role> roles, Stream stream) {
        add(
                HttpMethod.POST,
                template,
                (ctx, parsed) -> authorized(
                        ctx,
                        roles,
                        who -> BodyReader.read(
                                ctx,
                                memory,
                                BodyKind.OBJECT,
                                () -> streamed(new Call(ctx, who, false), parsed, stream))));
    }

    /** A route for a role, whose request is read and served on the event loop; the request is paused. */
    public void upload(String template, Role role, Stream stream) {
        add(
                HttpMethod.POST,
                template,
                (ctx, parsed) -> authorized(ctx, Set.of(role), who -> {
                    try {
                        Call call = new Call(ctx, who, false);
                        call.check(parsed);
                        stream.to(call);
                    } catch (RuntimeException e) {
                        ctx.request().resume();
                        ResponseWriter.fail(ctx, e);
                    }
                }));
    }

    /** Serves a request of a route. */
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
            ResponseWriter.fail(call.context(), e);
        }
    }

    /** After the last route: other methods on the paths there are get the methods that there are. */
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
            router.route(path)
                    .handler(ctx -> ResponseWriter.send(
                            ctx, AllowedMethods.reply(ctx.request().method(), allow)));
        });
    }

    private void authorized(RoutingContext ctx, Set<Role> roles, java.util.function.Consumer<Principal> then) {
        String bearer = ClientIdentity.bearer(ctx);
        String certificate = ClientIdentity.certificate(ctx);
        if (bearer == null && ClientIdentity.fromAnotherSite(ctx)) {
            ResponseWriter.fail(
                    ctx, Denied.insufficient("a page of another site may not call this (expected: a token)"));
            return;
        }
        Optional<Session> session = bearer == null ? BrowserSession.of(ctx, authenticator) : Optional.empty();
        try {
            session.ifPresent(one -> BrowserSession.check(ctx, one));
        } catch (Denied e) {
            ResponseWriter.fail(ctx, e);
            return;
        }
        ctx.request().pause();
        Callable<Future<Principal>> who = session.<Callable<Future<Principal>>>map(
                        one -> () -> Future.succeededFuture(one.principal()))
                .orElse(() -> authenticator.authenticate(bearer, certificate));
        ctx.vertx().executeBlocking(who, false).compose(principal -> principal).onComplete(done -> {
            if (done.failed()) {
                limit.admit(ClientIdentity.stranger(ctx));
                ctx.request().resume();
                ResponseWriter.fail(ctx, done.cause());
            } else if (!limit.admit(ClientIdentity.caller(ctx, done.result()))) {
                ctx.request().resume();
                ResponseWriter.send(ctx, ProblemReply.tooMany());
            } else if (roles.stream().noneMatch(done.result()::covers)) {
                ctx.request().resume();
                ResponseWriter.fail(
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

    private void onWorker(RoutingContext ctx, Principal principal, boolean whole, Responder responder) {
        Call call = new Call(ctx, principal, whole);
        // What waited so long that its client left is not worth being done: it would hold up the others.
        Callable<Future<Reply>> task =
                () -> ctx.response().closed() ? Future.succeededFuture(GONE) : responder.respond(call);
        Future<Future<Reply>> done =
                whole ? wholes.executeBlocking(task, false) : ctx.vertx().executeBlocking(task, false);
        done.compose(reply -> reply)
                .onComplete(any -> BodyReader.release(ctx))
                .onSuccess(reply -> ResponseWriter.send(ctx, memory, reply))
                .onFailure(error -> ResponseWriter.fail(ctx, error));
    }
}
