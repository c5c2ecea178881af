package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.upstream.policy.PathRewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.request.Authority;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.text.Slice;

/**
 * Makes the {@code Location} of a redirection. What it does not name stays as the request has it, but for the port: a
 * scheme that it names has its own port. Stateless.
 */
public final class Location {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private Location() {}

    /** The absolute URI to go to. */
    public static String of(Redirect redirect, CompiledRoute route, RequestHead head, OriginalRequest original) {
        Slice authority = original.host();
        Slice host = new Slice();
        Authority.host(authority, host);
        String scheme = redirect.scheme() != null ? redirect.scheme() : original.secure() ? "https" : "http";
        StringBuilder to = new StringBuilder(scheme).append("://");
        to.append(redirect.host() != null ? redirect.host() : host.toString());
        Integer named = redirect.port();
        int port = named != null ? named : redirect.scheme() != null ? 0 : Authority.port(authority);
        if (port != 0 && port != (scheme.equals("https") ? HTTPS : HTTP)) {
            to.append(':').append(port);
        }
        Slice target = new Slice();
        head.target(target);
        boolean changed = redirect.path() != null || redirect.prefix() != null;
        return to.append(
                        changed
                                ? new PathRewrite(redirect.path(), redirect.prefix()).of(target, route.prefixLength())
                                : target.toString())
                .toString();
    }
}
