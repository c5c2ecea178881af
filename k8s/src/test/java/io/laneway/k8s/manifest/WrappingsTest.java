package io.laneway.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.laneway.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Overlays as teams wrap them: with components, in a namespace and under a prefix of their own. */
class WrappingsTest {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "overlays/control   | components/cleanup, components/gateway-api, components/xds",
                "overlays/control   | components/cleanup",
                "overlays/edge      | components/discovery",
                "overlays/edge      | components/edge-tls",
                "overlays/proxy-pod | components/discovery",
                "overlays/webhook   | "
            })
    void whatIsSetFromOutsideReachesEverything(String overlay, String components) throws Exception {
        assumeTrue(Programs.has("kubectl"), "kubectl is not on this machine");
        Path inner = write("inner", "resources: [" + here(overlay) + "]\n" + components(components));
        assertThat(References.dangling(build(inner))).isEmpty();
        for (String outside : List.of("namespace: team", "namespace: team\nnamePrefix: x-", "nameSuffix: -b")) {
            Path outer = write("outer", outside + "\nresources: [../inner]\n");
            List<HasMetadata> objects = build(outer);
            assertThat(References.dangling(objects)).as(outside).isEmpty();
            if (outside.startsWith("namespace")) {
                assertThat(objects)
                        .filteredOn(Namespaced.class::isInstance)
                        .extracting(one -> one.getMetadata().getNamespace())
                        .containsOnly("team");
            }
        }
    }

    private List<HasMetadata> build(Path kustomization) throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        List<HasMetadata> objects =
                StrictManifests.read("built", Kubectl.run("kustomize", kustomization.toString()), problems);
        assertThat(problems).isEmpty();
        return objects;
    }

    private Path write(String name, String kustomization) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        Files.writeString(made.resolve("kustomization.yaml"), kustomization);
        return made;
    }

    private String here(String below) throws IOException {
        return folder.toRealPath().resolve("inner").relativize(HERE.toRealPath()) + "/" + below;
    }

    private String components(String names) throws IOException {
        if (names == null) {
            return "";
        }
        List<String> paths = new ArrayList<>();
        for (String name : names.split(", *")) {
            paths.add(here(name));
        }
        return "components: " + paths + "\n";
    }
}
