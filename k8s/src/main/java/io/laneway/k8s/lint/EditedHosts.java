package io.laneway.k8s.lint;

import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostOwners;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says which Services claim a host that was edited into the lane table for another service, and wins there. Pure. */
public final class EditedHosts {

    private EditedHosts() {}

    /** @param edited the table without what discovery found */
    public static List<Finding> findings(LaneTable edited, HostOwners owners) {
        if (owners.byHost().isEmpty()) {
            return List.of();
        }
        Map<String, ServiceId> hosts = new HashMap<>();
        edited.services()
                .forEach(service ->
                        service.hosts().forEach(host -> hosts.put(host.toLowerCase(Locale.ROOT), service.id())));
        List<Finding> findings = new ArrayList<>();
        owners.byHost().forEach((host, claim) -> {
            ServiceId id = hosts.get(host);
            if (id != null && !same(id, claim)) {
                findings.add(new Finding(
                        Finding.Kind.HOST_TAKEN,
                        claim.key(),
                        "host '" + host + "' is already that of service " + id
                                + ", as the lane table was edited (expected: a host that no other has)"));
            }
        });
        findings.sort(null);
        return findings;
    }

    /** A service that was edited without a namespace is the one found under its name. */
    private static boolean same(ServiceId edited, HostClaim claim) {
        return edited.equals(claim.service())
                || (edited.namespace() == null
                        && edited.name().equals(claim.service().name()));
    }
}
