package io.laneway.k8s.pointing;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.laneway.k8s.object.Marks;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a Service's owners want while it points at the gateway, by what tools wrote over it. */
class OwnBackendsTest {

    private final Service pointed = pointed();

    private static Service pointed() {
        Service own = service("order", null, "http-9000").build();
        own.getSpec().getPorts().get(0).setTargetPort(new IntOrString("web"));
        return OwnBackends.of(own).pointed(own, GatewayPods.DEFAULT);
    }

    @Test
    void nothingWrittenOverItIsWhatItWas() {
        assertThat(OwnBackends.of(pointed).selector()).isEqualTo(Map.of("app", "order"));
        assertThat(target(pointed)).isEqualTo(new IntOrString("web"));
        assertThat(OwnBackends.of(pointed).pointed(pointed, GatewayPods.DEFAULT))
                .isEqualTo(pointed);
    }

    @Test
    void aManifestMergedOverItIsAllThatDiffersFromTheGateways() {
        Service merged = with(Map.of("app", "order-v2", "tier", "web", "version", "proxy"), new IntOrString("http"));
        assertThat(OwnBackends.of(merged).selector()).isEqualTo(Map.of("app", "order-v2", "tier", "web"));
        assertThat(target(merged)).isEqualTo(new IntOrString("http"));
    }

    @Test
    void anEditOfOneOtherLabelByHandIsAddedToTheOthers() {
        Map<String, String> edited = new HashMap<>(GatewayPods.DEFAULT.selector());
        edited.put("tier", "web");
        assertThat(OwnBackends.of(with(edited, new IntOrString(8080))).selector())
                .isEqualTo(Map.of("app", "order", "tier", "web"));
    }

    @Test
    void aManifestThatKubectlAppliedSinceSaysATargetPortThatIsTheGatewaysNumberToo() {
        Service applied = new ServiceBuilder(with(GatewayPods.DEFAULT.selector(), new IntOrString(8080)))
                .editMetadata()
                .addToAnnotations(
                        Marks.APPLIED,
                        "{\"spec\": {\"selector\": {\"app\": \"order\"}, \"ports\": [{\"port\": 9000, \"targetPort\": 8080}]}}")
                .endMetadata()
                .build();
        assertThat(target(applied)).isEqualTo(new IntOrString(8080));
        Service again = OwnBackends.of(applied).pointed(applied, GatewayPods.DEFAULT);
        assertThat(target(again)).isEqualTo(new IntOrString(8080));
    }

    @Test
    void theWayBackLeavesNoNote() {
        Service restored = OwnBackends.of(pointed).restored(pointed);
        assertThat(restored.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(restored.getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
    }

    private Service with(Map<String, String> selector, IntOrString target) {
        Service changed = new ServiceBuilder(pointed)
                .editSpec()
                .withSelector(selector)
                .endSpec()
                .build();
        changed.getSpec().getPorts().get(0).setTargetPort(target);
        return changed;
    }

    private static IntOrString target(Service service) {
        return OwnBackends.of(service).ports().get(0).getTargetPort();
    }
}
