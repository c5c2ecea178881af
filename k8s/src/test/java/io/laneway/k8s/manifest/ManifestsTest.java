package io.laneway.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.laneway.router.codec.TableReader;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Lane;
import io.laneway.router.model.shift.Shift;
import io.laneway.testkit.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests in this module's folder against the typed models of the Kubernetes API, unknown fields refused. */
class ManifestsTest {

    private static final Path HERE = Path.of("").toAbsolutePath();

    /** Files for other programs than the API. */
    private static final Set<String> NO_MANIFESTS = Set.of("kustomization.yaml", "laneway.yaml", "rules.yaml");

    @Test
    void everyManifestIsWhatTheApiKnows() throws IOException {
        List<String> problems = new ArrayList<>();
        List<HasMetadata> objects = all(problems);
        assertThat(problems).isEmpty();
        assertThat(objects).hasSizeGreaterThan(20);
    }

    @Test
    void anUnknownFieldWouldBeFound() {
        List<String> problems = new ArrayList<>();
        StrictManifests.read("x", "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {portz: []}}", problems);
        assertThat(problems).containsExactly("x: Service a: unknown field portz in ServiceSpec");
    }

    @Test
    void discoveryInAGatewayNeedsTheWholeProgram() throws IOException {
        assertThat(Files.readString(HERE.resolve("base/kustomization.yaml")))
                .contains("newName: ghcr.io/laneway/laneway-gateway");
        assertThat(Files.readString(HERE.resolve("components/discovery/kustomization.yaml")))
                .contains("{name: ghcr.io/laneway/laneway-gateway, newName: ghcr.io/laneway/laneway}");
    }

    @Test
    void everyContainerOfOursRunsLockedDownAndWithinLimits() throws IOException {
        int containers = 0;
        for (HasMetadata object : all(new ArrayList<>())) {
            if (object instanceof Deployment deployment) {
                PodSpec pod = deployment.getSpec().getTemplate().getSpec();
                assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
                for (Container one : Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
                        .filter(container -> container.getImage().contains("laneway"))
                        .toList()) {
                    containers++;
                    var security = one.getSecurityContext();
                    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
                    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
                    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
                    assertThat(one.getResources().getLimits()).containsKey("memory");
                    assertThat(one.getStartupProbe()).isNotNull();
                }
            }
        }
        assertThat(containers).isGreaterThanOrEqualTo(3);
    }

