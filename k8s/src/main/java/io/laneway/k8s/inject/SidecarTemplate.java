package io.laneway.k8s.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.Map;

/**
 * The sidecar as {@code k8s/overlays/sidecar} has it. Immutable.
 *
 * @param image     the program's image
 * @param configMap the ConfigMap with {@code laneway.yaml}, in the pod's namespace
 * @param secret    the Secret with key {@code token}; it may be absent
 * @param proxy     where the application's calls go, such as {@code http://127.0.0.1:15001}
 */
public record SidecarTemplate(String image, String configMap, String secret, String proxy) {

    /** The name of the container that is put in. */
    public static final String NAME = "laneway";

    private static final int PROBES = 9902;

    /** The container: started before the application and stopped after it. */
    Container container(String versionLabel) {
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(image)
                .withRestartPolicy("Always")
                .withArgs("gateway", "-c", "/etc/laneway/laneway.yaml")
                .withEnv(
                        new EnvVar("LANEWAY_PROFILE", "sidecar", null),
                        new EnvVarBuilder()
                                .withName("LANEWAY_LANE")
                                .withNewValueFrom()
                                .withNewFieldRef()
                                .withFieldPath("metadata.labels['" + versionLabel + "']")
                                .endFieldRef()
                                .endValueFrom()
                                .build(),
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
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("50m"), "memory", new Quantity("128Mi")))
                .withLimits(Map.of("memory", new Quantity("192Mi")))
                .endResources()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65_532L)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("laneway-config")
                .withMountPath("/etc/laneway")
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("laneway-data")
                .withMountPath("/data")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("laneway-tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    List<Volume> volumes() {
        return List.of(
                new VolumeBuilder()
                        .withName("laneway-config")
                        .withNewConfigMap()
                        .withName(configMap)
                        .endConfigMap()
                        .build(),
                empty("laneway-data", "64Mi"),
                empty("laneway-tmp", "16Mi"));
    }

    /** What sends the application's calls through the sidecar. */
    List<EnvVar> environment() {
        return List.of(new EnvVar("HTTP_PROXY", proxy, null), new EnvVar("NO_PROXY", "127.0.0.1,localhost", null));
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
