package io.laneway.control.console;

import io.laneway.control.edit.IfMatch;
import io.laneway.control.http.message.AllowedMethods;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.ResponseWriter;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Serves the console: for every client, since it holds nothing that is secret; what it shows it asks the API for.
 * Stateless; on the event loop of the request.
 */
public final class ConsoleRoutes {

    /** Nothing of another origin, no inline script or style, and no text that becomes markup (Trusted Types). */
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

    private ConsoleRoutes() {}

    /** Adds them, if there is a console. */
    public static void mount(Router router, ConsolePages pages) {
        if (pages.there()) {
            router.route("/").handler(ctx -> to(ctx, ConsolePages.ROOT));
            router.route(ConsolePages.ROOT + "*").handler(ctx -> serve(ctx, pages));
        }
    }

    private static void to(RoutingContext ctx, String path) {
        if (read(ctx)) {
            ctx.response()
                    .setStatusCode(302)
                    .putHeader("location", path)
                    .putHeader("cache-control", "no-store")
                    .end();
        }
    }

    /** Whether the method reads; responds to what does not. */
    private static boolean read(RoutingContext ctx) {
        HttpMethod method = ctx.request().method();
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (!reads) {
            ResponseWriter.send(ctx, AllowedMethods.reply(method, "GET, HEAD, OPTIONS"));
        }
        return reads;
    }

    private static void serve(RoutingContext ctx, ConsolePages pages) {
        if (!read(ctx)) {
            return;
        }
        String path = ctx.request().path();
        if (!path.startsWith(ConsolePages.ROOT)) {
            to(ctx, ConsolePages.ROOT);
            return;
        }
        PageFile file = pages.at(path);
        if (file == null) {
            ResponseWriter.send(ctx, ProblemReply.of(404, "no such file of the console", List.of()));
            return;
        }
        HttpServerResponse response = ctx.response();
        response.putHeader("cache-control", file.fixed() ? FOR_GOOD : "no-cache")
                .putHeader("etag", file.tag())
                .putHeader("vary", "accept-encoding")
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("x-frame-options", "DENY")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cross-origin-opener-policy", "same-origin")
                .putHeader("cross-origin-resource-policy", "same-origin");
        String condition = ctx.request().getHeader("if-none-match");
        if (condition != null && IfMatch.weak(condition).holds(file.tag().substring("W/".length()))) {
            response.setStatusCode(304).end();
        } else {
            send(ctx, file);
        }
    }

    private static void send(RoutingContext ctx, PageFile file) {
        boolean gzip = Compact.takesGzip(ctx.request().getHeader("accept-encoding"));
        var body = gzip ? file.gzipped() : file.plain();
        HttpServerResponse response = ctx.response()
                .putHeader("content-type", file.type())
                .putHeader("content-length", String.valueOf(body.length()));
        if (gzip) {
            response.putHeader("content-encoding", "gzip");
        }
        if (ctx.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
