package io.laneway.control.table;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.router.model.ServiceId;
import io.laneway.router.table.TableDelta;
import io.laneway.router.table.TableDelta.Change;
import io.laneway.router.text.Slug;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of the objects of a table in the store. */
public final class Keys {

    public static final ObjectKey ROUTES = new ObjectKey("routes", "");
    public static final ObjectKey CARRIERS = new ObjectKey("carriers", "");
    public static final ObjectKey BASE = new ObjectKey("base", "");

    private Keys() {}

    public static ObjectKey lane(String name) {
        return new ObjectKey("lane", Slug.of(name));
    }

    public static ObjectKey service(ServiceId id) {
        return new ObjectKey("service", id.toString());
    }

    public static ObjectKey shift(String name) {
        return new ObjectKey("shift", Slug.of(name));
    }

    /** The objects that changes touch, in their order. */
    public static Set<ObjectKey> touched(List<Change> changes) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        changes.forEach(change -> keys.add(touched(change)));
        return keys;
    }

    private static ObjectKey touched(Change change) {
        if (change instanceof TableDelta.PutLane put) {
            return lane(put.lane().name());
        }
        if (change instanceof TableDelta.RemoveLane remove) {
            return lane(remove.name());
        }
        if (change instanceof TableDelta.PutShift put) {
            return shift(put.shift().name());
        }
        if (change instanceof TableDelta.RemoveShift remove) {
            return shift(remove.name());
        }
        if (change instanceof TableDelta.PutService put) {
            return service(put.service().id());
        }
        if (change instanceof TableDelta.RemoveService remove) {
            return service(remove.id());
        }
        if (change instanceof TableDelta.PutDeployment put) {
            return service(put.service());
        }
        if (change instanceof TableDelta.RemoveDeployment remove) {
            return service(remove.service());
        }
        if (change instanceof TableDelta.SetRoutes) {
            return ROUTES;
        }
        return change instanceof TableDelta.SetCarriers ? CARRIERS : BASE;
    }
}
