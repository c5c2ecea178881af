package io.laneway.gateway.upstream.policy;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.route.CompiledRoute;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the target and host of requests, compiled. Immutable.
 *
 * @param path null for the request's own, without the prefix where the route takes it off
 * @param host that the service gets, null for the request's own
 */
public record TargetEdit(
        @Nullable PathRewrite path, @Nullable String host) {

    static TargetEdit of(Rewrite rewrite) {
        return new TargetEdit(
                rewrite.changesPath() ? new PathRewrite(rewrite.path(), rewrite.prefix()) : null, rewrite.host());
    }

    void apply(RequestHead head, CompiledRoute route) {
        if (path != null) {
            path.apply(head, route.prefixLength());
        } else if (route.strip() > 0) {
            head.stripPrefix(route.strip());
        }
        if (host != null) {
            head.lines().remove(Field.HOST);
            head.lines().add(Field.HOST.header(), host);
            head.authorityIs(host);
        }
    }
}
