package io.laneway.k8s.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.laneway.k8s.discovery.Meta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the JSON patch (RFC 6902) that puts the sidecar into a pod: a native sidecar first among the init containers, its
 * volumes, and for each container of the application where its calls go, unless it says so itself. Pure. A pod that has
 * it already is left as it is, so that patching twice is patching once.
 */
public final class PodInjector {

    /** Label of a pod that asks for the sidecar: {@code "true"}. */
    public static final String LABEL = "laneway.io/inject";

    private final SidecarTemplate template;
    private final String versionLabel;

    public PodInjector(SidecarTemplate template, String versionLabel) {
        this.template = template;
        this.versionLabel = versionLabel;
    }

    /** The operations, none where nothing is asked for. */
    public List<Map<String, Object>> patch(Pod pod) {
        List<Map<String, Object>> patch = new ArrayList<>();
        List<Container> init = Objects.requireNonNullElse(pod.getSpec().getInitContainers(), List.of());
        if (!"true".equals(Meta.labels(pod).get(LABEL))
                || init.stream().anyMatch(one -> one.getName().equals(SidecarTemplate.NAME))) {
            return patch;
        }
        Container sidecar = template.container(versionLabel);
        if (init.isEmpty()) {
            add(patch, "/spec/initContainers", List.of(sidecar));
        } else {
            add(patch, "/spec/initContainers/0", sidecar);
        }
        if (Objects.requireNonNullElse(pod.getSpec().getVolumes(), List.of()).isEmpty()) {
            add(patch, "/spec/volumes", template.volumes());
        } else {
            template.volumes().forEach(volume -> add(patch, "/spec/volumes/-", volume));
        }
        List<Container> containers = pod.getSpec().getContainers();
        for (int i = 0; i < containers.size(); i++) {
            environment("/spec/containers/" + i + "/env", containers.get(i), patch);
        }
        return patch;
    }

    private void environment(String path, Container container, List<Map<String, Object>> patch) {
        List<EnvVar> present = Objects.requireNonNullElse(container.getEnv(), List.of());
        List<EnvVar> missing = template.environment().stream()
                .filter(one -> present.stream().noneMatch(old -> old.getName().equalsIgnoreCase(one.getName())))
                .toList();
        if (present.isEmpty()) {
            add(patch, path, missing);
        } else {
            missing.forEach(one -> add(patch, path + "/-", one));
        }
    }

    private static void add(List<Map<String, Object>> patch, String path, Object value) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", "add");
        operation.put("path", path);
        operation.put("value", value);
        patch.add(operation);
    }
}
