package io.laneway.gateway.upstream.policy;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.policy.Cors;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/**
 * Answers CORS preflights by a service's policy, and lets pages read what the gateway answers in the service's place (Fetch
 * standard, section 3.2). Immutable.
 */
public final class CorsPolicy {

    private static final HeaderName ASKED_METHOD = HeaderName.of("access-control-request-method");
    private static final HeaderName ASKED_HEADERS = HeaderName.of("access-control-request-headers");
    private static final HeaderName ORIGIN = HeaderName.of("access-control-allow-origin");
    private static final HeaderName METHODS = HeaderName.of("access-control-allow-methods");
    private static final HeaderName HEADERS = HeaderName.of("access-control-allow-headers");
    private static final HeaderName CREDENTIALS = HeaderName.of("access-control-allow-credentials");
    private static final HeaderName MAX_AGE = HeaderName.of("access-control-max-age");
    private static final HeaderName EXPOSED = HeaderName.of("access-control-expose-headers");
    private static final String OURS = "retry-after, ratelimit, ratelimit-policy, ratelimit-limit, ratelimit-remaining,"
            + " ratelimit-reset, x-request-id, x-laneway-lane, x-laneway-decision";
    private static final HeaderName VARY = HeaderName.of("vary");
    private static final String ANY = "*";

    private final Cors cors;

    CorsPolicy(Cors cors) {
        this.cors = cors;
    }

    /** Whether a request is one: it says what is to follow. */
    public static boolean is(RequestHead head) {
        return head.method() == Method.OPTIONS
                && head.lines().find(Field.ORIGIN, 0) >= 0
                && head.lines().find(ASKED_METHOD, 0) >= 0;
    }

    /** Writes what is allowed; nothing if the origin is not, which the browser takes for a refusal. */
    public void writePreflight(RequestHead request, HeaderLines into) {
        into.add(VARY, "origin, access-control-request-method, access-control-request-headers");
        if (!allow(request, into)) {
            return;
        }
        Slice asked = new Slice();
        into.add(METHODS, String.join(", ", cors.methods()));
        if (!cors.headers().contains(ANY)) {
            into.add(HEADERS, String.join(", ", cors.headers()));
        } else if (request.header(ASKED_HEADERS, asked)) {
            into.add(HEADERS, asked.toString());
        }
        into.add(MAX_AGE, cors.maxAge().toSeconds());
    }

    /** Lets the page that made a request, if its origin is allowed, read a response of the gateway's own. */
    public void expose(RequestHead request, HeaderLines into) {
        into.add(VARY, "origin");
        if (request.lines().find(Field.ORIGIN, 0) >= 0 && allow(request, into)) {
            into.add(EXPOSED, OURS);
        }
    }

    private boolean allow(RequestHead request, HeaderLines into) {
        Slice asked = new Slice();
        request.lines().first(Field.ORIGIN, asked);
        String origin = asked.toString();
        boolean any = cors.origins().contains(ANY);
        if (!any && !cors.origins().contains(origin)) {
            return false;
        }
        into.add(ORIGIN, any && !cors.credentials() ? ANY : origin);
        if (cors.credentials()) {
            into.add(CREDENTIALS, "true");
        }
        return true;
    }
}
