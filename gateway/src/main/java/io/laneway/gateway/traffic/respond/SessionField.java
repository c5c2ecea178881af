package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.traffic.entry.CacheFields;
import io.laneway.gateway.upstream.cluster.SessionCookie;
import io.laneway.gateway.upstream.policy.SessionRule;
import io.laneway.router.text.HeaderName;

/** Gives a client the cookie that keeps its session at an endpoint. Stateless. */
final class SessionField {

    private static final HeaderName SET_COOKIE = HeaderName.of("set-cookie");

    private SessionField() {}

    /** @param secure whether the client came over TLS, by the trusted scheme */
    static void write(SessionCookie cookie, SessionRule rule, boolean secure, HeaderLines response) {
        int start = response.begin(SET_COOKIE);
        response.append(rule.name(), 0, rule.name().length);
        response.text("=");
        cookie.write(response);
        response.text(rule.attributes());
        if (secure) {
            response.text("; Secure");
        }
        response.finish(start, SET_COOKIE.bytes().length);
        CacheFields.keepToOneself(response);
    }
}
