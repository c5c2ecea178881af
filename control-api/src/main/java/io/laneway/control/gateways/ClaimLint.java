package io.laneway.control.gateways;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.source.LintSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds shifts that take tenants from a claim of a token while a gateway has an external listener that verifies no tokens:
 * there the claim is absent. Safe for many threads.
 *
 * @param gateways those that were heard of lately
 */
public record ClaimLint(Supplier<? extends Collection<KnownGateway>> gateways) implements LintSource {

    @Override
    public List<Finding> findings(LaneTable table) {
        List<Finding> findings = new ArrayList<>();
        for (Shift shift : table.shifts()) {
            for (TenantSource place : shift.tenant()) {
                if (place.kind() == TenantSource.Kind.JWT_CLAIM) {
                    gateways.get().forEach(gateway -> look(shift, place, gateway, findings));
                }
            }
        }
        return findings;
    }

    private static void look(Shift shift, TenantSource place, KnownGateway gateway, List<Finding> findings) {
        for (String listener : gateway.report().unverified()) {
            findings.add(new Finding(
                    "claim-not-verified",
                    "shift " + shift.name(),
                    "takes tenants from the claim " + place.name() + ", which is absent on listener " + listener
                            + " of gateway " + gateway.id() + ": it verifies no tokens (jwt)"));
        }
    }
}
