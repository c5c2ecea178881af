package io.laneway.control.http;

import io.laneway.control.auth.Authenticator;
import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Principal;
import io.laneway.control.auth.Role;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the API, and what happens around each call: 1 who calls → 2 may they, and not too often → 3 its body →
 * 4 the call itself, on a worker thread → 5 the answer, or the problem. Confined to the event loop of its router.
 */
public final class Routes {

    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final String BEARER = "bearer ";

    /** Largest body of most calls; a service with 6 000 deployments has about 1 MB. */
    private static final long BODY = 8L << 20;

    /** Largest body of calls about the whole; a table of 800 services and 30 000 deployments has about 6 MB. */
    public static final long LARGE_BODY = 64L << 20;

    private final Router router;
    private final Authenticator authenticator;
    private final RequestLimit limit;
    private final List<String> known = new ArrayList<>();

    /** What answers a call. */
    public interface Answer {
        Future<Reply> to(Call call);
    }

    /** What writes the response itself, on the event loop. */
    public interface Stream {
        void to(Call call);
    }

    public Routes(Router router, Authenticator authenticator, RequestLimit limit) {
        this.router = router;
        this.authenticator = authenticator;
        this.limit = limit;
    }

    /** Every route as {@code GET /v1/lanes/{lane}}, in the order added. */
    public List<String> known() {
        return List.copyOf(known);
    }

    /** A route that everybody may call. */
    public void open(HttpMethod method, String path, Answer answer) {
        add(method, path).handler(ctx -> onWorker(ctx, Principal.ANONYMOUS, answer));
    }

    /** A route for a role. */
    public void add(HttpMethod method, String path, Role role, Answer answer) {
        add(method, path, role, BODY, answer);
    }

    /** A route for a role, with a bound of its own for the body. */
    public void add(HttpMethod method, String path, Role role, long maxBody, Answer answer) {
        add(method, path)
                .handler(ctx ->
                        authorized(ctx, role, who -> BodyReader.read(ctx, maxBody, () -> onWorker(ctx, who, answer))));
    }

    /** A route for a role, whose response is written on the event loop. */
    public void stream(String path, Role role, Stream stream) {
        add(HttpMethod.GET, path)
                .handler(ctx ->
                        authorized(ctx, role, who -> BodyReader.read(ctx, 0, () -> stream.to(new Call(ctx, who)))));
    }

    private io.vertx.ext.web.Route add(HttpMethod method, String path) {
        known.add(method.name() + " " + path);
        return router.route(method, path.replaceAll("\\{(\\w+)}", ":$1"));
    }

    private void authorized(RoutingContext ctx, Role role, java.util.function.Consumer<Principal> then) {
        String bearer = bearer(ctx);
        String certificate = certificate(ctx);
        ctx.request().pause();
        ctx.vertx()
                .executeBlocking(() -> authenticator.authenticate(bearer, certificate), false)
                .compose(principal -> principal)
                .onComplete(done -> {
                    if (done.failed()) {
                        limit.admit(stranger(ctx));
                        ctx.request().resume();
                        fail(ctx, done.cause());
                    } else if (!limit.admit(caller(ctx, done.result()))) {
                        ctx.request().resume();
                        send(ctx, ProblemReply.tooMany());
                    } else if (!done.result().role().covers(role)) {
                        ctx.request().resume();
                        fail(
                                ctx,
                                Denied.insufficient(
                                        "role " + done.result().role().word() + " (expected: " + role.word() + ")"));
                    } else {
                        then.accept(done.result());
                    }
                });
    }

    /** Whom a call counts for. Many gateways may share one token, so each counts for itself. */
    private static String caller(RoutingContext ctx, Principal principal) {
        String who = principal.equals(Principal.ANONYMOUS) ? stranger(ctx) : "subject " + principal.subject();
        return ctx.request().path().startsWith("/v1/gateways/") ? who + " gateway " + ctx.pathParam("id") : who;
    }

    /** Whom a call without known credentials counts for. */
    static String stranger(RoutingContext ctx) {
        return "address " + ctx.request().remoteAddress().hostAddress();
    }

    private static void onWorker(RoutingContext ctx, Principal principal, Answer answer) {
        Call call = new Call(ctx, principal);
        ctx.vertx()
                .executeBlocking(() -> answer.to(call), false)
                .compose(reply -> reply)
                .onSuccess(reply -> send(ctx, reply))
                .onFailure(error -> fail(ctx, error));
    }

    static void fail(RoutingContext ctx, Throwable error) {
        Reply reply = ProblemReply.of(error);
        if (reply.status() >= 500) {
            log.atError()
                    .setCause(error)
                    .addKeyValue("method", ctx.request().method())
                    .addKeyValue("path", ctx.request().path())
                    .log("call failed");
        }
        send(ctx, reply.status() == 401 ? reply.with("www-authenticate", "Bearer") : reply);
    }

    static void send(RoutingContext ctx, Reply reply) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status())
                .putHeader("content-type", reply.type())
                .putHeader("cache-control", "no-store")
                .end(reply.body());
    }

    private static @Nullable String bearer(RoutingContext ctx) {
        String header = ctx.request().getHeader("authorization");
        return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).trim()
                : header;
    }

    private static @Nullable String certificate(RoutingContext ctx) {
        if (!ctx.request().isSSL()) {
            return null;
        }
        try {
            return ctx.request().connection().sslSession() == null
                    ? null
                    : ctx.request().connection().sslSession().getPeerPrincipal().getName();
        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
            return null;
        }
    }
}
