package io.laneway.k8s.imports.table;

import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteAction.Rewrite;
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
 * @param targets  where it goes, by weight; empty where it is redirected
 * @param policy   what the rule says that a table has in the policy of a service: retries, CORS, rate, sizes
 */
public record Action(
        List<Target> targets,
        @Nullable Redirect redirect,
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
                headers,
                null,
                null,
                null,
                null,
                PolicyDraft.plain().policy());
    }

    /** The same, to other targets. */
    public Action to(List<Target> others) {
        return new Action(others, redirect, rewrite, headers, timeout, perTry, mirror, access, policy);
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
        return new Action(targets, elsewhere, moved, headers, timeout, perTry, mirror, access, policy);
    }

    private static String joined(String prefix, String rest) {
        String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        String whole = bare + rest;
        return whole.isEmpty() ? "/" : whole;
    }
}
