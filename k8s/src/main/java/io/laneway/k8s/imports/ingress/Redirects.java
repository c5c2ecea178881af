package io.laneway.k8s.imports.ingress;

import io.laneway.k8s.imports.table.Action;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.policy.HeaderRules;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An Ingress that redirects instead of forwarding. */
final class Redirects {

    private static final int PERMANENT = 301;
    private static final int TEMPORAL = 302;

    private Redirects() {}

    /** What all its paths answer; null if it has no such annotation, or one that stays to be named. */
    static @Nullable Action of(Annotations annotations) {
        String name = annotations.peek("permanent-redirect") == null ? "temporal-redirect" : "permanent-redirect";
        boolean permanent = name.startsWith("permanent");
        Integer code = annotations.number(permanent ? "permanent-redirect-code" : "temporal-redirect-code");
        String url = annotations.peek(name);
        try {
            URI to = url == null || url.contains("$") ? null : URI.create(url);
            if (to == null || to.getHost() == null || to.getRawQuery() != null || to.getRawFragment() != null) {
                return null;
            }
            String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
            Redirect redirect = new Redirect(
                    code == null ? (permanent ? PERMANENT : TEMPORAL) : code,
                    to.getScheme(),
                    to.getHost(),
                    to.getPort() < 0 ? null : to.getPort(),
                    path,
                    null);
            annotations.take(name);
            return Action.redirect(redirect, HeaderRules.NONE);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
