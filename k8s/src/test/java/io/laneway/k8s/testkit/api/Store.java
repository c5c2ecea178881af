package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cluster under the rules that a real API server has: names, resource versions, finalisers, owners that
 * take their dependants with them, field managers, and admission. Safe for many threads.
 */
final class Store {

    /** Changes an object before it is stored; {@code old} is null when it is created. */
    interface Admission {
        ObjectNode admit(@Nullable ObjectNode old, ObjectNode now);
    }

    /** A change as a watch has it. */
    record Event(long version, String collection, String namespace, String type, ObjectNode object) {}

    static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, ObjectNode>> all = new HashMap<>();
    private final List<Event> log = new ArrayList<>();
    private final Map<String, Admission> admissions = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Schemas schemas = Schemas.ofGatewayApi();
    private Runnable changed = () -> {};
    private long version = 1;

    /** What definitions of custom resources demand. */
    Schemas schemas() {
        return schemas;
    }

    synchronized void admission(String plural, @Nullable Admission admission) {
        admissions.put(plural, admission == null ? (old, now) -> now : admission);
    }

    /** Runs after each change of Services and pods, while the store is locked. */
    synchronized void onChange(Runnable task) {
        changed = task;
    }

    /** Writes of a kind are answered with a status from now on; 0 for none. */
    synchronized void fail(String plural, int status) {
        failures.put(plural, status);
    }

    synchronized long version() {
        return version;
    }

    synchronized List<ObjectNode> list(Place place) {
        List<ObjectNode> found = new ArrayList<>();
        all.getOrDefault(place.collection(), Map.of()).forEach((key, object) -> {
            if ((place.namespace().isEmpty() || key.startsWith(place.namespace() + "/")) && selected(place, object)) {
                found.add(object);
            }
        });
        return found;
    }

    private static boolean selected(Place place, ObjectNode object) {
        String selector = place.query().getOrDefault("labelSelector", "");
        if (!selector.isEmpty()) {
            for (String one : selector.split(",")) {
                String[] parts = one.split("==?", 2);
                JsonNode label = object.path("metadata").path("labels").path(parts[0]);
                if (label.isMissingNode()
                        || (parts.length > 1 && !label.asText().equals(parts[1]))) {
                    return false;
                }
            }
        }
        String field = place.query().getOrDefault("fieldSelector", "");
        return !field.startsWith("metadata.name=")
                || object.path("metadata").path("name").asText().equals(field.substring("metadata.name=".length()));
    }

    synchronized ObjectNode get(Place place) {
        ObjectNode object = all.getOrDefault(place.collection(), Map.of()).get(place.key());
        if (object == null) {
            throw new Refusal(404, "NotFound", place.plural() + " \"" + place.name() + "\" not found");
        }
        return object;
    }

    synchronized boolean has(Place place) {
        return all.getOrDefault(place.collection(), Map.of()).containsKey(place.key());
    }

    synchronized ObjectNode create(Place at, ObjectNode body, String manager) {
        refuse(at);
        ObjectNode object = body.deepCopy();
        ObjectNode meta = object.withObjectProperty("metadata");
        if (meta.path("name").asText().isEmpty() && meta.has("generateName")) {
            meta.put("name", meta.get("generateName").asText() + Long.toHexString(version));
        }
        Place place =
                new Place(at.collection(), at.namespace(), meta.path("name").asText(), "", at.query());
        if (has(place)) {
            throw new Refusal(409, "AlreadyExists", place.plural() + " \"" + place.name() + "\" already exists");
        }
        meta.put("uid", UUID.randomUUID().toString());
        // A real one sets the time itself; tests make older and younger objects.
        if (!meta.has("creationTimestamp")) {
            meta.put("creationTimestamp", "2026-11-01T00:00:00Z");
        }
        meta.put("generation", 1);
        if (schemas.knows(place.plural())) {
            // Its status is a resource of its own.
            object.remove("status");
        }
        return store(place, null, object, manager);
    }

    /** Replaces an object, or its status alone. */
    synchronized ObjectNode put(Place place, ObjectNode body, String manager) {
        refuse(place);
        ObjectNode old = get(place);
        String named = body.path("metadata").path("resourceVersion").asText();
        if (named.isEmpty() && schemas.knows(place.plural())) {
            throw new Refusal(422, "Invalid", "metadata.resourceVersion: must be specified for an update");
        }
        if (!named.isEmpty()
                && !named.equals(old.path("metadata").path("resourceVersion").asText())) {
            throw new Refusal(409, "Conflict", "the object has been modified");
        }
        ObjectNode now = body.deepCopy();
        if (place.sub().equals("status")) {
            now = old.deepCopy();
            now.remove("status");
            if (body.has("status")) {
                now.set("status", body.get("status").deepCopy());
            }
        } else if (old.has("status")) {
            now.set("status", old.get("status"));
        }
        return store(place, old, now, manager);
    }

