package io.laneway.router.model.shift;

import io.laneway.router.text.Slug;
import java.util.List;

/**
 * Assigns shares of the tenants, and of the requests without one, to gray environments, which are lanes. Immutable.
 *
 * @param enabled      false assigns no tenant, pins included
 * @param tenant       where a request carries its tenant; the first that is present counts
 * @param environments the environments with their shares; slots that none of them owns belong to the base lane
 */
public record Shift(String name, boolean enabled, List<TenantSource> tenant, List<Environment> environments) {

    /** The shift of services that name none. */
    public static final String DEFAULT = "default";

    public Shift {
        Slug.requireName("name", name);
        tenant = List.copyOf(tenant);
        environments = List.copyOf(environments);
    }
}
