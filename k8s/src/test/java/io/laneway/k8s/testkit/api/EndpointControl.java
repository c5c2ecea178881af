package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes EndpointSlices of Services and pods as the controller of a cluster does, a moment after they changed: until then
 * the old ones stand.
 */
final class EndpointControl implements AutoCloseable {

    private static final String SERVICES = "/api/v1/services";
    private static final String PODS = "/api/v1/pods";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";

    private final Store store;
    private final long lagMillis;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "endpoint-control");
        made.setDaemon(true);
        return made;
    });

    EndpointControl(Store store, long lagMillis) {
        this.store = store;
        this.lagMillis = lagMillis;
        store.onChange(this::ask);
    }

    private void ask() {
        if (asked.compareAndSet(false, true)) {
            try {
                thread.schedule(this::run, lagMillis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                asked.set(true);
            }
        }
    }

    private void run() {
        asked.set(false);
        synchronized (store) {
            Set<String> wanted = new HashSet<>();
            for (ObjectNode service : store.list(all(SERVICES))) {
                if (!service.path("spec").path("selector").isEmpty()) {
                    slices(service, wanted);
                }
            }
            for (ObjectNode slice : store.list(all(SLICES))) {
                Place place = at(SLICES, slice);
                if (!wanted.contains(place.key())) {
                    store.delete(place);
                }
            }
        }
    }

    /** One slice for each set of target ports. */
    private void slices(ObjectNode service, Set<String> wanted) {
        Map<String, ObjectNode> byPorts = new TreeMap<>();
        for (ObjectNode pod : store.list(all(PODS))) {
            if (at(PODS, pod).namespace().equals(at(SERVICES, service).namespace()) && selects(service, pod)) {
                ArrayNode ports = ports(service, pod);
                byPorts.computeIfAbsent(ports.toString(), any -> slice(service, ports))
                        .withArrayProperty("endpoints")
                        .add(endpoint(pod));
            }
        }
        if (byPorts.isEmpty()) {
            byPorts.put("", slice(service, Store.JSON.createArrayNode()));
        }
        int number = 0;
        for (ObjectNode slice : byPorts.values()) {
            ((ObjectNode) slice.get("metadata"))
                    .put("name", service.path("metadata").path("name").asText() + "-" + number++);
            Place place = at(SLICES, slice);
            wanted.add(place.key());
            if (store.has(place)) {
                ObjectNode old = store.get(place);
                if (!old.path("ports").equals(slice.path("ports"))
                        || !old.path("endpoints").equals(slice.path("endpoints"))) {
                    store.put(place, slice, "kube-controller-manager");
                }
            } else {
                store.create(place, slice, "kube-controller-manager");
            }
        }
    }

    private static boolean selects(ObjectNode service, ObjectNode pod) {
        for (var one : service.path("spec").path("selector").properties()) {
            if (!one.getValue().equals(pod.path("metadata").path("labels").get(one.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static ArrayNode ports(ObjectNode service, ObjectNode pod) {
        ArrayNode ports = Store.JSON.createArrayNode();
        for (JsonNode port : service.path("spec").path("ports")) {
            JsonNode target = port.get("targetPort");
            int number = target.isInt() ? target.asInt() : named(pod, target.asText());
            if (number > 0) {
                ports.addObject()
                        .put("name", port.path("name").asText())
                        .put("port", number)
                        .put("protocol", "TCP");
            }
        }
        return ports;
    }

    private static int named(ObjectNode pod, String name) {
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("name").asText().equals(name)) {
                    return port.path("containerPort").asInt();
                }
            }
        }
        return 0;
    }

    private static ObjectNode endpoint(ObjectNode pod) {
        boolean ready =
                pod.path("status").path("conditions").findValuesAsText("status").contains("True");
        ObjectNode endpoint = Store.JSON.createObjectNode();
        endpoint.putArray("addresses").add(pod.path("status").path("podIP").asText());
        endpoint.putObject("conditions")
                .put("ready", ready)
                .put("serving", ready)
                .put("terminating", false);
        return endpoint;
    }

    private static ObjectNode slice(ObjectNode service, ArrayNode ports) {
        ObjectNode slice = Store.JSON.createObjectNode();
        slice.put("apiVersion", "discovery.k8s.io/v1")
                .put("kind", "EndpointSlice")
                .put("addressType", "IPv4");
        ObjectNode meta = slice.putObject("metadata");
        meta.put("namespace", service.path("metadata").path("namespace").asText());
        meta.putObject("labels")
                .put(
                        "kubernetes.io/service-name",
                        service.path("metadata").path("name").asText());
        slice.putArray("endpoints");
        slice.set("ports", ports);
        return slice;
    }

    private static Place all(String collection) {
        return new Place(collection, "", "", "", Map.of());
    }

    private static Place at(String collection, ObjectNode object) {
        JsonNode meta = object.path("metadata");
        return new Place(
                collection, meta.path("namespace").asText(), meta.path("name").asText(), "", Map.of());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
