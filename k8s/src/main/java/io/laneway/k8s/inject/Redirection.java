package io.laneway.k8s.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.laneway.k8s.object.Meta;
import java.util.ArrayList;
import java.util.List;

/**
 * The init container that redirects a pod's connections to its sidecar, and the only one with a capability: {@code NET_ADMIN}.
 * Immutable. docs/how-to/transparent-sidecar.md.
 *
 * @param image an image with {@code laneway}, and {@code nft} or {@code iptables-restore}
 */
public record Redirection(String image) {

    /** The user of the sidecar, whose own connections are not redirected. */
    static final long USER = 1337;

    static final int INBOUND = 15_006;

    /** Annotations of a pod, and the options that say the same. */
    private static final List<String> OPTIONS =
            List.of("exclude-outbound-ports", "exclude-inbound-ports", "exclude-cidrs");

    private static final String PREFIX = "laneway.io/";

    /** @param name of the container */
    Container container(String name, int outbound, Pod pod) {
        List<String> arguments = new ArrayList<>(List.of(
                "redirect", "install", "--uid=" + USER, "--outbound-port=" + outbound, "--inbound-port=" + INBOUND));
        for (String option : OPTIONS) {
            String value =
                    Meta.annotations(pod).getOrDefault(PREFIX + option, "").replaceAll("\\s+", "");
            if (!value.isEmpty()) {
                arguments.add("--" + option + "=" + value);
            }
        }
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withArgs(arguments)
                .withNewSecurityContext()
                .withRunAsNonRoot(false)
                .withRunAsUser(0L)
                .withRunAsGroup(0L)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withAdd("NET_ADMIN")
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build();
    }
}
