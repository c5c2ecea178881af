package io.laneway.router.route;

import io.laneway.router.model.route.Route;
import java.util.function.Function;

/**
 * Makes something of a route at first use and keeps it beside the compiled route, as the type that it made. Held in a
 * constant: what another one made is not found by it. Safe for many threads.
 *
 * @param <T> what is made of a route
 */
public final class RouteAttachment<T> {

    /** What is kept beside a route, and what made it. Immutable. */
    record Kept(RouteAttachment<?> by, Object value) {}

    private final Function<Route, T> maker;

    private RouteAttachment(Function<Route, T> maker) {
        this.maker = maker;
    }

    /** An attachment that a maker makes; the maker is pure. */
    public static <T> RouteAttachment<T> madeBy(Function<Route, T> maker) {
        return new RouteAttachment<>(maker);
    }

    /** What is kept beside the route. It may be made twice, and one of the two is kept. */
    @SuppressWarnings("unchecked") // what this one made is of its type
    public T of(CompiledRoute route) {
        if (route.kept() instanceof Kept kept && kept.by == this) {
            return (T) kept.value;
        }
        T made = maker.apply(route.route());
        route.keep(new Kept(this, made));
        return made;
    }
}
