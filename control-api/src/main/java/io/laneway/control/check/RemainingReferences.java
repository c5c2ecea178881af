package io.laneway.control.check;

import io.laneway.control.table.TableObjects;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.policy.Policy;
import io.laneway.router.text.Slug;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Looks through a table for objects that refer to some others. Costs a comparison or two for each reference, and nothing
 * where nothing is looked for. Stateless.
 */
final class RemainingReferences {

    private RemainingReferences() {}

    /** Whether a lane, deployment, policy or environment names one of the lanes, given by slug. */
    static boolean toLanes(TableObjects in, Set<String> slugs) {
        if (slugs.isEmpty()) {
            return false;
        }
        return in.lanes().values().stream().anyMatch(lane -> child(lane, slugs))
                || in.services().values().stream().anyMatch(service -> names(service, slugs))
                || in.shifts().values().stream().anyMatch(shift -> names(shift, slugs));
    }

    private static boolean child(Lane lane, Set<String> slugs) {
        return lane.parent() != null && slugs.contains(Slug.of(lane.parent()));
    }

    private static boolean names(Service service, Set<String> slugs) {
        return service.deployments().stream().anyMatch(d -> slugs.contains(Slug.of(d.lane())))
                || names(service.policy(), slugs);
    }

    private static boolean names(Policy policy, Set<String> slugs) {
        return (policy.mirror() != null
                        && slugs.contains(Slug.of(policy.mirror().lane())))
                || (policy.fault() != null
                        && slugs.contains(Slug.of(policy.fault().lane())));
    }

    private static boolean names(Shift shift, Set<String> slugs) {
        return shift.environments().stream().anyMatch(e -> slugs.contains(Slug.of(e.lane())));
    }

    /** Whether a service names one of the shifts, given as written. */
    static boolean toShifts(TableObjects in, Set<String> names) {
        return !names.isEmpty()
                && in.services().values().stream()
                        .anyMatch(service -> service.shift() != null && names.contains(service.shift()));
    }

    /** Whether one of the services has a host that another service has, which is none of them. */
    static boolean sharedHosts(TableObjects in, Set<ServiceId> services) {
        Set<String> hosts = new HashSet<>();
        for (ServiceId id : services) {
            Service service = in.service(id);
            if (service != null) {
                service.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
            }
        }
        return !hosts.isEmpty()
                && in.services().values().stream()
                        .filter(service -> !services.contains(service.id()))
                        .flatMap(service -> service.hosts().stream())
                        .anyMatch(host -> hosts.contains(host.toLowerCase(Locale.ROOT)));
    }
}
