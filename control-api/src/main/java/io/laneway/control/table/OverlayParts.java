package io.laneway.control.table;

import io.laneway.control.store.Rows.OverlayRow;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An overlay in the store: a row for each service that was found and one for the lanes, so that a change of one endpoint
 * writes one service and not the whole cluster. Stateless.
 */
public final class OverlayParts {

    private static final String ALL = "all";
    private static final String LANES = "lanes";
    private static final String SERVICE = "service ";

    private OverlayParts() {}

    /** The rows by which one overlay differs from another. Services that are the same instance are not looked at. */
    @SuppressWarnings("ReferenceEquality")
    public static List<OverlayRow> between(Overlay old, Overlay now, String source, long revision) {
        List<OverlayRow> rows = new ArrayList<>();
        if (!old.lanes().equals(now.lanes()) || !old.eldest().equals(now.eldest())) {
            rows.add(new OverlayRow(source, LANES, revision, Bodies.overlay(new Overlay(now.lanes(), eldest(now)))));
        }
        Map<ServiceId, Service> before = new LinkedHashMap<>();
        old.services().forEach(service -> before.put(service.id(), service));
        for (Service service : now.services()) {
            Service was = before.remove(service.id());
            if (was != service && !service.equals(was)) {
                String body = Bodies.overlay(new Overlay(List.of(), List.of(service)));
                rows.add(new OverlayRow(source, SERVICE + service.id(), revision, body));
            }
        }
        before.keySet().forEach(gone -> rows.add(new OverlayRow(source, SERVICE + gone, revision, "")));
        return rows;
    }

    /** As services without anything: who reads rows of lanes and knows nothing of the eldest leaves them out. */
    private static List<Service> eldest(Overlay overlay) {
        return overlay.eldest().stream()
                .sorted()
                .map(id -> new Service(id, List.of(), null, List.of(), Policy.DEFAULT))
                .toList();
    }

    /** The overlays after some rows were read, in any order. */
    public static Map<String, Overlay> with(Map<String, Overlay> overlays, List<OverlayRow> rows) {
        Map<String, List<OverlayRow>> bySource = new TreeMap<>();
        rows.forEach(row ->
                bySource.computeIfAbsent(row.source(), any -> new ArrayList<>()).add(row));
        Map<String, Overlay> now = new TreeMap<>(overlays);
        bySource.forEach((source, some) -> now.put(source, with(overlays.getOrDefault(source, Overlay.EMPTY), some)));
        return now;
    }

    private static Overlay with(Overlay overlay, List<OverlayRow> rows) {
        List<Lane> lanes = overlay.lanes();
        Set<ServiceId> eldest = overlay.eldest();
        Map<ServiceId, Service> services = new TreeMap<>();
        overlay.services().forEach(service -> services.put(service.id(), service));
        for (OverlayRow row : rows) {
            if (row.part().equals(ALL)) {
                Overlay all = Bodies.readOverlay(row.body());
                lanes = all.lanes();
                all.services().forEach(service -> services.put(service.id(), service));
            }
        }
        for (OverlayRow row : rows) {
            if (row.part().equals(LANES)) {
                Overlay read = Bodies.readOverlay(row.body());
                lanes = read.lanes();
                eldest = read.services().stream().map(Service::id).collect(Collectors.toSet());
            } else if (row.body().isEmpty()) {
                services.remove(ServiceId.parse(row.part().substring(SERVICE.length())));
            } else if (!row.part().equals(ALL)) {
                Bodies.readOverlay(row.body()).services().forEach(service -> services.put(service.id(), service));
            }
        }
        return new Overlay(lanes, List.copyOf(services.values()), eldest);
    }
}
