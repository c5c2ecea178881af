package io.laneway.k8s.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                .containsExactly("HTTP_PROXY=http://mine", "NO_PROXY=127.0.0.1,localhost");
        assertThat(patched.getSpec().getContainers().get(1).getEnv())
                .extracting(env -> env.getName() + "=" + env.getValue())
                .containsExactly("HTTP_PROXY=http://127.0.0.1:15001", "NO_PROXY=127.0.0.1,localhost");
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
