package io.laneway.control.table;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Deployment;
import io.laneway.router.model.Lane;
import io.laneway.router.model.Route;
import io.laneway.router.model.Service;
import io.laneway.router.model.ServiceId;
import io.laneway.router.model.Shift;
import io.laneway.router.table.TableDelta;
import io.laneway.router.table.TableDelta.Change;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Table objects while changes are applied to them; maps are copied at their first change. Confined to one thread. */
final class TableDraft {

    private String base;
    private Carriers carriers;
    private List<Route> routes;
    private final Copied<String, Lane> lanes;
    private final Copied<ServiceId, Service> services;
    private final Copied<String, Shift> shifts;

    TableDraft(TableObjects from) {
        base = from.base();
        carriers = from.carriers();
        routes = from.routes();
        lanes = new Copied<>(from.lanes());
        services = new Copied<>(from.services());
        shifts = new Copied<>(from.shifts());
    }

    TableObjects objects() {
        return new TableObjects(base, carriers, lanes.map, services.map, routes, shifts.map);
    }

    void apply(Change change) {
        if (change instanceof TableDelta.PutLane put) {
            lanes.put(Slug.of(put.lane().name()), put.lane());
        } else if (change instanceof TableDelta.RemoveLane remove) {
            lanes.remove(Slug.of(remove.name()));
        } else if (change instanceof TableDelta.PutShift put) {
            shifts.put(Slug.of(put.shift().name()), put.shift());
        } else if (change instanceof TableDelta.RemoveShift remove) {
            shifts.remove(Slug.of(remove.name()));
        } else if (change instanceof TableDelta.SetRoutes set) {
            routes = set.routes();
        } else if (change instanceof TableDelta.SetCarriers set) {
            carriers = set.carriers();
        } else if (change instanceof TableDelta.SetBase set) {
            base = set.base();
        } else {
            applyToService(change);
        }
    }

    private void applyToService(Change change) {
        if (change instanceof TableDelta.PutService put) {
            services.put(put.service().id(), put.service());
        } else if (change instanceof TableDelta.RemoveService remove) {
            services.remove(remove.id());
        } else if (change instanceof TableDelta.PutDeployment put) {
            deploy(put.service(), put.deployment().lane(), put.deployment());
        } else if (change instanceof TableDelta.RemoveDeployment remove) {
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
