package io.laneway.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The chart as Helm itself renders it. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ChartTest {

    private static final String ALL = """
        webhook: {enabled: true, certificate: {certManager: true}}
        gatewayApi: {enabled: true}
        cleanup: {enabled: true, mode: delete}
        monitoring: {enabled: true}
        laneGuard: {enabled: true}
        control: {xds: {enabled: true, port: 9906}}
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        Path chart = Path.of("helm/laneway").toAbsolutePath();
        try (Stream<Path> files = Files.walk(chart)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = folder.resolve("chart").resolve(chart.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    // Without a cluster Helm believes in one of its own, older than the chart asks for.
                    String text = Files.readString(file);
                    Files.writeString(to, text.replaceAll("(?m)^kubeVersion:.*\n", ""));
                }
            }
        }
    }

    @Test
    void helmFindsNothingWrong() throws IOException {
        LintResult lint = new Helm(folder.resolve("chart")).lint().strict().call();
        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    }

    @Test
    void itRendersToWhatTheApiKnowsWithEverythingAndWithTheUsual() throws IOException {
        List<HasMetadata> usual = render("laneway", "{}");
        assertThat(References.dangling(usual)).isEmpty();
        assertThat(usual).extracting(HasMetadata::getKind).doesNotContain("MutatingWebhookConfiguration", "Gateway");

        List<HasMetadata> all = render("laneway", ALL);
        assertThat(References.dangling(all)).isEmpty();
        assertThat(all)
                .extracting(HasMetadata::getKind)
                .contains("MutatingWebhookConfiguration", "Certificate", "Gateway", "GatewayClass", "PodMonitor");
        assertThat(args(all, "laneway-control"))
                .contains("--cleanup=delete", "--kubernetes-gateway=shop/laneway", "--xds=9906");
        assertThat(args(usual, "laneway-control")).noneMatch(arg -> arg.startsWith("--xds"));
    }

    @Test
    void itsWebhooksAndItsGuardDoWhatTheOverlaysDo() throws IOException {
        List<HasMetadata> all = render("laneway", ALL);
        List<MutatingWebhook> hooks =
                one(all, MutatingWebhookConfiguration.class).getWebhooks();
        assertThat(hooks).extracting(MutatingWebhook::getName).contains("services.laneway.io");
        assertThat(hooks)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("clientConfig", "namespaceSelector")
                .isEqualTo(one(file("overlays/webhook/configuration.yaml"), MutatingWebhookConfiguration.class)
                        .getWebhooks());

        List<HasMetadata> guard = file("components/lane-guard/policy.yaml");
        ValidatingAdmissionPolicy policy = one(all, ValidatingAdmissionPolicy.class);
        assertThat(policy.getSpec())
                .isEqualTo(one(guard, ValidatingAdmissionPolicy.class).getSpec());
        var binding = one(all, ValidatingAdmissionPolicyBinding.class).getSpec();
        assertThat(binding.getPolicyName()).isEqualTo(policy.getMetadata().getName());
        assertThat(binding.getValidationActions())
                .isEqualTo(one(guard, ValidatingAdmissionPolicyBinding.class)
                        .getSpec()
                        .getValidationActions());
        assertThat(render("laneway", "{}"))
                .extracting(HasMetadata::getKind)
                .doesNotContain("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
    }

    @Test
    void itsRulesAndDashboardsAreThoseOfTheComponent() throws IOException {
        for (String name : List.of(
                "rules.yaml",
                "dashboards/fleet.json",
                "dashboards/lane.json",
                "dashboards/shift.json",
                "dashboards/messages.json")) {
            assertThat(Path.of("helm/laneway/files", name))
                    .as("cp k8s/components/monitoring/%s k8s/helm/laneway/files/%s", name, name)
                    .hasSameTextualContentAs(Path.of("components/monitoring", name));
        }
        List<HasMetadata> all = render("laneway", ALL);
        GenericKubernetesResource rules = generic(all, "PrometheusRule");
        assertThat(rules.<List<?>>get("spec", "groups"))
                .isEqualTo(((GenericKubernetesResource) file("components/monitoring/prometheusrule.yaml")
                                .get(0))
                        .<List<?>>get("spec", "groups"));
        assertThat(all).filteredOn(one -> one instanceof ConfigMap).anySatisfy(one -> {
            assertThat(one.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
            assertThat(((ConfigMap) one).getData())
                    .containsKeys("fleet.json", "lane.json", "shift.json", "messages.json")
                    .containsEntry(
                            "lane.json", Files.readString(Path.of("components/monitoring/dashboards/lane.json")));
        });
        assertThat(render("laneway", "monitoring: {enabled: true, rules: false, dashboards: false}"))
                .extracting(HasMetadata::getKind)
                .contains("PodMonitor")
                .doesNotContain("PrometheusRule");
    }

    /** The chart's counterpart of components edge-tls and edge-gateways. */
    @Test
    void itsGatewaysHaveHttpsListenersAndPortsForGatewaysOfTheirOwn() throws IOException {
        List<HasMetadata> objects = render(
                "laneway", "gatewayApi: {enabled: true, every: true}\ngateway: {tls: {enabled: true}, ownPorts: 2}\n");
        assertThat(References.dangling(objects)).isEmpty();
        assertThat(args(objects, "laneway-control")).contains("--kubernetes-gateway=*");
        var pod = deployment(objects, "laneway-gateway").getSpec().getTemplate().getSpec();
        assertThat(pod.getServiceAccountName()).isEqualTo("laneway-certificates");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("gateway", "certificates");
        assertThat(pod.getContainers().get(0).getVolumeMounts())
                .noneMatch(mount -> mount.getMountPath().contains("serviceaccount"));
        assertThat(objects)
                .filteredOn(one -> one instanceof ConfigMap map && map.getData().containsKey("laneway.yaml"))
                .singleElement()
                .extracting(one -> ((ConfigMap) one).getData().get("laneway.yaml"))
                .asString()
                .contains(
                        "{name: main-tls, address: \"0.0.0.0:8443\", trust: external, lanes: true, unknownHost: refuse,"
                                + " tls: {directory: /run/laneway/certificates}}",
                        "{name: own-1, address: \"0.0.0.0:20001\"",
                        "{name: own-tls-1, address: \"0.0.0.0:21001\"")
                .doesNotContain("20002");
        assertThat(objects)
                .filteredOn(one ->
                        one instanceof Service && one.getMetadata().getName().equals("laneway-gateway"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getMetadata().getAnnotations())
                            .containsEntry("laneway.io/gateway-ports", "20000-20001")
                            .containsEntry("laneway.io/gateway-tls-ports", "21000-21001")
                            .containsEntry("laneway.io/ignore", "true");
                    assertThat(((Service) one).getSpec().getPorts())
                            .extracting(ServicePort::getPort)
                            .containsExactly(80, 443);
                });

        String text = text("laneway", "gateway: {tls: {enabled: true, namespaces: [certs, shop]}}");
        assertThat(text.split("name: shop-laneway-certificates\n  namespace: ", -1))
                .hasSize(3)
                .anyMatch(one -> one.startsWith("certs"));
    }

    @Test
    void itsSidecarsAreTransparentWhereThatIsAskedFor() throws IOException {
        assertThat(args(render("laneway", ALL), "laneway-webhook")).noneMatch(arg -> arg.startsWith("--transparent"));
        assertThat(args(
                        render(
                                "laneway",
                                "image: {tag: '7'}\nwebhook: {enabled: true, transparent: {enabled: true}}\n"),
                        "laneway-webhook"))
                .contains("--transparent=ghcr.io/laneway/laneway-redirect:7");
    }

    /** The control API in a pod refuses calls without a token. */
    @Test
    void whatScrapesTheControlApiHasAToken() throws IOException {
        for (List<HasMetadata> objects : List.of(
                render("laneway", "{monitoring: {enabled: true}, gateway: {tokenSecret: laneway-gateway-token}}"),
                file("components/monitoring/servicemonitor.yaml"))) {
            List<Map<String, Object>> endpoints =
                    generic(objects, "ServiceMonitor").get("spec", "endpoints");
            assertThat(endpoints)
                    .singleElement()
                    .satisfies(one -> assertThat(one)
                            .containsEntry(
                                    "authorization",
                                    Map.of("credentials", Map.of("name", "laneway-gateway-token", "key", "token"))));
        }
    }

    private static GenericKubernetesResource generic(List<HasMetadata> objects, String kind) {
        return (GenericKubernetesResource) objects.stream()
                .filter(one -> one.getKind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<HasMetadata> file(String path) throws IOException {
        return StrictManifests.read(path, Files.readString(Path.of(path)), new ArrayList<>());
    }

    private static <T> T one(List<HasMetadata> objects, Class<T> type) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twoReleasesShareNoObjectAndSelectNoPodOfEachOther() throws IOException {
        Set<String> names = new HashSet<>();
        render("laneway", ALL).forEach(one -> names.add(id(one)));
        assertThat(render("second", ALL)).noneMatch(one -> names.contains(id(one)));

        for (HasMetadata one : render("second", ALL)) {
            if (one instanceof Service service) {
                assertThat(service.getSpec().getSelector()).containsEntry("app.kubernetes.io/instance", "second");
            }
        }
    }

    @Test
    void valuesReachThePods() throws IOException {
        List<HasMetadata> objects = render("laneway", ALL + """
            imagePullSecrets: [{name: pull}]
            commonLabels: {team: a}
            commonAnnotations: {owner: b}
            control: &pod
              nodeSelector: {disk: ssd}
              affinity: {nodeAffinity: {}}
              tolerations: [{key: x, operator: Exists}]
              resources: {limits: {memory: 2Gi}}
              podLabels: {extra: c}
              podAnnotations: {note: d}
              hosts: {allow: {shop: ["*.shop.example", "pay.example"]}}
            """);
        assertThat(objects)
                .allSatisfy(one -> assertThat(one.getMetadata().getLabels()).containsEntry("team", "a"));
        Deployment control = deployment(objects, "laneway-control");
        var pod = control.getSpec().getTemplate();
        assertThat(control.getMetadata().getAnnotations()).containsEntry("owner", "b");
        assertThat(pod.getMetadata().getLabels()).containsEntry("extra", "c").containsEntry("team", "a");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("note", "d");
        assertThat(pod.getSpec().getNodeSelector()).isEqualTo(Map.of("disk", "ssd"));
        assertThat(pod.getSpec().getTolerations()).hasSize(1);
        assertThat(pod.getSpec().getAffinity()).isNotNull();
        assertThat(pod.getSpec().getImagePullSecrets()).hasSize(1);
        assertThat(pod.getSpec()
                        .getContainers()
                        .get(0)
                        .getResources()
                        .getLimits()
                        .get("memory"))
                .hasToString("2Gi");
        assertThat(args(objects, "laneway-control"))
                .contains("--kubernetes-setting=hosts.allow.shop=*.shop.example,pay.example");
        assertThat(deployment(objects, "laneway-gateway").getMetadata().getLabels())
                .containsEntry("laneway.io/role", "edge");
        assertThat(deployment(render("laneway", "gateway: {trust: internal}"), "laneway-gateway")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsEntry("version", "proxy");
    }

    @Test
    void gatewaysAndSidecarsRunTheSmallerDistribution() throws IOException {
        List<HasMetadata> usual = render("laneway", "webhook: {enabled: true}");
        assertThat(image(usual, "laneway-control")).startsWith("ghcr.io/laneway/laneway:");
        assertThat(image(usual, "laneway-gateway")).startsWith("ghcr.io/laneway/laneway-gateway:");
        assertThat(args(usual, "laneway-webhook")).contains("--image=" + image(usual, "laneway-gateway"));

        List<HasMetadata> mirrored = render("laneway", """
            image: {repository: mirror/laneway, tag: "7"}
            gateway: {image: {repository: mirror/gateway}}
            """);
        assertThat(image(mirrored, "laneway-control")).isEqualTo("mirror/laneway:7");
        assertThat(image(mirrored, "laneway-gateway")).isEqualTo("mirror/gateway:7");
    }

    @Test
    void aValueThatTheChartDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> render("laneway", "gateway: {replica: 3}")).hasMessageContaining("replica");
        assertThatThrownBy(() -> render("laneway", "cleanup: {mode: burn}")).hasMessageContaining("mode");
        assertThatThrownBy(() -> render("laneway", "gateway: {replicas: 0}")).hasMessageContaining("replicas");
    }

    private String text(String release, String values) throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), values);
        TemplateCommand template = new Helm(folder.resolve("chart")).template();
        return template.withName(release)
                .withNamespace("shop")
                .withValuesFile(file)
                .call();
    }

    private List<HasMetadata> render(String release, String values) throws IOException {
        String text = text(release, values);
        List<String> problems = new ArrayList<>();
        List<HasMetadata> objects = StrictManifests.read("chart", text, problems);
        assertThat(problems).isEmpty();
        assertThat(objects)
                .filteredOn(Namespaced.class::isInstance)
                .allMatch(one -> "shop".equals(one.getMetadata().getNamespace()));
        return objects;
    }

    private static String id(HasMetadata one) {
        return one.getKind() + " " + one.getMetadata().getName();
    }

    private static Deployment deployment(List<HasMetadata> objects, String name) {
        return objects.stream()
                .filter(one ->
                        one instanceof Deployment && one.getMetadata().getName().equals(name))
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String image(List<HasMetadata> objects, String name) {
        return container(objects, name).getImage();
    }

    private static List<String> args(List<HasMetadata> objects, String name) {
        return container(objects, name).getArgs();
    }

    private static Container container(List<HasMetadata> objects, String name) {
        return deployment(objects, name)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }
}
