package io.laneway.control.http;

import io.laneway.control.auth.Authenticator;
import io.laneway.router.access.HostNames;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;

/** Builds the router: limits, then the routes of every resource, then what nobody answers. Stateless. */
public final class HttpApi {

    private HttpApi() {}

    /** The router for one event loop, where no names beside those of this machine count. */
    public static Router router(
            Vertx vertx,
            Authenticator authenticator,
            RequestLimit limit,
            Freshness freshness,
            Memory memory,
            List<Consumer<Routes>> resources) {
        HostNames local = HostNames.of(List.of(), HostNames.Literals.LOOPBACK);
        return router(vertx, authenticator, local, limit, freshness, memory, resources);
    }

    /**
     * The router for one event loop.
     *
     * @param names that count while no caller is asked for credentials
     */
    public static Router router(
            Vertx vertx,
            Authenticator authenticator,
            HostNames names,
            RequestLimit limit,
            Freshness freshness,
            Memory memory,
            List<Consumer<Routes>> resources) {
        Router router = Router.router(vertx);
        router.route().handler(ctx -> guard(ctx, authenticator, names, limit));
        Routes routes = new Routes(router, authenticator, limit, freshness, memory);
        resources.forEach(resource -> resource.accept(routes));
        routes.otherMethods();
        router.route().failureHandler(HttpApi::failed);
        router.errorHandler(404, ctx -> Routes.send(ctx, ProblemReply.of(404, "no such resource", List.of())));
        return router;
    }

    /**
     * Refuses addresses that guess credentials too fast, and, while no caller is asked for a token, requests for another
     * host: a web page can reach this API by a name that it made resolve to 127.0.0.1.
     */
    private static void guard(RoutingContext ctx, Authenticator authenticator, HostNames names, RequestLimit limit) {
        if (!limit.has(Callers.stranger(ctx))) {
            Routes.send(ctx, ProblemReply.tooMany());
            return;
        }
        HostNames.Verdict verdict = Callers.named(ctx.request(), names);
        if (verdict == HostNames.Verdict.AMBIGUOUS) {
            Routes.send(ctx, ProblemReply.of(400, "Host: none or several (expected: one)", List.of()));
        } else if (verdict == HostNames.Verdict.FOREIGN && authenticator.open()) {
            Routes.send(
                    ctx,
                    ProblemReply.of(
                            403,
                            "without tokens the API answers to localhost, loopback addresses and configured names only"
                                    + " (expected: such a Host, or a token)",
                            List.of()));
        } else {
            ctx.next();
        }
    }

    private static void failed(RoutingContext ctx) {
        Throwable error = ctx.failure();
        if (error == null) {
            Routes.send(ctx, ProblemReply.of(ctx.statusCode() < 400 ? 500 : ctx.statusCode(), "", List.of()));
        } else if (ctx.statusCode() >= 400 && ctx.statusCode() < 500) {
            Routes.send(ctx, ProblemReply.of(ctx.statusCode(), "the request cannot be read", List.of()));
        } else {
            Routes.fail(ctx, error);
        }
    }
}