    @Test
    void noRoleButOneReadsSecretsAndNoneButCleanupsAndProxysDeletes() throws IOException {
        for (HasMetadata object : all(new ArrayList<>())) {
            var rules = object instanceof ClusterRole cluster
                    ? cluster.getRules()
                    : object instanceof Role role
                            ? role.getRules()
                            : List.<io.fabric8.kubernetes.api.model.rbac.PolicyRule>of();
            rules.forEach(rule -> {
                if (object.getMetadata().getName().equals("laneway-gateway-certificates")) {
                    // What HTTPS listeners name, in the namespaces where it is bound; one by one.
                    assertThat(rule.getResources()).containsExactly("secrets");
                    assertThat(rule.getVerbs()).containsExactly("get");
                    return;
                }
                assertThat(rule.getResources()).doesNotContain("secrets", "*");
                assertThat(rule.getVerbs()).doesNotContain("*", "deletecollection");
                if (object.getMetadata().getName().equals("laneway-cleanup")) {
                    assertThat(rule.getResources()).doesNotContain("pods");
                    return;
                }
                if (object.getMetadata().getName().equals("laneway-proxy")) {
                    // To see that a gateway's pod is ready, and to make, point and take away Services; nothing else.
                    assertThat(rule.getResources()).isSubsetOf("pods", "services");
                    if (rule.getResources().contains("pods")) {
                        assertThat(rule.getVerbs()).containsExactly("list");
                    }
                    return;
                }
                assertThat(rule.getResources()).doesNotContain("pods");
                assertThat(rule.getVerbs()).doesNotContain("delete");
                if (rule.getResources().contains("services")
                        || rule.getResources().contains("endpointslices")) {
                    assertThat(rule.getVerbs()).isSubsetOf("get", "list", "watch");
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lane", "tenantshift"})
    void theSchemaOfACustomResourceIsTheFormOfItsObject(String name) throws IOException {
        String yaml = Files.readString(HERE.resolve("crds/" + name + ".yaml"));
        CustomResourceDefinition definition = (CustomResourceDefinition)
                StrictManifests.read(name, yaml, new ArrayList<>()).get(0);
        JSONSchemaProps spec = definition
                .getSpec()
                .getVersions()
                .get(0)
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("spec");
        Map<String, Object> sample = new LinkedHashMap<>();
        spec.getProperties().forEach((key, property) -> sample.put(key, property.getExample()));
        sample.remove("name");
        String json = new io.fabric8.kubernetes.client.utils.KubernetesSerialization().asJson(sample);
        Problems problems = Problems.strict();
        var node = Documents.parseJson(json.getBytes(StandardCharsets.UTF_8), problems);
        byte[] written;
        if (name.equals("lane")) {
            Lane lane = TableReader.lane(node, "x", problems);
            written = TableWriter.json(lane);
        } else {
            Shift shift = TableReader.shift(node, "x", null, problems);
            written = TableWriter.json(shift);
        }
        assertThat(problems.list()).isEmpty();
        var keys = new TreeSet<>(((Map<?, ?>) load(new String(written, StandardCharsets.UTF_8))).keySet());
        assertThat(keys).isNotEmpty();
        // What the control API decides is not for a custom resource to say.
        keys.removeAll(List.of("state"));
        assertThat(new TreeSet<Object>(spec.getProperties().keySet()))
                .containsAll(keys.stream().map(Object.class::cast).toList());
        structural(definition.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema(), name);
    }

    @Test
    void theChartCarriesTheSameDefinitions() throws IOException {
        for (String name : List.of("lane", "tenantshift")) {
            assertThat(HERE.resolve("helm/laneway/crds/" + name + ".yaml"))
                    .hasSameTextualContentAs(HERE.resolve("crds/" + name + ".yaml"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crds",
                "overlays/edge",
                "overlays/proxy-pod",
                "overlays/sidecar",
                "overlays/control",
                "overlays/webhook"
            })
    void kustomizeBuildsWhatTheApiKnowsAndKubectlTakes(String folder) throws IOException, InterruptedException {
        assumeTrue(Programs.has("kubectl"), "kubectl is not on this machine");
        String built = Kubectl.run("kustomize", HERE.resolve(folder).toString());
        List<String> problems = new ArrayList<>();
        List<HasMetadata> objects = StrictManifests.read(folder, built, problems);
        assertThat(problems).isEmpty();
        assertThat(dryRun(objects, built)).hasSize(objects.size());
    }

    /** A line of {@code kubectl apply --dry-run=client} for each object. */
    private static List<String> dryRun(List<HasMetadata> objects, String yaml)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("objects", ".yaml");
        Path cache = Files.createTempDirectory("kubectl");
        Files.writeString(file, yaml);
        try (DiscoveryStub server = new DiscoveryStub(objects)) {
            return Kubectl.run(
                            "apply",
                            "--dry-run=client",
                            "--validate=false",
                            "--server=" + server.url(),
                            "--cache-dir=" + cache,
                            "--filename=" + file)
                    .lines()
                    .peek(line -> assertThat(line).endsWith("created (dry run)"))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void everyComponentFitsTheControlApisOverlay(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Programs.has("kubectl"), "kubectl is not on this machine");
        Path here = folder.toRealPath().relativize(HERE.toRealPath());
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                "resources: [" + here + "/overlays/control]\ncomponents: [" + here + "/components/cleanup, " + here
                        + "/components/gateway-api, " + here + "/components/lane-guard, " + here
                        + "/components/xds]\n");
        List<String> problems = new ArrayList<>();
        List<HasMetadata> objects = StrictManifests.read("all", Kubectl.run("kustomize", folder.toString()), problems);

        assertThat(problems).isEmpty();
        assertThat(objects)
                .filteredOn(Deployment.class::isInstance)
                .singleElement()
                .extracting(one -> ((Deployment) one)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getArgs())
                .asInstanceOf(list(String.class))
                .contains("--cleanup=scale", "--kubernetes-gateway=laneway", "--xds=9905");
    }

    /** What a Gateway's HTTPS listener needs: a port, its certificates as files, and a token for what reads them alone. */
    @Test
    void theEdgeServesHttpsListenersWithItsComponent(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Programs.has("kubectl"), "kubectl is not on this machine");
        Path here = folder.toRealPath().relativize(HERE.toRealPath());
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                "resources: [" + here + "/overlays/edge]\ncomponents: [" + here + "/components/edge-tls]\n");
        List<String> problems = new ArrayList<>();
        List<HasMetadata> objects = StrictManifests.read("edge", Kubectl.run("kustomize", folder.toString()), problems);

        assertThat(problems).isEmpty();
        PodSpec pod = objects.stream()
                .filter(Deployment.class::isInstance)
                .map(one -> ((Deployment) one).getSpec().getTemplate().getSpec())
                .findFirst()
                .orElseThrow();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("gateway", "certificates");
        assertThat(pod.getContainers().get(0).getVolumeMounts())
                .noneMatch(mount -> mount.getMountPath().contains("serviceaccount"))
                .anyMatch(mount -> mount.getMountPath().equals("/run/laneway"));
        assertThat(pod.getContainers().get(1).getArgs()).contains("certificates", "/run/laneway/certificates");
        String config = pod.getVolumes().get(0).getConfigMap().getName();
        assertThat(objects)
                .filteredOn(one ->
                        one instanceof ConfigMap && one.getMetadata().getName().equals(config))
                .singleElement()
                .extracting(one -> ((ConfigMap) one).getData().get("laneway.yaml"))
                .asString()
                .contains("tls: {directory: /run/laneway/certificates}");
        assertThat(objects)
                .filteredOn(Service.class::isInstance)
                .singleElement()
                .extracting(one -> ((Service) one).getSpec().getPorts().get(1).getPort())
                .isEqualTo(443);
    }

    @Test
    void theEdgeHasPortsForGatewaysOfTheirOwnWithItsComponent(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(Programs.has("kubectl"), "kubectl is not on this machine");
        Path here = folder.toRealPath().relativize(HERE.toRealPath());
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                "resources: [" + here + "/overlays/edge]\ncomponents: [" + here + "/components/edge-tls, " + here
                        + "/components/edge-gateways]\n");
        List<String> problems = new ArrayList<>();
        List<HasMetadata> objects = StrictManifests.read("edge", Kubectl.run("kustomize", folder.toString()), problems);

        assertThat(problems).isEmpty();
        assertThat(References.dangling(objects)).isEmpty();
        String config = objects.stream()
                .filter(Deployment.class::isInstance)
                .map(one -> ((Deployment) one).getSpec().getTemplate().getSpec())
                .findFirst()
                .orElseThrow()
                .getVolumes()
                .get(0)
                .getConfigMap()
                .getName();
        assertThat(objects)
                .filteredOn(one ->
                        one instanceof ConfigMap && one.getMetadata().getName().equals(config))
                .singleElement()
                .extracting(one -> ((ConfigMap) one).getData().get("laneway.yaml"))
                .asString()
                .contains("0.0.0.0:20000", "0.0.0.0:20015", "0.0.0.0:21000", "0.0.0.0:21015");
        assertThat(objects)
                .filteredOn(Service.class::isInstance)
                .singleElement()
                .satisfies(one -> assertThat(one.getMetadata().getAnnotations())
                        .containsEntry("laneway.io/gateway-ports", "20000-20015")
                        .containsEntry("laneway.io/gateway-tls-ports", "21000-21015"));
    }

    @Test
    void theWebhookMakesTransparentSidecarsWithItsComponent(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(Programs.has("kubectl"), "kubectl is not on this machine");
        Path here = folder.toRealPath().relativize(HERE.toRealPath());
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                "resources: [" + here + "/overlays/webhook]\ncomponents: [" + here + "/components/transparent]\n");
        assertThat(Kubectl.run("kustomize", folder.toString()))
                .contains("--transparent=ghcr.io/laneway/laneway-redirect:0.1.0");
    }

    /** A structural schema (Kubernetes' condition for pruning): every node has a type. */
    private static void structural(JSONSchemaProps schema, String path) {
        assertThat(schema.getType()).as(path).isNotNull();
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((key, property) -> structural(property, path + "." + key));
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            structural(schema.getItems().getSchema(), path + "[]");
        }
    }

    private static List<HasMetadata> all(List<String> problems) throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (String folder : List.of("crds", "base", "overlays", "components")) {
            for (Path file : files(folder)) {
                String name = file.getFileName().toString();
                if (!NO_MANIFESTS.contains(name)) {
                    objects.addAll(
                            StrictManifests.read(HERE.relativize(file).toString(), Files.readString(file), problems));
                }
            }
        }
        return objects;
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(HERE.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
