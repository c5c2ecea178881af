package io.laneway.k8s;

import io.laneway.k8s.client.Connection;
import io.laneway.k8s.client.LeaderSettings;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.discovery.LaneStyle;
import io.laneway.k8s.host.HostRules;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.unit.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@link KubernetesConfig} in a document: {@code namespaces}, a list, and texts under the keys of {@link
 * #KEYS}. Lists of labels are divided by commas.
 *
 * <p>{@code base, lanes (labels or namespaces), app, version, baseNamespace, namespacePrefix, selector, window,
 * kubeconfig, context, url, tokenFile, ca, leaderNamespace, leaderName, leaderIdentity}; {@code file} is for a gateway
 * alone, a lane table that what is found is laid over.
 */
public final class KubernetesSettings {

    /** Every key but {@code namespaces}. */
    public static final List<String> KEYS = List.of(
            "base",
            "lanes",
            "app",
            "version",
            "baseNamespace",
            "namespacePrefix",
            "selector",
            "window",
            "kubeconfig",
            "context",
            "url",
            "tokenFile",
            "ca",
            "leaderNamespace",
            "leaderName",
            "leaderIdentity",
            "file");

    /** Before a namespace: the hosts that it may claim, divided by commas. In a document {@code hosts: {allow: {…}}}. */
    private static final String HOSTS = "hosts.allow.";

    private KubernetesSettings() {}

    /** Reads a mapping of a document; null after a problem. */
    public static @Nullable KubernetesConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        List<String> namespaces = fields.texts("namespaces");
        Map<String, String> settings = new LinkedHashMap<>();
        for (String key : KEYS) {
            String value = fields.optionalText(key);
            if (value != null) {
                settings.put(key, value);
            }
        }
        settings.putAll(fields.object("hosts", KubernetesSettings::hosts, Map.of()));
        return fields.build(() -> of(namespaces, settings));
    }

    private static Map<String, String> hosts(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Map<String, String> settings = new LinkedHashMap<>();
        fields.map("allow", (hosts, p) -> Values.list(hosts, Values::text, p))
                .forEach((namespace, hosts) -> settings.put(HOSTS + namespace, String.join(",", hosts)));
        fields.end();
        return settings;
    }

    /**
     * Makes the configuration of settings by key.
     *
     * @throws IllegalArgumentException for an unknown key, or a value that says what was expected instead
     */
    public static KubernetesConfig of(Collection<String> namespaces, Map<String, String> settings) {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(KEYS);
        unknown.removeIf(key -> key.startsWith(HOSTS) && key.length() > HOSTS.length());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    unknown.iterator().next() + ": unknown key (expected: one of " + String.join(", ", KEYS) + ")");
        }
        Connection connection = new Connection(
                settings.get("kubeconfig"),
                settings.get("context"),
                settings.get("url"),
                settings.get("tokenFile"),
                settings.get("ca"));
        return new KubernetesConfig(
                connection,
                Set.copyOf(namespaces),
                settings.get("selector"),
                rules(settings),
                window(settings.get("window")),
                leader(settings));
    }

    private static Duration window(@Nullable String window) {
        try {
            return window == null ? KubernetesConfig.DEFAULT.window() : Durations.parse(window);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("window: " + e.getMessage(), e);
        }
    }

    private static DiscoveryRules rules(Map<String, String> settings) {
        DiscoveryRules usual = DiscoveryRules.DEFAULT;
        LaneStyle style = style(settings.getOrDefault("lanes", LaneStyle.LABELS.word()));
        if (style == LaneStyle.NAMESPACES && !settings.containsKey("baseNamespace")) {
            throw new IllegalArgumentException("baseNamespace: missing (expected: the base lane's namespace)");
        }
        return new DiscoveryRules(
                settings.getOrDefault("base", usual.base()),
                style,
                list(settings.get("app"), usual.app()),
                list(settings.get("version"), usual.version()),
                settings.getOrDefault("baseNamespace", ""),
                settings.getOrDefault("namespacePrefix", ""),
                hosts(settings));
    }

    private static HostRules hosts(Map<String, String> settings) {
        Map<String, List<String>> allow = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(HOSTS)) {
                allow.put(key.substring(HOSTS.length()), list(value, List.of()));
            }
        });
        return new HostRules(allow);
    }

    private static LaneStyle style(String word) {
        for (LaneStyle style : LaneStyle.values()) {
            if (style.word().equals(word)) {
                return style;
            }
        }
        throw new IllegalArgumentException("lanes: '" + word + "' (expected: labels or namespaces)");
    }

    private static @Nullable LeaderSettings leader(Map<String, String> settings) {
        String identity = settings.get("leaderIdentity");
        if (identity == null) {
            return null;
        }
        return new LeaderSettings(
                settings.getOrDefault("leaderNamespace", "laneway"),
                settings.getOrDefault("leaderName", "laneway-discovery"),
                identity);
    }

    private static List<String> list(@Nullable String text, List<String> fallback) {
        return text == null
                ? fallback
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
    }
}
