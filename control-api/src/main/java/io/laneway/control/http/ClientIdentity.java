package io.laneway.control.http;

import io.laneway.control.auth.Principal;
import io.laneway.router.access.HostNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a request says of who makes it. Stateless. */
final class ClientIdentity {

    private static final String BEARER = "bearer ";

    private ClientIdentity() {}

    /** Whether a browser makes this call for a page that did not come from here; others send no {@code Origin}. */
    static boolean fromAnotherSite(RoutingContext ctx) {
        String origin = ctx.request().getHeader("origin");
        HostAndPort here = ctx.request().authority();
        return origin != null
                && (here == null
                        || !origin.toLowerCase(Locale.ROOT)
                                .endsWith("://" + here.toString().toLowerCase(Locale.ROOT)));
    }

    /** What the hosts that a request names come to. */
    static HostNames.Verdict named(HttpServerRequest request, HostNames names) {
        List<String> hosts = new ArrayList<>(request.headers().getAll("host"));
        HostAndPort authority = request.version() == HttpVersion.HTTP_2 ? request.authority() : null;
        if (authority != null) {
            String own = authority.toString();
            hosts.removeIf(own::equalsIgnoreCase);
            hosts.add(own);
        }
        return names.judge(request.uri(), hosts);
    }

    /** Whom a call counts for. Many gateways may share one token, so each counts for itself. */
    static String caller(RoutingContext ctx, Principal principal) {
        String who = principal.open() ? stranger(ctx) : "subject " + principal.subject();
        return ctx.request().path().startsWith("/v1/gateways/") ? who + " gateway " + ctx.pathParam("id") : who;
    }

    /** Whom a call without known credentials counts for. */
    static String stranger(RoutingContext ctx) {
        return "address " + ctx.request().remoteAddress().hostAddress();
    }

    static @Nullable String bearer(RoutingContext ctx) {
        String header = ctx.request().getHeader("authorization");
        return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).trim()
                : header;
    }

    static @Nullable String certificate(RoutingContext ctx) {
        if (!ctx.request().isSSL()) {
            return null;
        }
        SSLSession session = ctx.request().connection().sslSession();
        try {
            return session == null ? null : session.getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }
}
