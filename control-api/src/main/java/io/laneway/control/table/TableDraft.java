package io.laneway.control.table;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of a table while changes are applied to them; maps are copied at their first change. Confined to one thread. */
final class TableDraft {

    private String base;
    private Carriers carriers;
    private List<Route> routes;
    private final Copied<String, Lane> lanes;
    private final Copied<ServiceId, Service> services;
    private final Copied<String, Shift> shifts;
    private final Copied<String, Recording> recordings;

    TableDraft(
            String base,
            Carriers carriers,
            Map<String, Lane> lanes,
            Map<ServiceId, Service> services,
            List<Route> routes,
            Map<String, Shift> shifts,
            Map<String, Recording> recordings) {
        this.base = base;
        this.carriers = carriers;
        this.routes = routes;
        this.lanes = new Copied<>(lanes);
        this.services = new Copied<>(services);
        this.shifts = new Copied<>(shifts);
        this.recordings = new Copied<>(recordings);
    }

    String base() {
        return base;
    }

    Carriers carriers() {
        return carriers;
    }

    List<Route> routes() {
        return routes;
    }

    Map<String, Lane> lanes() {
        return lanes.map;
    }

    Map<ServiceId, Service> services() {
        return services.map;
    }

    Map<String, Shift> shifts() {
        return shifts.map;
    }

    Map<String, Recording> recordings() {
        return recordings.map;
    }

    void apply(TableChange change) {
        if (change instanceof TableChange.PutLane put) {
            lanes.put(Slug.of(put.lane().name()), put.lane());
        } else if (change instanceof TableChange.RemoveLane remove) {
            lanes.remove(Slug.of(remove.name()));
        } else if (change instanceof TableChange.PutShift put) {
            shifts.put(Slug.of(put.shift().name()), put.shift());
        } else if (change instanceof TableChange.RemoveShift remove) {
            shifts.remove(Slug.of(remove.name()));
        } else if (change instanceof TableChange.PutRecording put) {
            recordings.put(Slug.of(put.recording().name()), put.recording());
        } else if (change instanceof TableChange.RemoveRecording remove) {
            recordings.remove(Slug.of(remove.name()));
        } else if (change instanceof TableChange.SetRoutes set) {
            routes = set.routes();
        } else if (change instanceof TableChange.SetCarriers set) {
            carriers = set.carriers();
        } else if (change instanceof TableChange.SetBase set) {
            base = set.base();
        } else {
            applyToService(change);
        }
    }

    private void applyToService(TableChange change) {
        if (change instanceof TableChange.PutService put) {
            services.put(put.service().id(), put.service());
        } else if (change instanceof TableChange.RemoveService remove) {
            services.remove(remove.id());
        } else if (change instanceof TableChange.PutDeployment put) {
            deploy(put.service(), put.deployment().lane(), put.deployment());
        } else if (change instanceof TableChange.RemoveDeployment remove) {
            deploy(remove.service(), remove.lane(), null);
        }
    }

    private void deploy(ServiceId id, String lane, @Nullable Deployment deployment) {
        Service service = services.map.get(id);
        if (service == null) {
            return;
        }
        String slug = Slug.of(lane);
        List<Deployment> deployments = new ArrayList<>(service.deployments().size() + 1);
        boolean placed = deployment == null;
        for (Deployment old : service.deployments()) {
            if (!old.lane().equals(lane) && !Slug.of(old.lane()).equals(slug)) {
                deployments.add(old);
            } else if (!placed && deployment != null) {
                deployments.add(deployment);
                placed = true;
            }
        }
        if (!placed && deployment != null) {
            deployments.add(deployment);
        }
        services.put(id, new Service(id, service.hosts(), service.shift(), deployments, service.policy()));
    }

    /** A map that is copied at its first change. */
    private static final class Copied<K, V> {
        private Map<K, V> map;
        private boolean copied;

        Copied(Map<K, V> map) {
            this.map = map;
        }

        void put(K key, V value) {
            own().put(key, value);
        }

        void remove(K key) {
            own().remove(key);
        }

        private Map<K, V> own() {
            if (!copied) {
                map = new LinkedHashMap<>(map);
                copied = true;
            }
            return map;
        }
    }
}
