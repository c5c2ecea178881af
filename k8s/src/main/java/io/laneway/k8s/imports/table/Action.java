package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Policy;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule does with a request. Immutable.
 *
 * @param targets  where it goes, by weight; empty where it is redirected or answered
 * @param status   of the response that the proxy itself gives, 400 to 599; null for none
 * @param policy   what the rule says that a table has in the policy of a service: retries, CORS, rate, sizes
 */
public record Action(
        List<Target> targets,
        @Nullable Redirect redirect,
        @Nullable Integer status,
        @Nullable Rewrite rewrite,
        HeaderRules headers,
        @Nullable Duration timeout,
        @Nullable Duration perTry,
        @Nullable Copies mirror,
        @Nullable Access access,
        Policy policy) {

    /** An upstream and its weight among the others of a rule. */
    public record Target(Upstream upstream, int weight) {}

    /** Copies of a share of the requests. */
    public record Copies(Upstream upstream, Share share) {}

    public Action {
        targets = List.copyOf(targets);
    }

    /** Forwards to one upstream, and nothing else. */
    public static Action forward(Upstream upstream) {
        return new Action(
                List.of(new Target(upstream, 1)),
                null,
                null,
                null,
                HeaderRules.NONE,
                null,
                null,
                null,
                null,
                PolicyDraft.plain().policy());
    }

    /** Answers with a redirection. */
    public static Action redirect(Redirect redirect, HeaderRules headers) {
        return new Action(
                List.of(),
                redirect,
                null,
                null,
                headers,
                null,
                null,
                null,
                null,
                PolicyDraft.plain().policy());
    }

    /** Whether a table has a form for such a response of the proxy itself. */
    public static boolean isResponse(String status) {
        return status.matches("[45][0-9]{2}");
    }

    /**
     * Answers by itself with the status that a member of an object names, if a table has it. What else the object has, such as
     * a body, stays untaken.
     *
     * @param headers what the rule changes of headers, which such a response does not have
     */
    public static Action response(Tracked said, String member, HeaderRules headers, Report report) {
        String status = String.valueOf(said.peek(member));
        if (!isResponse(status)) {
            throw new Refused(
                    said,
                    "a response of status " + status,
                    RoutePart.MIN_STATUS + " to " + RoutePart.MAX_STATUS + ", a redirection or a service");
        }
        said.text(member);
        if (!headers.equals(HeaderRules.NONE)) {
            report.differs(said.location(), "headers of a response of the proxy's own", "a response without them");
        }
        return response(Integer.parseInt(status));
    }

    /** Answers by itself. */
    public static Action response(int status) {
        return new Action(
                List.of(),
                null,
                status,
                null,
                HeaderRules.NONE,
                null,
                null,
                null,
                null,
                PolicyDraft.plain().policy());
    }

    /** Whether it puts another prefix in place of that of the path. */
    boolean replacesPrefix() {
        return (rewrite != null && rewrite.prefix() != null) || (redirect != null && redirect.prefix() != null);
    }

    /** The same, to other targets. */
    public Action to(List<Target> others) {
        return new Action(others, redirect, status, rewrite, headers, timeout, perTry, mirror, access, policy);
    }

    /** The same below a longer path, or for exactly one. */
    Action below(String path, Match longer) {
        String rest = longer.path().substring(path.equals("/") ? 0 : path.length());
        if (rest.isEmpty() && !longer.exact()) {
            return this;
        }
        Rewrite moved = rewrite;
        if (rewrite != null && rewrite.prefix() != null) {
            String now = joined(rewrite.prefix(), rest);
            moved = new Rewrite(rewrite.host(), longer.exact() ? now : null, longer.exact() ? null : now);
        }
        Redirect elsewhere = redirect;
        if (redirect != null && redirect.prefix() != null) {
            String now = joined(redirect.prefix(), rest);
            elsewhere = new Redirect(
                    redirect.status(),
                    redirect.scheme(),
                    redirect.host(),
                    redirect.port(),
                    longer.exact() ? now : null,
                    longer.exact() ? null : now);
        }
        return new Action(targets, elsewhere, status, moved, headers, timeout, perTry, mirror, access, policy);
    }

    private static String joined(String prefix, String rest) {
        String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        String whole = bare + rest;
        return whole.isEmpty() ? "/" : whole;
    }
}
