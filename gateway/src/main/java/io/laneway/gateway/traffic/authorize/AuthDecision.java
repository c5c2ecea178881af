package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.traffic.context.ResponseEdit;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.router.text.HeaderName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an authorizer said of a request, or that it said nothing. Immutable. */
final class AuthDecision implements ResponseEdit {

    private static final HeaderName CONTENT_TYPE = HeaderName.of("content-type");
    private static final HeaderName SET_COOKIE = HeaderName.of("set-cookie");
    private static final byte[] NOTHING = {};
    private static final int OVERHEAD = 256;

    /** What it comes to. */
    enum Kind {
        ALLOWED,
        DENIED,
        /** There is none: the authorizer is away, late, busy or not understood. */
        NONE
    }

    private final Kind kind;
    private final int status;
    private final String detail;
    private final List<HeaderChange> request;
    private final List<HeaderName> removed;
    private final @Nullable HeaderEdit twins;
    private final @Nullable QueryEdit query;
    private final List<HeaderChange> response;
    private final byte[] body;

    private AuthDecision(
            Kind kind,
            int status,
            String detail,
            List<HeaderChange> request,
            List<HeaderName> removed,
            @Nullable QueryEdit query,
            List<HeaderChange> response,
            byte[] body) {
        this.kind = kind;
        this.status = status;
        this.detail = detail;
        this.request = List.copyOf(request);
        this.twins = twins(request, removed);
        this.removed = List.copyOf(removed);
        this.query = query;
        this.response = List.copyOf(response);
        this.body = body;
    }

    /**
     * The request may pass.
     *
     * @param request  changes of its head, after those lines are removed
     * @param query    changes of its query, null for none
     * @param response changes of the response's head
     */
    static AuthDecision allowed(
            List<HeaderChange> request,
            List<HeaderName> removed,
            @Nullable QueryEdit query,
            List<HeaderChange> response) {
        return new AuthDecision(Kind.ALLOWED, 0, "", request, removed, query, response, NOTHING);
    }

    /** The request may not pass; its client gets that. */
    static AuthDecision denied(int status, List<HeaderChange> response, byte[] body) {
        return new AuthDecision(
                Kind.DENIED, status, "the authorizer denies the request", List.of(), List.of(), null, response, body);
    }

    /** There is no decision. */
    static AuthDecision none(String detail) {
        return new AuthDecision(Kind.NONE, 0, detail, List.of(), List.of(), null, List.of(), NOTHING);
    }

    Kind kind() {
        return kind;
    }

    /** Of the response, where the request is denied. */
    int status() {
        return status;
    }

    String detail() {
        return detail;
    }

    /** Of the response, where the request is denied. */
    byte[] body() {
        return body;
    }

    /** Whether it says the same to an equal check: what sets a cookie, or leads somewhere once, does not. */
    boolean isLasting() {
        boolean plain = kind == Kind.ALLOWED || (kind == Kind.DENIED && (status == 401 || status == 403));
        return plain && response.stream().noneMatch(change -> change.name().equals(SET_COOKIE));
    }

    /** An application may take a client's line for one that is set or removed here, if it differs in underscores alone. */
    private static @Nullable HeaderEdit twins(List<HeaderChange> set, List<HeaderName> removed) {
        Set<String> names = new TreeSet<>();
        set.stream()
                .filter(change -> change.way() == HeaderChange.Way.SET)
                .forEach(change -> names.add(change.name().toString()));
        removed.forEach(name -> names.add(name.toString()));
        return names.isEmpty() ? null : HeaderEdit.removing(List.copyOf(names));
    }

    /** Changes the request's head lines. */
    void applyTo(HeaderLines lines) {
        if (twins != null) {
            twins.removeTwins(lines);
        }
        for (int i = 0; i < removed.size(); i++) {
            lines.remove(removed.get(i));
        }
        for (int i = 0; i < request.size(); i++) {
            request.get(i).apply(lines);
        }
    }

    @Nullable
    QueryEdit query() {
        return query;
    }

    /** Whether it has something to say on the response. */
    boolean edits() {
        return !response.isEmpty();
    }

    @Override
    public @Nullable Failure apply(ResponseHead head) {
        for (int i = 0; i < response.size(); i++) {
            response.get(i).apply(head.lines());
        }
        return null;
    }

    /** What the client of a denied request gets, on a head that may describe a body of the gateway's own. */
    void respond(HeaderLines lines) {
        boolean described = lines.find(CONTENT_TYPE, 0) >= 0;
        for (int i = 0; i < response.size(); i++) {
            HeaderChange change = response.get(i);
            if (!described || !change.name().equals(CONTENT_TYPE)) {
                change.apply(lines);
            }
        }
    }

    /** Bytes that it takes, about. */
    int size() {
        int size = OVERHEAD + body.length + 64 * removed.size() + (query == null ? 0 : query.size());
        for (HeaderChange change : request) {
            size += change.size();
        }
        for (HeaderChange change : response) {
            size += change.size();
        }
        return size;
    }
}
