package io.laneway.k8s.proxied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.testkit.api.DeployTool;
import io.laneway.k8s.testkit.api.ProxiedShop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployment tools in every order with install and remove, with the webhook: no call is lost, nothing needs a person. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeployToolsIT {

    private static final String PLAIN = manifest("", "web", "{\"app\": \"order\"}");
    private static final String WANTED = manifest("\"laneway.io/proxied\": \"true\"", "web", "{\"app\": \"order\"}");
    private static final String NEWER = manifest("", "http", "{\"app\": \"order\", \"tier\": \"web\"}");
    private static final int STEPS = Integer.getInteger("laneway.deploySteps", 8);

    private final ProxiedShop shop = new ProxiedShop(30, KubernetesConfig.DEFAULT);
    private final DeployTool tool = new DeployTool(shop.api().url(), "shop");

    DeployToolsIT() throws IOException {}

    private static String manifest(String annotations, String target, String selector) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"order\", \"labels\": {\"app\":"
                + " \"order\"}, \"annotations\": {" + annotations + "}}, \"spec\": {\"selector\": " + selector
                + ", \"ports\": [{\"name\": \"http-9000\", \"port\": 9000, \"targetPort\": \"" + target + "\"}]}}";
    }

    @BeforeEach
    void baseAndGatewayRun() throws IOException {
        shop.webhook();
        shop.pod("order-1", "10.0.0.1", Map.of("app", "order", "tier", "web"));
        shop.gateway();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(longs = 2)
    void anyOrderOfToolsAndInstallAndRemoveLosesNoCall(long seed) {
        tool.kubectlApply(PLAIN);
        shop.callAllTheTime();
        Random random = new Random(seed);
        List<String> done = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            done.add(step(random));
            if (random.nextBoolean()) {
                await(done + " to settle").until(this::settled);
            }
            assertThat(shop.lost()).as(done::toString).isEmpty();
        }
        tool.kubectlApply(WANTED);
        await().until(this::pointed);
        tool.kubectlApply(PLAIN);
        await().until(() -> shop.get("order-master") == null);
        assertThat(own()).isEqualTo("{app=order} web");
        assertThat(shop.lost()).as(done::toString).isEmpty();
        assertThat(shop.calls()).isPositive();
    }

    private String step(Random random) {
        switch (random.nextInt(8)) {
            case 0 -> {
                tool.annotate("order", "laneway.io/proxied", "true");
                return "install";
            }
            case 1 -> {
                tool.annotate("order", "laneway.io/proxied", null);
                return "remove";
            }
            case 2 -> {
                tool.kubectlApply(PLAIN);
                return "kubectl apply, and what Argo CD does to heal itself";
            }
            case 3 -> {
                tool.kubectlApply(WANTED);
                return "kubectl apply with the annotation";
            }
            case 4 -> {
                tool.helmUpgrade(NEWER);
                return "helm upgrade";
            }
            case 5 -> {
                tool.helmUpgrade(PLAIN);
                return "helm rollback";
            }
            case 6 -> {
                tool.serverSideApply(NEWER, "argocd-controller", true);
                return "Argo CD's server-side sync";
            }
            default -> {
                tool.replace(PLAIN);
                return "kubectl replace";
            }
        }
    }

    @Test
    void aServerSideApplyOfTheTeamNeverConflictsWithUsAndLeavesNoGap() {
        assertThat(tool.serverSideApply(PLAIN, "kubectl", false)).isEqualTo(200);
        shop.callAllTheTime();
        tool.annotate("order", "laneway.io/proxied", "true");
        await().until(this::settled);

        assertThat(tool.serverSideApply(PLAIN, "kubectl", false)).isEqualTo(200);
        assertThat(pointed()).isTrue();
        assertThat(tool.serverSideApply(NEWER, "kubectl", false)).isEqualTo(200);
        assertThat(pointed()).isTrue();

        await().until(() ->
                shop.get("order-master").getSpec().getSelector().equals(Map.of("app", "order", "tier", "web")));
        assertThat(shop.get("order-master").getSpec().getPorts().get(0).getTargetPort())
                .isEqualTo(new IntOrString("http"));
        assertThat(shop.lost()).isEmpty();
    }

    @Test
    void anApplyThatChangesSelectorAndPortReachesTheServiceBesideItAndIsPutBackAtTheEnd() {
        tool.kubectlApply(WANTED);
        shop.callAllTheTime();
        await().until(this::pointed);

        tool.kubectlApply(WANTED.replace("\"web\"", "\"http\""));

        assertThat(pointed()).isTrue();
        await().until(() -> shop.get("order-master")
                .getSpec()
                .getPorts()
                .get(0)
                .getTargetPort()
                .equals(new IntOrString("http")));
        tool.annotate("order", "laneway.io/proxied", null);
        assertThat(own()).isEqualTo("{app=order} http");
        assertThat(shop.lost()).isEmpty();
    }

    private boolean settled() {
        Service order = shop.get("order");
        boolean wanted = order.getMetadata().getAnnotations() != null
                && "true".equals(order.getMetadata().getAnnotations().get("laneway.io/proxied"));
        return wanted ? pointed() && !FieldOwnership.held(order) : shop.get("order-master") == null;
    }

    private boolean pointed() {
        Service order = shop.get("order");
        return order.getSpec().getSelector().equals(GatewayPods.DEFAULT.selector())
                && order.getSpec().getPorts().get(0).getTargetPort().equals(new IntOrString(8080));
    }

    private String own() {
        var spec = shop.get("order").getSpec();
        return spec.getSelector() + " " + spec.getPorts().get(0).getTargetPort().getStrVal();
    }
}
