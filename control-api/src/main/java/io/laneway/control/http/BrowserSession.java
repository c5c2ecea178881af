package io.laneway.control.http;

import io.laneway.control.auth.Authenticator;
import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Session;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * The session that a request's cookie holds. A browser sends the cookie with calls of any page, so a call that
 * changes something must show that its page could read what this API said to it. Stateless.
 */
public final class BrowserSession {

    private static final String CSRF = "x-laneway-csrf";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private BrowserSession() {}

    /** The session of a request, if there is one that holds. */
    public static Optional<Session> of(RoutingContext ctx, Authenticator authenticator) {
        String name = authenticator.sessionCookie();
        Cookie cookie = name.isEmpty() ? null : ctx.request().getCookie(name);
        return cookie == null ? Optional.empty() : authenticator.session(cookie.getValue());
    }

    /** Refuses a call that changes something and was not made by a page of this API. */
    static void check(RoutingContext ctx, Session session) {
        String said = ctx.request().getHeader(CSRF);
        boolean read = READS.contains(ctx.request().method());
        if (!read && (said == null || !MessageDigest.isEqual(bytes(said), bytes(session.csrf())))) {
            throw Denied.insufficient("X-Laneway-Csrf: " + (said == null ? "missing" : "another one")
                    + " (expected: csrf of GET /v1/session)");
        }
    }

    /** Whether a page that did not come from here makes a request. */
    public static boolean foreign(RoutingContext ctx) {
        return ClientIdentity.fromAnotherSite(ctx);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
