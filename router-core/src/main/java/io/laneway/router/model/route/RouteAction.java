package io.laneway.router.model.route;

import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.text.Slug;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a request of a route beside forwarding it. Immutable.
 *
 * @param split    the services among which requests are divided; empty where there is one, or none
 * @param redirect answered instead of forwarding, null for none
 * @param rewrite  changes of the target and host, null for none
 * @param headers  changes of the headers, around those of the service's policy: of a request before, of an answer after
 * @param timeout  instead of the policy's time for a request, null for the policy's
 * @param perTry   instead of the policy's time for one attempt, 0 for no bound, null for the policy's
 * @param mirrors  instead of the policy's mirror, empty for the policy's
 * @param access   instead of the policy's access, null for the policy's
 * @param cors     instead of the policy's CORS, null for the policy's
 * @param lane     of requests that carry none, null for what the listener and the tenant say; a lane that the table does not
 *                 have is no error, since lanes come and go
 * @param clients  which certificates clients of a connection have to show, null for what the listener says
 * @param terminate whether TLS of a connection that goes on ends at the gateway, so that its content is passed on as it is
 */
public record RouteAction(
        List<RoutePart> split,
        @Nullable Redirect redirect,
        @Nullable Rewrite rewrite,
        HeaderRules headers,
        @Nullable Duration timeout,
        @Nullable Duration perTry,
        List<RouteMirror> mirrors,
        @Nullable Access access,
        @Nullable Cors cors,
        @Nullable String lane,
        @Nullable ClientAuthorities clients,
        boolean terminate) {

    /**
     * A redirection; what is null stays as the request has it.
     *
     * @param path   the whole new path
     * @param prefix what the route's prefix becomes
     */
    public record Redirect(
            int status,
            @Nullable String scheme,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String path,
            @Nullable String prefix) {

        private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

        public Redirect {
            if (!STATUSES.contains(status)) {
                throw new IllegalArgumentException("status: " + status + " (expected: 301, 302, 303, 307 or 308)");
            }
            if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
                throw new IllegalArgumentException("scheme: '" + scheme + "' (expected: http or https)");
            }
            if (port != null && (port < 1 || port > MAX_PORT)) {
                throw new IllegalArgumentException("port: " + port + " (expected: 1 to " + MAX_PORT + ")");
            }
            Rewrite.requirePaths(path, prefix);
        }
    }

    /** Forwards, and nothing else. */
    public static final RouteAction FORWARD = new RouteAction(List.of(), null, null, HeaderRules.NONE, null);

    private static final int MAX_PORT = 65_535;

    /** An action that leaves the lane to the request, and clients to the listener. */
    public RouteAction(
            List<RoutePart> split,
            @Nullable Redirect redirect,
            @Nullable Rewrite rewrite,
            HeaderRules headers,
            @Nullable Duration timeout,
            @Nullable Duration perTry,
            List<RouteMirror> mirrors,
            @Nullable Access access,
            @Nullable Cors cors) {
        this(split, redirect, rewrite, headers, timeout, perTry, mirrors, access, cors, null, null, false);
    }

    /** An action that leaves access and CORS to the policy. */
    public RouteAction(
            List<RoutePart> split,
            @Nullable Redirect redirect,
            @Nullable Rewrite rewrite,
            HeaderRules headers,
            @Nullable Duration timeout,
            @Nullable Duration perTry,
            @Nullable RouteMirror mirror) {
        this(
                split,
                redirect,
                rewrite,
                headers,
                timeout,
                perTry,
                mirror == null ? List.of() : List.of(mirror),
                null,
                null);
    }

    /** What becomes of connections whose TLS ends at the gateway. */
    public static RouteAction ending(@Nullable ClientAuthorities clients) {
        return ofConnections(List.of(), clients, false);
    }

    /**
     * What becomes of connections that go on.
     *
     * @param terminate whether their TLS ends at the gateway
     */
    public static RouteAction passing(List<RoutePart> split, boolean terminate) {
        return ofConnections(split, null, terminate);
    }

    private static RouteAction ofConnections(
            List<RoutePart> split, @Nullable ClientAuthorities clients, boolean terminate) {
        return new RouteAction(
                split, null, null, HeaderRules.NONE, null, null, List.of(), null, null, null, clients, terminate);
    }

    /** An action that leaves attempts and mirror to the policy. */
    public RouteAction(
            List<RoutePart> split,
            @Nullable Redirect redirect,
            @Nullable Rewrite rewrite,
            HeaderRules headers,
            @Nullable Duration timeout) {
        this(split, redirect, rewrite, headers, timeout, null, null);
    }

    public RouteAction {
        split = List.copyOf(split);
        mirrors = List.copyOf(mirrors);
        Objects.requireNonNull(headers, "headers");
        if (!split.isEmpty() && split.stream().mapToInt(RoutePart::weight).max().orElse(0) == 0) {
            throw new IllegalArgumentException("services: every weight is 0 (expected: one above)");
        }
        if (redirect != null && (rewrite != null || timeout != null || perTry != null || !mirrors.isEmpty())) {
            throw new IllegalArgumentException(
                    "redirect: beside rewrite, timeout, perTryTimeout or mirror (expected: none of them)");
        }
        if (lane != null && Slug.of(lane).isEmpty()) {
            throw new IllegalArgumentException("lane: '" + lane.replaceAll("\\p{Cntrl}", "?")
                    + "' (expected: the name of a lane, with letters or digits)");
        }
        requireTime("timeout", timeout);
        requireTime("perTryTimeout", perTry);
    }

    private static void requireTime(String name, @Nullable Duration time) {
        if (time != null && time.isNegative()) {
            throw new IllegalArgumentException(name + ": " + time.toMillis() + "ms (expected: 0 or more)");
        }
    }

    /** Whether it forwards to the route's service, and nothing else. */
    public boolean isPlain() {
        return equals(FORWARD);
    }

    boolean replacesPrefix() {
        return (rewrite != null && rewrite.prefix() != null)
                || (redirect != null && redirect.prefix() != null)
                || split.stream()
                        .anyMatch(
                                part -> part.rewrite() != null && part.rewrite().prefix() != null);
    }

    /** Whether any request gets another path. */
    boolean changesPath() {
        return (rewrite != null && rewrite.changesPath())
                || split.stream()
                        .anyMatch(
                                part -> part.rewrite() != null && part.rewrite().changesPath());
    }

    RouteAction renamed(UnaryOperator<ServiceId> names) {
        if (split.isEmpty() && mirrors.isEmpty()) {
            return this;
        }
        List<RoutePart> parts = split.stream().map(part -> part.renamed(names)).toList();
        List<RouteMirror> copies =
                mirrors.stream().map(mirror -> mirror.renamed(names)).toList();
        return new RouteAction(
                parts, redirect, rewrite, headers, timeout, perTry, copies, access, cors, lane, clients, terminate);
    }
}
