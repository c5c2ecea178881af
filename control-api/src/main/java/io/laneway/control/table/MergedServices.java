package io.laneway.control.table;

import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.DiscoveredNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Services as they were merged before, to be taken again where nothing that they were made of differs: comparing a few
 * instances is much less than merging thousands of deployments. Confined to one thread.
 *
 * @param published the services as merged before
 * @param found     what was found before under each identity by the one source that found it
 * @param own       what was edited before under each published identity
 */
record MergedServices(Map<ServiceId, Service> published, Map<ServiceId, Service> found, Map<ServiceId, Service> own) {

    private static final MergedServices NOTHING = new MergedServices(Map.of(), Map.of(), Map.of());

    static MergedServices of(
            TableObjects table,
            Collection<Overlay> overlays,
            Map<ServiceId, ServiceId> names,
            Set<String> lanes,
            @Nullable TableState before) {
        if (before == null
                || !before.objects().base().equals(table.base())
                || !before.published().lanes().keySet().equals(lanes)) {
            return NOTHING;
        }
        Map<ServiceId, Service> now = single(overlays);
        Map<String, Overlay> foundBefore = JoinOverlay.found(before.overlays());
        Map<ServiceId, Service> found = single(foundBefore.values());
        found.keySet().retainAll(now.keySet());
        // what was published of these is not what was found
        found.keySet().removeAll(JoinOverlay.services(JoinOverlay.joined(before.overlays())));
        boolean sameNames = DiscoveredNames.of(before.objects().services().values(), foundBefore.values())
                .equals(names);
        // Services under another name than they were edited with are few, and merged each time.
        return sameNames
                ? new MergedServices(
                        before.published().services(), found, before.objects().services())
                : NOTHING;
    }

    /** What only one source has, by identity. */
    private static Map<ServiceId, Service> single(Collection<Overlay> overlays) {
        Map<ServiceId, Service> single = new HashMap<>();
        Set<ServiceId> several = new HashSet<>();
        for (Overlay overlay : overlays) {
            for (Service service : overlay.services()) {
                if (single.put(service.id(), service) != null) {
                    several.add(service.id());
                }
            }
        }
        single.keySet().removeAll(several);
        return single;
    }

    /**
     * The service as it was merged, if it would be the same now; else null.
     *
     * @param edited what the table has under this identity
     * @param taken  the hosts that others have by now
     */
    @SuppressWarnings("ReferenceEquality")
    @Nullable
    Service same(Service service, @Nullable Service edited, Set<String> taken) {
        Service merged = published.get(service.id());
        if (merged == null || found.get(service.id()) != service || own.get(service.id()) != edited) {
            return null;
        }
        List<String> hosts = new ArrayList<>(edited == null ? List.of() : edited.hosts());
        service.hosts().stream().filter(host -> !taken.contains(host(host))).forEach(hosts::add);
        return merged.hosts().equals(hosts) ? merged : null;
    }

    /** A host as hosts are compared. */
    static String host(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
