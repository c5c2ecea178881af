package io.laneway.k8s.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pods in which the sidecar could not run, or not without harm. Stateless. */
final class Unfit {

    private static final String OS = "kubernetes.io/os";

    private Unfit() {}

    /** Why the sidecar does not fit; null if it does. */
    static @Nullable String why(PodSpec spec, SidecarTemplate template) {
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            return "hostNetwork: its ports would be the node's (expected: a network of the pod's own)";
        }
        boolean windows = (spec.getOs() != null && "windows".equals(spec.getOs().getName()))
                || (spec.getNodeSelector() != null
                        && "windows".equals(spec.getNodeSelector().get(OS)));
        if (windows) {
            return "os: windows (expected: linux)";
        }
        String user = user(spec, template);
        if (user != null) {
            return user;
        }
        for (Container container : (Iterable<Container>) SidecarNames.containers(spec)::iterator) {
            for (ContainerPort port : Objects.requireNonNullElse(container.getPorts(), List.<ContainerPort>of())) {
                if (template.listensOn(port.getContainerPort())) {
                    return "container " + container.getName() + " has port " + port.getContainerPort()
                            + ", which is the sidecar's (expected: another port)";
                }
            }
        }
        return null;
    }

    /** What runs as the sidecar's user would not be redirected. */
    private static @Nullable String user(PodSpec spec, SidecarTemplate template) {
        if (template.redirection() == null) {
            return null;
        }
        Long ofPod = spec.getSecurityContext() == null
                ? null
                : spec.getSecurityContext().getRunAsUser();
        for (Container container : (Iterable<Container>) SidecarNames.containers(spec)::iterator) {
            Long own = container.getSecurityContext() == null
                    ? null
                    : container.getSecurityContext().getRunAsUser();
            Long user = own == null ? ofPod : own;
            if (user != null && user == template.user()) {
                return "container " + container.getName() + " runs as user " + user
                        + ", which is the sidecar's (expected: another user)";
            }
        }
        return null;
    }
}
