package io.laneway.gateway.upstream.policy;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.route.RouteAttachment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a route does beside leading to a service, compiled. A route that does nothing else has none of these, so that it
 * costs a request one look. Immutable.
 *
 * @param redirect answered instead of forwarding, null for none
 * @param rewrite  of the path and host, null for none
 * @param timeout  nanoseconds for the whole, 0 for no bound, negative for the policy's
 * @param perTry   for one attempt, 0 for no bound, null for the policy's
 * @param mirrors  who gets copies, empty for whom the policy says
 * @param access   whether requests need a token, null for what the policy says
 * @param parts    what is changed for each part of the route alone, null if nothing is for any
 * @param cors     what pages of other origins may do, null for what the policy says
 */
public record RouteRules(
        @Nullable Redirect redirect,
        @Nullable TargetEdit rewrite,
        @Nullable HeaderEdit request,
        @Nullable HeaderEdit response,
        long timeout,
        @Nullable Duration perTry,
        List<RouteMirror> mirrors,
        @Nullable Access access,
        @Nullable List<PartEdits> parts,
        @Nullable CorsPolicy cors) {

    /**
     * What is changed for one part of a route. Immutable.
     *
     * @param target the target and host, instead of what the route makes of them; null for that
     */
    public record PartEdits(
            @Nullable HeaderEdit request,
            @Nullable HeaderEdit response,
            @Nullable TargetEdit target) {

        private boolean isEmpty() {
            return request == null && response == null && target == null;
        }
    }

    private static final RouteAttachment<RouteRules> COMPILED = RouteAttachment.madeBy(RouteRules::compile);

    /** The rules of a route, null if there are none. */
    public static @Nullable RouteRules of(@Nullable CompiledRoute target) {
        return target != null && target.acts() ? COMPILED.of(target) : null;
    }

    private static RouteRules compile(Route route) {
        RouteAction action = route.action();
        Rewrite rewrite = action.rewrite();
        TargetEdit target = rewrite == null ? null : TargetEdit.of(rewrite);
        Duration timeout = action.timeout();
        return new RouteRules(
                action.redirect(),
                target,
                edit(action.headers().request()),
                edit(action.headers().response()),
                timeout == null ? -1 : timeout.toNanos(),
                action.perTry(),
                action.mirrors(),
                action.access(),
                parts(action),
                action.cors() == null ? null : new CorsPolicy(action.cors(), null));
    }

    private static @Nullable List<PartEdits> parts(RouteAction action) {
        List<PartEdits> parts = action.split().stream()
                .map(part -> new PartEdits(
                        edit(part.headers().request()),
                        edit(part.headers().response()),
                        part.rewrite() == null ? null : TargetEdit.of(part.rewrite())))
                .toList();
        return parts.stream().allMatch(PartEdits::isEmpty) ? null : parts;
    }

    /** The changes for a part alone, by its number; null if there are none for any. */
    public @Nullable PartEdits part(int number) {
        return parts == null ? null : parts.get(number);
    }

    private static @Nullable HeaderEdit edit(HeaderRules.Edit edit) {
        return edit.isEmpty() ? null : new HeaderEdit(edit);
    }

    /**
     * Changes the head of a request that is forwarded.
     *
     * @param part the number of the part that it fell to
     */
    public void apply(RequestHead head, CompiledRoute target, int part) {
        PartEdits own = part(part);
        TargetEdit edit = own == null || own.target() == null ? rewrite : own.target();
        if (edit != null) {
            edit.apply(head, target);
        } else if (target.strip() > 0) {
            head.stripPrefix(target.strip());
        }
        if (request != null) {
            request.apply(head.lines());
        }
        if (own != null && own.request() != null) {
            own.request().apply(head.lines());
        }
    }
}
