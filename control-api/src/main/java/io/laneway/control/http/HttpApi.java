package io.laneway.control.http;

import io.laneway.control.auth.Authenticator;
import io.laneway.control.http.message.CallMemory;
import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.ResponseWriter;
import io.laneway.router.access.HostNames;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;

/** Builds the router: limits, then the routes of every resource, then what has no route. Stateless. */
public final class HttpApi {

    /** One for all event loops: calls about the whole table are done one at a time. */
    private static final String WHOLE = "laneway-control-whole";

    private HttpApi() {}

    /** The router for one event loop, where no names beside those of this machine count. */
    public static Router router(
            Vertx vertx,
            Authenticator authenticator,
            RequestLimit limit,
            Freshness freshness,
            CallMemory memory,
            List<Consumer<Routes>> resources) {
        HostNames local = HostNames.of(List.of(), HostNames.Literals.LOOPBACK);
        return router(vertx, authenticator, local, limit, freshness, memory, resources);
    }

    /**
     * The router for one event loop.
     *
     * @param names that count while no credentials are asked for
     */
    public static Router router(
            Vertx vertx,
            Authenticator authenticator,
            HostNames names,
            RequestLimit limit,
            Freshness freshness,
            CallMemory memory,
            List<Consumer<Routes>> resources) {
        Router router = Router.router(vertx);
        router.route().handler(ctx -> guard(ctx, authenticator, names, limit));
        // Vert.x ends an executor that is not referenced any more, and what waits for it is never done: routes keep it.
        WorkerExecutor wholes = vertx.createSharedWorkerExecutor(WHOLE, 1);
        Routes routes = new Routes(router, authenticator, limit, freshness, memory, wholes);
        resources.forEach(resource -> resource.accept(routes));
        routes.otherMethods();
        router.route().failureHandler(HttpApi::failed);
        router.errorHandler(404, ctx -> ResponseWriter.send(ctx, ProblemReply.of(404, "no such resource", List.of())));
        return router;
    }

    /**
     * Refuses addresses that guess credentials too fast, and, while no token is asked for, requests for another
     * host: a web page can reach this API by a name that it made resolve to 127.0.0.1.
     */
    private static void guard(RoutingContext ctx, Authenticator authenticator, HostNames names, RequestLimit limit) {
        if (!limit.has(ClientIdentity.stranger(ctx))) {
            ResponseWriter.send(ctx, ProblemReply.tooMany());
            return;
        }
        HostNames.Verdict verdict = ClientIdentity.named(ctx.request(), names);
        if (verdict == HostNames.Verdict.AMBIGUOUS) {
            ResponseWriter.send(ctx, ProblemReply.of(400, "Host: none or several (expected: one)", List.of()));
        } else if (verdict == HostNames.Verdict.FOREIGN && authenticator.open()) {
            ResponseWriter.send(
                    ctx,
                    ProblemReply.of(
                            403,
                            "without tokens the API serves localhost, loopback addresses and configured names only"
                                    + " (expected: such a Host, or a token)",
                            List.of()));
        } else {
            ctx.next();
        }
    }

    private static void failed(RoutingContext ctx) {
        Throwable error = ctx.failure();
        if (error == null) {
            ResponseWriter.send(ctx, ProblemReply.of(ctx.statusCode() < 400 ? 500 : ctx.statusCode(), "", List.of()));
        } else if (ctx.statusCode() >= 400 && ctx.statusCode() < 500) {
            ResponseWriter.send(ctx, ProblemReply.of(ctx.statusCode(), "the request cannot be read", List.of()));
        } else {
            ResponseWriter.fail(ctx, error);
        }
    }
}
