package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.pointing.OwnBackends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a Service that points at the gateway there while a tool applies its manifest, in the same write, so that there is
 * no moment with half of it; and takes it back in the write that wants it no more. The first step, and a change of the
 * gateway, are the controller's: they wait for what this cannot see. Pure.
 */
public final class ServicePointer {

    private static final List<String> NOTES = List.of(Marks.OLD_SELECTOR, Marks.OLD_PORTS, Marks.POINTED);

    private ServicePointer() {}

    /** The JSON patch (RFC 6902) of a write; nothing where it is to stay as it is. */
    public static List<Map<String, Object>> patch(@Nullable Service old, Service now) {
        if (old == null || !OwnBackends.noted(old)) {
            return List.of();
        }
        // A replacement that knew nothing of the notes says all that its owners want.
        boolean replaced = !Meta.selector(now).equals(Meta.selector(old));
        Service noted = OwnBackends.noted(now) || replaced ? now : withNotes(now, old);
        Service wanted =
                Meta.proxied(now) ? kept(old, noted) : OwnBackends.of(noted).restored(noted);
        return wanted == null || wanted.equals(now) ? List.of() : operations(wanted);
    }

    private static @Nullable Service kept(Service old, Service noted) {
        GatewayPods gateway;
        try {
            gateway = GatewayPods.wanted(noted);
        } catch (IllegalArgumentException e) {
            return null;
        }
        OwnBackends own = OwnBackends.of(noted);
        boolean pointed = OwnBackends.pointed(old) && gateway.equals(OwnBackends.at(old));
        return pointed && Fitness.unfit(noted, own, gateway) == null ? own.pointed(noted, gateway) : null;
    }

    private static Service withNotes(Service now, Service old) {
        Map<String, String> notes = new LinkedHashMap<>(Meta.annotations(now));
        NOTES.forEach(note -> {
            String value = Meta.annotations(old).get(note);
            if (value != null) {
                notes.put(note, value);
            }
        });
        return new ServiceBuilder(now)
                .editMetadata()
                .withAnnotations(notes)
                .endMetadata()
                .build();
    }

    private static List<Map<String, Object>> operations(Service wanted) {
        List<Map<String, Object>> operations = new ArrayList<>();
        operations.add(operation("/metadata/annotations", Meta.annotations(wanted)));
        operations.add(operation("/spec/selector", Meta.selector(wanted)));
        operations.add(operation("/spec/ports", wanted.getSpec().getPorts()));
        return operations;
    }

    private static Map<String, Object> operation(String path, Object value) {
        Map<String, Object> operation = new LinkedHashMap<>();
        // Adding to a member that is there replaces it (RFC 6902, 4.1).
        operation.put("op", "add");
        operation.put("path", path);
        operation.put("value", value);
        return operation;
    }
}
