package io.laneway.xds.host;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.xds.words.Patterns;
import org.jspecify.annotations.Nullable;

/** What a route of the table makes of paths, as substitutions of an Envoy, which leave the query as it is. Stateless. */
public final class PathRewrites {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private PathRewrites() {}

    /**
     * The substitution of a route, null where paths stay.
     *
     * @param rewrite of the route, or of its part
     */
    public static @Nullable RegexMatchAndSubstitute of(Route route, @Nullable Rewrite rewrite) {
        if (rewrite != null && rewrite.changesPath()) {
            return of(route, rewrite.path(), rewrite.prefix());
        }
        return route.stripPrefix() ? of(route, null, "/") : null;
    }

    private static @Nullable RegexMatchAndSubstitute of(Route route, @Nullable String path, @Nullable String prefix) {
        if (path != null) {
            return substitution("^/.*$", path);
        }
        String from = withoutSlash(route.path());
        String to = withoutSlash(prefix == null ? "" : prefix);
        if (!to.isEmpty()) {
            return from.isEmpty() ? substitution("^/", to + "/") : substitution("^" + Patterns.quoted(from), to);
        }
        return from.isEmpty() ? null : substitution("^" + Patterns.quoted(from) + "/?", "/");
    }

    private static RegexMatchAndSubstitute substitution(String pattern, String to) {
        return RegexMatchAndSubstitute.newBuilder()
                .setPattern(Patterns.ofEnvoys(pattern))
                .setSubstitution(to.replace("\\", "\\\\"))
                .build();
    }

    /** The path of a route as prefixes are compared: without slashes at its end. */
    public static String withoutSlash(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** A redirection; a scheme that it names has its own port. */
    public static RedirectAction redirect(Route route, Redirect redirect) {
        RedirectAction.Builder action = RedirectAction.newBuilder().setResponseCode(code(redirect.status()));
        String scheme = redirect.scheme();
        if (scheme != null) {
            action.setSchemeRedirect(scheme);
        }
        if (redirect.host() != null) {
            action.setHostRedirect(redirect.host());
        }
        Integer port = redirect.port();
        if (port != null) {
            action.setPortRedirect(port);
        } else if (scheme != null && redirect.host() == null) {
            action.setPortRedirect(scheme.equals("https") ? HTTPS : HTTP);
        }
        boolean changes = redirect.path() != null || redirect.prefix() != null;
        RegexMatchAndSubstitute path = changes ? of(route, redirect.path(), redirect.prefix()) : null;
        if (path != null) {
            action.setRegexRewrite(path);
        }
        return action.build();
    }

    private static RedirectResponseCode code(int status) {
        return switch (status) {
            case 301 -> RedirectResponseCode.MOVED_PERMANENTLY;
            case 303 -> RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectResponseCode.PERMANENT_REDIRECT;
            default -> RedirectResponseCode.FOUND;
        };
    }
}
