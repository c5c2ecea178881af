package io.laneway.control.edit;

import io.laneway.control.store.Rows.OverlayRow;
import io.laneway.control.table.Bodies;
import io.laneway.router.model.Lane;
import io.laneway.router.model.Service;
import io.laneway.router.model.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An overlay in the store: a row for each service that was found and one for the lanes, so that a change of one endpoint
 * writes one service and not the whole cluster. Stateless.
 */
final class OverlayParts {

    private static final String ALL = "all";
    private static final String LANES = "lanes";
    private static final String SERVICE = "service ";

    private OverlayParts() {}

    /** The rows by which one overlay differs from another. Services that are the same instance are not looked at. */
    @SuppressWarnings("ReferenceEquality")
    static List<OverlayRow> between(Overlay old, Overlay now, String source, long revision) {
        List<OverlayRow> rows = new ArrayList<>();
        if (!old.lanes().equals(now.lanes())) {
            rows.add(new OverlayRow(source, LANES, revision, Bodies.overlay(new Overlay(now.lanes(), List.of()))));
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

    /** The overlays after some rows were read, in any order. */
    static Map<String, Overlay> with(Map<String, Overlay> overlays, List<OverlayRow> rows) {
        Map<String, List<OverlayRow>> bySource = new TreeMap<>();
        rows.forEach(row ->
                bySource.computeIfAbsent(row.source(), any -> new ArrayList<>()).add(row));
        Map<String, Overlay> now = new TreeMap<>(overlays);
        bySource.forEach((source, some) -> now.put(source, with(overlays.getOrDefault(source, Overlay.EMPTY), some)));
        return now;
    }

    private static Overlay with(Overlay overlay, List<OverlayRow> rows) {
        List<Lane> lanes = overlay.lanes();
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
                lanes = Bodies.readOverlay(row.body()).lanes();
            } else if (row.body().isEmpty()) {
                services.remove(ServiceId.parse(row.part().substring(SERVICE.length())));
            } else if (!row.part().equals(ALL)) {
                Bodies.readOverlay(row.body()).services().forEach(service -> services.put(service.id(), service));
            }
        }
        return new Overlay(lanes, List.copyOf(services.values()));
    }
}
