package io.laneway.router.model.shift;

import java.util.List;

/**
 * Tenants that an environment has or refuses whatever their slot says. Immutable.
 *
 * @param include tenants that always get this environment
 * @param exclude tenants that never get this environment: their slot in it means the base lane
 */
public record Pins(List<String> include, List<String> exclude) {

    /** No pins. */
    public static final Pins NONE = new Pins(List.of(), List.of());

    public Pins {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
