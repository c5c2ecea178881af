package io.laneway.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.k8s.client.LeaderSettings;
import io.laneway.k8s.discovery.LaneStyle;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KubernetesSettingsTest {

    @Test
    void nothingSaidMeansTheDefaults() {
        assertThat(KubernetesSettings.of(List.of(), Map.of())).isEqualTo(KubernetesConfig.DEFAULT);
        assertThat(read("{}", Problems.strict())).isEqualTo(KubernetesConfig.DEFAULT);
    }

    @Test
    void readsEveryKey() {
        Problems problems = Problems.strict();
        KubernetesConfig config = read(
                "{namespaces: [shop, pay], lanes: namespaces, baseNamespace: shop, namespacePrefix: shop-, base: main,"
                        + " app: 'app, name', version: lane, selector: team=a, window: 40ms, url: 'https://api:6443',"
                        + " tokenFile: /t, ca: /ca, leaderIdentity: pod-1}",
                problems);
        assertThat(problems.list()).isEmpty();
        assertThat(config.namespaces()).isEqualTo(Set.of("shop", "pay"));
        assertThat(config.rules().style()).isEqualTo(LaneStyle.NAMESPACES);
        assertThat(config.rules().app()).containsExactly("app", "name");
        assertThat(config.rules().version()).containsExactly("lane");
        assertThat(config.rules().base()).isEqualTo("main");
        assertThat(config.window()).isEqualTo(Duration.ofMillis(40));
        assertThat(config.connection().url()).isEqualTo("https://api:6443");
        assertThat(config.leader()).isEqualTo(new LeaderSettings("laneway", "laneway-discovery", "pod-1"));
    }

    @Test
    void hostsAreAllowedByNamespaceInADocumentAsInSettings() {
        Problems problems = Problems.strict();
        KubernetesConfig config =
                read("{hosts: {allow: {shop: ['*.shop.example', pay.example], '*': ['free.example']}}}", problems);

        assertThat(problems.list()).isEmpty();
        assertThat(config.rules().hosts().permit("shop", "order.shop.example")).isTrue();
        assertThat(config.rules().hosts().permit("shop", "free.example")).isTrue();
        assertThat(config.rules().hosts().permit("aaa", "order.shop.example")).isFalse();
        assertThat(KubernetesSettings.of(
                        List.of(),
                        Map.of("hosts.allow.shop", "*.shop.example, pay.example", "hosts.allow.*", "free.example")))
                .isEqualTo(config);
        assertThatThrownBy(() -> KubernetesSettings.of(List.of(), Map.of("hosts.allow.shop", "a.*.example")))
                .hasMessage("hosts.allow.shop: 'a.*.example' (expected: a host, *. and a host, or *)");
    }

    @Test
    void saysWhatIsWrongAndWhatWasExpected() {
        assertThatThrownBy(() -> KubernetesSettings.of(List.of(), Map.of("lans", "x")))
                .hasMessageStartingWith("lans: unknown key (expected: one of base, lanes,");
        assertThatThrownBy(() -> KubernetesSettings.of(List.of(), Map.of("lanes", "x")))
                .hasMessage("lanes: 'x' (expected: labels or namespaces)");
        assertThatThrownBy(() -> KubernetesSettings.of(List.of(), Map.of("lanes", "namespaces")))
                .hasMessage("baseNamespace: missing (expected: the base lane's namespace)");
        assertThatThrownBy(() -> KubernetesSettings.of(List.of(), Map.of("window", "1s")))
                .hasMessage("window: 1000ms (expected: 0ms to 50ms)");
        assertThatThrownBy(() -> KubernetesSettings.of(List.of(), Map.of("url", "api:6443")))
                .hasMessage("url: api:6443 (expected: http://… or https://…)");
        Problems problems = Problems.strict();
        assertThat(read("{window: 1s}", problems)).isNull();
        assertThat(problems.list()).singleElement().asString().contains("window", "0ms to 50ms");
    }

    private static KubernetesConfig read(String yaml, Problems problems) {
        Node node = Documents.parse(yaml.getBytes(StandardCharsets.UTF_8), "laneway.yaml", problems);
        return KubernetesSettings.read(node, problems);
    }
}
