package io.laneway.xds.lane;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.model.shift.TenantSource.Kind;
import io.laneway.router.table.ShiftEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a shift would assign. The hash of a tenant is not to be said in xDS, so these requests are refused where they
 * carry no lane; those that a gateway has stamped have one. Immutable.
 *
 * @param shift    its name, empty where none assigns anything
 * @param sources  where requests carry a tenant
 * @param everyone whether headers and query do not say which requests are meant: all without a lane are refused
 */
public record Tenants(String shift, List<TenantSource> sources, boolean everyone) {

    /** No request is assigned. */
    public static final Tenants NONE = new Tenants("", List.of(), false);

    /** Made of a table. */
    public static Tenants of(@Nullable ShiftEntry entry) {
        Shift shift = entry == null ? null : entry.shift();
        if (shift == null || !shift.enabled() || shift.environments().stream().noneMatch(Tenants::assigns)) {
            return NONE;
        }
        boolean requests = shift.environments().stream()
                .anyMatch(each -> each.requests().share().slots() > 0);
        boolean hosts = shift.tenant().stream().anyMatch(source -> source.kind() == Kind.HOST);
        return new Tenants(shift.name(), shift.tenant(), requests || hosts);
    }

    private static boolean assigns(Environment environment) {
        return environment.share().slots() > 0
                || !environment.tenants().include().isEmpty()
                || environment.requests().share().slots() > 0;
    }

    /** Whether there are requests to be refused. */
    public boolean any() {
        return !shift.isEmpty() && (everyone || !sources.isEmpty());
    }
}
