package io.laneway.control.table;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of the objects of a table in the store. */
public final class ObjectKeys {

    public static final ObjectKey ROUTES = new ObjectKey("routes", "");
    public static final ObjectKey CARRIERS = new ObjectKey("carriers", "");
    public static final ObjectKey BASE = new ObjectKey("base", "");

    private ObjectKeys() {}

    public static ObjectKey lane(String name) {
        return new ObjectKey("lane", Slug.of(name));
    }

    public static ObjectKey service(ServiceId id) {
        return new ObjectKey("service", id.toString());
    }

    public static ObjectKey shift(String name) {
        return new ObjectKey("shift", Slug.of(name));
    }

    public static ObjectKey recording(String name) {
        return new ObjectKey("recording", Slug.of(name));
    }

    /** The objects that changes touch, in their order. */
    public static Set<ObjectKey> touched(List<TableChange> changes) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        changes.forEach(change -> keys.add(touched(change)));
        return keys;
    }

    private static ObjectKey touched(TableChange change) {
        if (change instanceof TableChange.PutLane put) {
            return lane(put.lane().name());
        }
        if (change instanceof TableChange.RemoveLane remove) {
            return lane(remove.name());
        }
        if (change instanceof TableChange.PutShift put) {
            return shift(put.shift().name());
        }
        if (change instanceof TableChange.RemoveShift remove) {
            return shift(remove.name());
        }
        if (change instanceof TableChange.PutService put) {
            return service(put.service().id());
        }
        if (change instanceof TableChange.RemoveService remove) {
            return service(remove.id());
        }
        if (change instanceof TableChange.PutDeployment put) {
            return service(put.service());
        }
        if (change instanceof TableChange.RemoveDeployment remove) {
            return service(remove.service());
        }
        if (change instanceof TableChange.PutRecording put) {
            return recording(put.recording().name());
        }
        if (change instanceof TableChange.RemoveRecording remove) {
            return recording(remove.name());
        }
        if (change instanceof TableChange.SetRoutes) {
            return ROUTES;
        }
        return change instanceof TableChange.SetCarriers ? CARRIERS : BASE;
    }
}