    synchronized ObjectNode patch(Place place, JsonNode patch, String type, String manager) {
        refuse(place);
        boolean apply = type.startsWith("application/apply-patch");
        if (apply && !has(place)) {
            ObjectNode first = (ObjectNode) patch.deepCopy();
            FieldManagers.apply(first.deepCopy(), patch, manager, true);
            return create(place, first, "");
        }
        ObjectNode old = get(place);
        ObjectNode now = old.deepCopy();
        if (apply) {
            boolean force = "true".equals(place.query().get("force"));
            FieldManagers.apply(now, patch, manager, force);
            return store(place, old, now, "");
        }
        if (type.startsWith("application/json-patch")) {
            Merges.json(now, patch);
        } else if (type.startsWith("application/strategic")) {
            Merges.strategic(now, patch);
        } else {
            Merges.merge(now, patch);
        }
        return put(place, now, manager);
    }

    private ObjectNode store(Place place, @Nullable ObjectNode old, ObjectNode wanted, String manager) {
        ObjectNode now = wanted;
        ObjectNode meta = now.withObjectProperty("metadata");
        if (!place.namespace().isEmpty()) {
            meta.put("namespace", place.namespace());
        }
        if (old != null) {
            for (String kept :
                    List.of("uid", "creationTimestamp", "generation", "deletionTimestamp", "managedFields")) {
                if (!meta.has(kept) && old.path("metadata").has(kept)) {
                    meta.set(kept, old.path("metadata").get(kept));
                }
            }
        }
        complete(place, now);
        if (!manager.isEmpty()) {
            FieldManagers.update(old == null ? JSON.createObjectNode() : old, now, manager);
        }
        now = admissions.getOrDefault(place.plural(), (before, after) -> after).admit(old, now);
        complete(place, now);
        Rules.check(place.plural(), now);
        schemas.check(place.plural(), now);
        ObjectNode stored = now;
        if (old != null && old.equals(stored)) {
            return old;
        }
        if (old != null && !old.path("spec").equals(stored.path("spec"))) {
            stored.withObjectProperty("metadata")
                    .put("generation", old.path("metadata").path("generation").asLong() + 1);
        }
        boolean gone = stored.path("metadata").has("deletionTimestamp")
                && stored.path("metadata").path("finalizers").isEmpty();
        if (gone) {
            remove(place, stored);
        } else {
            keep(place, stored, old == null ? "ADDED" : "MODIFIED");
        }
        return stored;
    }

    private void complete(Place place, ObjectNode object) {
        Rules.complete(place.plural(), object);
        schemas.complete(place.plural(), object);
    }

    private void keep(Place place, ObjectNode object, String type) {
        ((ObjectNode) object.get("metadata")).put("resourceVersion", Long.toString(++version));
        all.computeIfAbsent(place.collection(), any -> new TreeMap<>()).put(place.key(), object);
        event(place, type, object);
    }

    private void event(Place place, String type, ObjectNode object) {
        log.add(new Event(version, place.collection(), place.namespace(), type, object));
        notifyAll();
        if (place.plural().equals("services") || place.plural().equals("pods")) {
            changed.run();
        }
    }

    synchronized ObjectNode delete(Place place) {
        refuse(place);
        ObjectNode object = get(place).deepCopy();
        if (object.path("metadata").path("finalizers").isEmpty()) {
            remove(place, object);
        } else {
            ((ObjectNode) object.get("metadata")).put("deletionTimestamp", "2026-11-29T00:00:00Z");
            keep(place, object, "MODIFIED");
        }
        return object;
    }

    private void remove(Place place, ObjectNode object) {
        ObjectNode last = object.deepCopy();
        ((ObjectNode) last.get("metadata")).put("resourceVersion", Long.toString(++version));
        all.get(place.collection()).remove(place.key());
        event(place, "DELETED", last);
        String uid = object.path("metadata").path("uid").asText();
        List<Place> orphans = new ArrayList<>();
        all.forEach((collection, objects) -> objects.forEach((key, one) -> {
            if (one.path("metadata")
                    .path("ownerReferences")
                    .findValuesAsText("uid")
                    .contains(uid)) {
                int slash = key.indexOf('/');
                orphans.add(new Place(collection, key.substring(0, slash), key.substring(slash + 1), "", Map.of()));
            }
        }));
        orphans.forEach(this::delete);
    }

    private void refuse(Place place) {
        int status = failures.getOrDefault(place.plural(), 0);
        if (status != 0) {
            throw new Refusal(status, "Forbidden", place.plural() + " is refused by the test");
        }
    }

    /** Waits for changes of a collection after a version. */
    synchronized List<Event> after(long from, Place place) throws InterruptedException {
        while (true) {
            List<Event> found = log.stream()
                    .filter(event -> event.version() > from
                            && event.collection().equals(place.collection())
                            && (place.namespace().isEmpty() || place.namespace().equals(event.namespace())))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
            wait();
        }
    }
}
