package io.laneway.k8s.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.laneway.k8s.object.Meta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        return of(pod).patch();
    }

    /** What becomes of a pod. */
    public Injection of(Pod pod) {
        PodSpec spec = pod.getSpec();
        if (!"true".equals(Meta.labels(pod).get(LABEL))
                || SidecarNames.containers(spec).anyMatch(SidecarTemplate::isSidecar)) {
            return Injection.NONE;
        }
        String unfit = Unfit.why(spec, template);
        return unfit == null ? new Injection(operations(pod), List.of()) : Injection.leftAlone(unfit);
    }

    private List<Map<String, Object>> operations(Pod pod) {
        PodSpec spec = pod.getSpec();
        List<Map<String, Object>> patch = new ArrayList<>();
        SidecarNames names = SidecarNames.free(spec);
        List<Container> first = new ArrayList<>(List.of(template.container(versionLabel, names)));
        Container before = template.before(names, pod);
        if (before != null) {
            first.add(0, before);
        }
        if (orEmpty(spec.getInitContainers()).isEmpty()) {
            add(patch, "/spec/initContainers", first);
        } else {
            for (int i = 0; i < first.size(); i++) {
                add(patch, "/spec/initContainers/" + i, first.get(i));
            }
        }
        if (orEmpty(spec.getVolumes()).isEmpty()) {
            add(patch, "/spec/volumes", template.volumes(names));
        } else {
            template.volumes(names).forEach(volume -> add(patch, "/spec/volumes/-", volume));
        }
        List<Container> containers = orEmpty(spec.getContainers());
        for (int i = 0; i < containers.size(); i++) {
            environment("/spec/containers/" + i + "/env", containers.get(i), patch);
        }
        return patch;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    private void environment(String path, Container container, List<Map<String, Object>> patch) {
        List<EnvVar> present = Objects.requireNonNullElse(container.getEnv(), List.of());
        List<EnvVar> missing = template.environment().stream()
                .filter(one -> present.stream().noneMatch(old -> old.getName().equalsIgnoreCase(one.getName())))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
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
