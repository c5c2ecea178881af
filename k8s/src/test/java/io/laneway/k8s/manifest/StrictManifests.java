package io.laneway.k8s.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads manifests as the typed models of the Kubernetes API, and finds what these do not know. */
final class StrictManifests {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private StrictManifests() {}

    /** The objects of a file with documents divided by {@code ---}; each problem is added. */
    static List<HasMetadata> read(String file, String yaml, List<String> problems) {
        List<HasMetadata> objects = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (document instanceof Map<?, ?> map) {
                HasMetadata object = JSON.unmarshal(JSON.asJson(map), HasMetadata.class);
                String where = file + ": " + object.getKind() + " "
                        + object.getMetadata().getName();
                if (!(object instanceof GenericKubernetesResource)) {
                    unknown(object, where, new IdentityHashMap<>(), problems);
                } else if (!object.getApiVersion().startsWith("monitoring.coreos.com/")
                        && !object.getApiVersion().startsWith("cert-manager.io/")) {
                    problems.add(where + ": unknown kind " + object.getApiVersion());
                }
                objects.add(object);
            }
        }
        return objects;
    }

    private static void unknown(
            Object node, String where, IdentityHashMap<Object, Object> seen, List<String> problems) {
        if (node instanceof Collection<?> list) {
            list.forEach(one -> unknown(one, where, seen, problems));
        } else if (node instanceof Map<?, ?> map) {
            map.values().forEach(one -> unknown(one, where, seen, problems));
        } else if (node instanceof KubernetesResource && seen.put(node, node) == null) {
            for (Class<?> type = node.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    field(node, field, where, seen, problems);
                }
            }
        }
    }

    private static void field(
            Object node, Field field, String where, IdentityHashMap<Object, Object> seen, List<String> problems) {
        if (Modifier.isStatic(field.getModifiers())) {
            return;
        }
        try {
            field.setAccessible(true);
            Object value = field.get(node);
            if (value == null) {
                return;
            }
            if (field.getName().equals("additionalProperties")) {
                ((Map<?, ?>) value)
                        .keySet()
                        .forEach(key -> problems.add(where + ": unknown field " + key + " in "
                                + node.getClass().getSimpleName()));
            } else {
                unknown(value, where, seen, problems);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }
}
