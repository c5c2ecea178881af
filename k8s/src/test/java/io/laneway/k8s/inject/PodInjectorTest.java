package io.laneway.k8s.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodInjectorTest {

    private final ObjectMapper mapper = new ObjectMapper();
    private final KubernetesSerialization json = new KubernetesSerialization();
    private final PodInjector injector = new PodInjector(
            new SidecarTemplate("laneway:1", "laneway-sidecar", "laneway-gateway-token", "http://127.0.0.1:15001"),
            "version");

    @Test
    void putsANativeSidecarFirstAndSendsCallsThroughIt() throws IOException {
        Pod patched = patched(pod("true"));
        assertThat(patched.getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("laneway", "init");
        assertThat(patched.getSpec().getInitContainers().get(0).getRestartPolicy())
                .isEqualTo("Always");
        assertThat(patched.getSpec().getVolumes()).hasSize(4);
        assertThat(patched.getSpec().getContainers().get(0).getEnv())
                .extracting(env -> env.getName() + "=" + env.getValue())
                .containsExactly(
                        "HTTP_PROXY=http://mine", "NO_PROXY=127.0.0.1,localhost", "no_proxy=127.0.0.1,localhost");
        assertThat(patched.getSpec().getContainers().get(1).getEnv())
                .extracting(env -> env.getName() + "=" + env.getValue())
                .containsExactly(
                        "HTTP_PROXY=http://127.0.0.1:15001",
                        "http_proxy=http://127.0.0.1:15001",
                        "NO_PROXY=127.0.0.1,localhost",
                        "no_proxy=127.0.0.1,localhost");
    }

    @Test
    void aTransparentSidecarHasAnInitContainerBeforeItAndNoVariables() throws IOException {
        PodInjector transparent = new PodInjector(
                new SidecarTemplate("laneway:1", "c", "s", "http://127.0.0.1:15001", new Redirection("redirect:1")),
                "version");
        Pod pod = new PodBuilder(pod("true"))
                .editMetadata()
                .addToAnnotations("laneway.io/exclude-outbound-ports", "3306, 5432")
                .addToAnnotations("laneway.io/exclude-cidrs", "10.96.0.1")
                .endMetadata()
                .build();

        Pod patched = json.unmarshal(
                JsonPatch.apply(mapper.valueToTree(transparent.patch(pod)), mapper.valueToTree(pod))
                        .toString(),
                Pod.class);

        assertThat(patched.getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("laneway-redirect", "laneway", "init");
        Container first = patched.getSpec().getInitContainers().get(0);
        assertThat(first.getImage()).isEqualTo("redirect:1");
        assertThat(first.getArgs())
                .containsExactly(
                        "redirect",
                        "install",
                        "--uid=1337",
                        "--outbound-port=15001",
                        "--inbound-port=15006",
                        "--exclude-outbound-ports=3306,5432",
                        "--exclude-cidrs=10.96.0.1");
        assertThat(first.getSecurityContext().getCapabilities().getAdd()).containsExactly("NET_ADMIN");
        Container sidecar = patched.getSpec().getInitContainers().get(1);
        assertThat(sidecar.getSecurityContext().getRunAsUser()).isEqualTo(1337);
        assertThat(sidecar.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(patched.getSpec().getContainers().get(1).getEnv()).isEmpty();
        assertThat(transparent.patch(patched)).isEmpty();
    }

    @Test
    void anApplicationThatRunsAsTheSidecarsUserIsLeftAlone() {
        PodInjector transparent = new PodInjector(
                new SidecarTemplate("laneway:1", "c", "s", "http://127.0.0.1:15001", new Redirection("redirect:1")),
                "version");
        Pod pod = new PodBuilder(pod("true"))
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(1337L)
                .endSecurityContext()
                .endSpec()
                .build();

        assertThat(transparent.of(pod).patch()).isEmpty();
        assertThat(transparent.of(pod).warnings()).allMatch(each -> each.contains("runs as user 1337"));
        assertThat(injector.of(pod).patch()).isNotEmpty();
    }

    @Test
    void patchingTwiceIsPatchingOnce() throws IOException {
        assertThat(injector.patch(patched(pod("true")))).isEmpty();
    }

    @Test
    void aBarePodGetsTheListsThatItLacks() throws IOException {
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withLabels(Map.of(PodInjector.LABEL, "true"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .endContainer()
                .endSpec()
                .build();
        assertThat(patched(bare).getSpec().getVolumes()).hasSize(3);
    }

    @Test
    void leavesPodsAloneThatDoNotAsk() {
        assertThat(injector.patch(pod("false"))).isEmpty();
    }

    @Test
    void namesItsContainerAndVolumesApartFromThoseOfThePod() throws IOException {
        Pod own = json.unmarshal(
                "---\n"
                        + "{kind: Pod, apiVersion: v1, metadata: {labels: {laneway.io/inject: 'true'}}, spec:"
                        + " {initContainers: [{name: laneway-sidecar}], containers: [{name: laneway}], volumes: [{name:"
                        + " laneway-data}]}}",
                Pod.class);
        Pod patched = patched(own);

        Container sidecar = patched.getSpec().getInitContainers().get(0);
        assertThat(sidecar.getName()).isEqualTo("laneway-sidecar-2");
        assertThat(sidecar.getVolumeMounts())
                .extracting(VolumeMount::getName)
                .containsExactly("laneway-sidecar-config", "laneway-sidecar-data", "laneway-sidecar-tmp");
        assertThat(patched.getSpec().getVolumes()).extracting(Volume::getName).doesNotHaveDuplicates();
        assertThat(injector.patch(patched)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostNetwork: true, containers: [{name: app}] | hostNetwork",
                "os: {name: windows}, containers: [{name: app}] | os: windows",
                "nodeSelector: {kubernetes.io/os: windows}, containers: [{name: app}] | os: windows",
                "containers: [{name: app, ports: [{containerPort: 9902}]}] | container app has port 9902",
                "initContainers: [{name: i, ports: [{containerPort: 15001}]}], containers: [{name: app}] | has port"
                        + " 15001"
            })
    void aPodThatItDoesNotFitIsLeftAloneWithAWarning(String spec, String warning) {
        Pod pod = json.unmarshal(
                "---\n{kind: Pod, apiVersion: v1, metadata: {labels: {laneway.io/inject: 'true'}}, spec: {" + spec
                        + "}}",
                Pod.class);
        Injection injection = injector.of(pod);

        assertThat(injection.patch()).isEmpty();
        assertThat(injection.warnings()).singleElement().asString().contains("no sidecar", warning);
    }

    @Test
    void theContainerIsThatOfTheOverlay() throws IOException {
        Deployment overlay =
                json.unmarshal(Files.readString(Path.of("overlays/sidecar/deployment.yaml")), Deployment.class);
        Container written =
                overlay.getSpec().getTemplate().getSpec().getInitContainers().get(0);
        Container made = patched(pod("true")).getSpec().getInitContainers().get(0);

        assertThat(made.getArgs()).isEqualTo(written.getArgs());
        assertThat(made.getEnv()).isEqualTo(written.getEnv());
        assertThat(made.getResources()).isEqualTo(written.getResources());
        assertThat(made.getSecurityContext().getCapabilities())
                .isEqualTo(written.getSecurityContext().getCapabilities());
        assertThat(made.getStartupProbe().getHttpGet().getPath())
                .isEqualTo(written.getStartupProbe().getHttpGet().getPath());
        assertThat(made.getLivenessProbe().getHttpGet().getPath())
                .isEqualTo(written.getLivenessProbe().getHttpGet().getPath());
        assertThat(made.getLivenessProbe().getPeriodSeconds())
                .isEqualTo(written.getLivenessProbe().getPeriodSeconds());
        assertThat(overlay.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv())
                .extracting(env -> env.getName())
                .containsExactly("HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy");
    }

    private Pod patched(Pod pod) throws IOException {
        JsonNode patch = mapper.readTree(json.asJson(injector.patch(pod)));
        JsonNode result = JsonPatch.apply(patch, mapper.readTree(json.asJson(pod)));
        return json.unmarshal(result.toString(), Pod.class);
    }

    private static Pod pod(String label) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("order")
                .withLabels(Map.of(PodInjector.LABEL, label, "version", "f-1"))
                .endMetadata()
                .withNewSpec()
                .addNewInitContainer()
                .withName("init")
                .endInitContainer()
                .addNewContainer()
                .withName("app")
                .addNewEnv()
                .withName("HTTP_PROXY")
                .withValue("http://mine")
                .endEnv()
                .endContainer()
                .addNewContainer()
                .withName("second")
                .endContainer()
                .addNewVolume()
                .withName("own")
                .endVolume()
                .endSpec()
                .build();
    }
}
