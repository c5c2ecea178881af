package io.laneway.k8s.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of the sidecar's container and volumes in one pod, apart from those that the pod has already. Immutable.
 *
 * @param container the container's name
 * @param volumes   what the volumes' names begin with
 */
record SidecarNames(String container, String volumes) {

    /** The usual name of the container. */
    static final String NAME = "laneway";

    static SidecarNames free(PodSpec spec) {
        Set<String> containers = containers(spec).map(Container::getName).collect(Collectors.toSet());
        Set<String> volumes = Objects.requireNonNullElse(spec.getVolumes(), List.<Volume>of()).stream()
                .map(Volume::getName)
                .collect(Collectors.toSet());
        return new SidecarNames(
                first(name -> !containers.contains(name)),
                first(name -> Stream.of("config", "data", "tmp").noneMatch(one -> volumes.contains(name + "-" + one))));
    }

    private static String first(Function<String, Boolean> free) {
        return Stream.concat(
                        Stream.of(NAME, NAME + "-sidecar"),
                        Stream.iterate(2, n -> n + 1).map(n -> NAME + "-sidecar-" + n))
                .filter(free::apply)
                .findFirst()
                .orElseThrow();
    }

    /** The name of a volume for {@code config}, {@code data} or {@code tmp}. */
    String volume(String use) {
        return volumes + "-" + use;
    }

    /** All containers of a pod, those that begin it first. */
    static Stream<Container> containers(PodSpec spec) {
        return Stream.concat(
                Objects.requireNonNullElse(spec.getInitContainers(), List.<Container>of()).stream(),
                Objects.requireNonNullElse(spec.getContainers(), List.<Container>of()).stream());
    }
}
