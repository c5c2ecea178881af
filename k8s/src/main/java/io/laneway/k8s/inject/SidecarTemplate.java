package io.laneway.k8s.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sidecar as {@code k8s/overlays/sidecar} has it. Immutable.
 *
 * @param image     the program's image
 * @param configMap the ConfigMap with {@code laneway.yaml}, in the pod's namespace
 * @param secret    the Secret with key {@code token}; it may be absent
 * @param proxy     where the application's calls go, such as {@code http://127.0.0.1:15001}
 * @param redirection what sends the application's connections there, null where variables of it do
 */
public record SidecarTemplate(
        String image,
        String configMap,
        String secret,
        String proxy,
        @Nullable Redirection redirection) {

    private static final long USUAL_USER = 65_532;

    /** One that applications know of, by their variables. */
    public SidecarTemplate(String image, String configMap, String secret, String proxy) {
        this(image, configMap, secret, proxy, null);
    }

    /** The name of the container that is put in, unless the pod has one of that name. */
    public static final String NAME = SidecarNames.NAME;

    /** Kubernetes 1.35 and newer copy it from the node to its pods. */
    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    private static final int PROBES = 9902;
    private static final String DIRECT = "127.0.0.1,localhost";
    private static final EnvVar PROFILE = new EnvVar("LANEWAY_PROFILE", "sidecar", null);

    /** Whether a container is a sidecar already, whatever it is called. */
    static boolean isSidecar(Container container) {
        return container.getEnv() != null && container.getEnv().contains(PROFILE);
    }

    /** Whether the sidecar listens on a port. */
    boolean listensOn(@Nullable Integer port) {
        return port != null
                && (port == PROBES || port == outbound() || (redirection != null && port == Redirection.INBOUND));
    }

    private int outbound() {
        return URI.create(proxy).getPort();
    }

    /** The user that it runs as. */
    long user() {
        return redirection == null ? USUAL_USER : Redirection.USER;
    }

    /** What runs to its end before the sidecar starts; null for nothing. */
    @Nullable
    Container before(SidecarNames names, Pod pod) {
        return redirection == null ? null : redirection.container(names.container() + "-redirect", outbound(), pod);
    }

    /** A variable with the value of a label of the pod, empty if that has none. */
    private static EnvVar label(String variable, String label) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("metadata.labels['" + label + "']")
                .endFieldRef()
                .endValueFrom()
                .build();
    }

    /** The container: started before the application and stopped after it. */
    Container container(String versionLabel, SidecarNames names) {
        return new ContainerBuilder()
                .withName(names.container())
                .withImage(image)
                .withRestartPolicy("Always")
                .withArgs("gateway", "-c", "/etc/laneway/laneway.yaml")
                .withEnv(
                        PROFILE,
                        label("LANEWAY_LANE", versionLabel),
                        label("LANEWAY_ZONE", ZONE_LABEL),
                        new EnvVarBuilder()
                                .withName("LANEWAY_TOKEN")
                                .withNewValueFrom()
                                .withNewSecretKeyRef("token", secret, true)
                                .endValueFrom()
                                .build())
                .addNewPort()
                .withName("laneway-probes")
                .withContainerPort(PROBES)
                .endPort()
                .withNewStartupProbe()
                .withNewHttpGet()
                .withPath("/readyz")
                .withPort(new IntOrString(PROBES))
                .endHttpGet()
                .withPeriodSeconds(1)
                .withFailureThreshold(60)
                .endStartupProbe()
                .withNewLivenessProbe()
                .withNewHttpGet()
                .withPath("/livez")
                .withPort(new IntOrString(PROBES))
                .endHttpGet()
                .withPeriodSeconds(10)
                .endLivenessProbe()
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("50m"), "memory", new Quantity("128Mi")))
                .withLimits(Map.of("memory", new Quantity("192Mi")))
                .endResources()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(user())
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName(names.volume("config"))
                .withMountPath("/etc/laneway")
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(names.volume("data"))
                .withMountPath("/data")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(names.volume("tmp"))
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    List<Volume> volumes(SidecarNames names) {
        return List.of(
                new VolumeBuilder()
                        .withName(names.volume("config"))
                        .withNewConfigMap()
                        .withName(configMap)
                        .endConfigMap()
                        .build(),
                empty(names.volume("data"), "64Mi"),
                empty(names.volume("tmp"), "16Mi"));
    }

    /** What sends the application's calls through the sidecar. */
    List<EnvVar> environment() {
        if (redirection != null) {
            return List.of();
        }
        // curl and many libraries read http_proxy in small letters alone, since CGI makes HTTP_PROXY of a header.
        return List.of(
                new EnvVar("HTTP_PROXY", proxy, null),
                new EnvVar("http_proxy", proxy, null),
                new EnvVar("NO_PROXY", DIRECT, null),
                new EnvVar("no_proxy", DIRECT, null));
    }

    private static Volume empty(String name, String limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity(limit))
                .endEmptyDir()
                .build();
    }
}
