package io.laneway.control.http;

import io.laneway.control.auth.Authenticator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Builds the router: limits, then the routes of every resource, then what nobody answers. Stateless. */
public final class HttpApi {

    private HttpApi() {}

    /** The router for one event loop. */
    public static Router router(
            Vertx vertx,
            Authenticator authenticator,
            RequestLimit limit,
            Freshness freshness,
            List<Consumer<Routes>> resources) {
        Router router = Router.router(vertx);
        router.route().handler(ctx -> guard(ctx, authenticator, limit));
        Routes routes = new Routes(router, authenticator, limit, freshness);
        resources.forEach(resource -> resource.accept(routes));
        routes.otherMethods();
        router.route().failureHandler(HttpApi::failed);
        router.errorHandler(404, ctx -> Routes.send(ctx, ProblemReply.of(404, "no such resource", List.of())));
        return router;
    }

    /**
     * Refuses addresses that guess credentials too fast, and, while nobody is asked for a token, names that are not this machine's: else a
     * page in somebody's browser could reach us by a name that it made resolve to 127.0.0.1.
     */
    private static void guard(RoutingContext ctx, Authenticator authenticator, RequestLimit limit) {
        if (!limit.has(Callers.stranger(ctx))) {
            Routes.send(ctx, ProblemReply.tooMany());
        } else if (authenticator.open() && !loopbackName(ctx.request())) {
            Routes.send(
                    ctx,
                    ProblemReply.of(
                            403, "without tokens the API answers to localhost only (expected: a token)", List.of()));
        } else {
            ctx.next();
        }
    }

    private static boolean loopbackName(HttpServerRequest request) {
        String host = request.authority() == null ? "" : request.authority().host();
        String name = host.toLowerCase(Locale.ROOT);
        return name.isEmpty()
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || name.startsWith("127.")
                || name.equals("::1")
                || name.equals("[::1]");
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
