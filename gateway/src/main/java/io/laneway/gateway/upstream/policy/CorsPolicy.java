package io.laneway.gateway.upstream.policy;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.GrpcClients;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    private static final String OF_WEB = ", content-type, grpc-timeout, x-grpc-web, x-user-agent";

    private final Cors cors;
    private final String headers;
    private final String exposed;
    private final List<Wildcard> below = new ArrayList<>();

    /** Origins with any labels of a host between a scheme and its end. Immutable. */
    private record Wildcard(String before, String after) {

        boolean covers(String origin) {
            int end = origin.length() - after.length();
            return end > before.length()
                    && origin.startsWith(before)
                    && origin.endsWith(after)
                    && origin.substring(before.length(), end).chars().allMatch(this::isOfHost);
        }

        /** Not what would end a host, so that nothing behind another host looks like the end of this one. */
        private boolean isOfHost(int c) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            return letter || c == '-' || c == '.' || c == '_' || (c == ':' && after.isEmpty());
        }
    }

    /** @param grpc what is converted to gRPC: pages may send what gRPC-Web needs where that is */
    CorsPolicy(Cors cors, @Nullable GrpcClients grpc) {
        this.cors = cors;
        this.exposed = String.join(", ", cors.expose());
        for (String origin : cors.origins()) {
            int star = origin.indexOf("://*");
            if (star > 0) {
                int at = star + "://".length();
                below.add(new Wildcard(origin.substring(0, at), origin.substring(at + 1)));
            }
        }
        this.headers = String.join(", ", cors.headers()) + (grpc != null && grpc.web() ? OF_WEB : "");
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
        if (!cors.methods().contains(ANY)) {
            into.add(METHODS, String.join(", ", cors.methods()));
        } else if (request.header(ASKED_METHOD, asked)) {
            into.add(METHODS, asked.toString());
        }
        if (!exposed.isEmpty()) {
            into.add(EXPOSED, exposed);
        }
        if (!cors.headers().contains(ANY)) {
            if (!headers.isEmpty()) {
                into.add(HEADERS, headers);
            }
        } else if (request.header(ASKED_HEADERS, asked)) {
            into.add(HEADERS, asked.toString());
        }
        into.add(MAX_AGE, cors.maxAge().toSeconds());
    }

    /** Whether the service's own responses are to say the same. */
    public boolean coversResponses() {
        return cors.responses();
    }

    /** Lets the page that made a request, if its origin is allowed, read a response of the service, which says nothing else. */
    public void replace(RequestHead request, HeaderLines into) {
        into.remove(ORIGIN);
        into.remove(CREDENTIALS);
        into.remove(EXPOSED);
        into.add(VARY, "origin");
        if (request.lines().find(Field.ORIGIN, 0) >= 0 && allow(request, into) && !exposed.isEmpty()) {
            into.add(EXPOSED, exposed);
        }
    }

    /** Lets the page that made a request, if its origin is allowed, read a response of the gateway's own. */
    public void expose(RequestHead request, HeaderLines into) {
        into.add(VARY, "origin");
        if (request.lines().find(Field.ORIGIN, 0) >= 0 && allow(request, into)) {
            into.add(EXPOSED, exposed.isEmpty() ? OURS : OURS + ", " + exposed);
        }
    }

    /**
     * As {@link #expose(RequestHead, HeaderLines)} for a response that was converted from gRPC, whose service cannot do it
     * itself; what it says of origins nevertheless stays. The page may read its metadata.
     *
     * @param names more header names, separated by commas
     */
    public void expose(RequestHead request, HeaderLines into, String names) {
        if (into.find(ORIGIN, 0) >= 0) {
            return;
        }
        StringBuilder exposed = new StringBuilder(OURS).append(", ").append(names);
        Slice name = new Slice();
        for (int line = 0; line < into.count(); line++) {
            if (into.field(line) == null && !into.isRemoved(line)) {
                name.set(into.array(), into.nameOffset(line), into.nameLength(line));
                exposed.append(", ").append(name);
            }
        }
        into.add(VARY, "origin");
        if (request.lines().find(Field.ORIGIN, 0) >= 0 && allow(request, into)) {
            into.add(EXPOSED, exposed);
        }
    }

    private boolean allow(RequestHead request, HeaderLines into) {
        Slice asked = new Slice();
        request.lines().first(Field.ORIGIN, asked);
        String origin = asked.toString();
        boolean any = cors.origins().contains(ANY);
        if (!any && !cors.origins().contains(origin) && below.stream().noneMatch(one -> one.covers(origin))) {
            return false;
        }
        into.add(ORIGIN, any && !cors.credentials() && !cors.responses() ? ANY : origin);
        if (cors.credentials()) {
            into.add(CREDENTIALS, "true");
        }
        return true;
    }
}
