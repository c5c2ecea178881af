package io.laneway.k8s.discovery;

import io.laneway.k8s.host.HostRules;
import io.laneway.router.model.LaneTable;
import io.laneway.router.text.Slug;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How Services are read: where the logical service and the lane are named. Immutable.
 *
 * @param base            the base lane's name
 * @param app             labels that name the logical service, the first that is present counts
 * @param version         labels that name the lane, the first that is present counts
 * @param baseNamespace   with {@link LaneStyle#NAMESPACES}, the namespace of the base lane
 * @param namespacePrefix with {@link LaneStyle#NAMESPACES}, what a lane's namespace begins with before the lane's
 *                        name; other namespaces are not read; empty for none
 * @param hosts           which namespaces may claim which hosts
 * @param byName          with {@link LaneStyle#LABELS}, whether a Service without a label that names its logical service
 *                        is called as it is: routes of the Gateway API may lead to any Service
 */
public record DiscoveryRules(
        String base,
        LaneStyle style,
        List<String> app,
        List<String> version,
        String baseNamespace,
        String namespacePrefix,
        HostRules hosts,
        boolean byName) {

    /** Labels {@code app} and {@code version}, or their recommended forms; base lane {@code master}. */
    public static final DiscoveryRules DEFAULT = new DiscoveryRules(
            LaneTable.DEFAULT_BASE,
            LaneStyle.LABELS,
            List.of("app", "app.kubernetes.io/name"),
            List.of("version", "app.kubernetes.io/version"),
            "",
            "",
            HostRules.OPEN);

    /** Without a label a Service takes no part. */
    public DiscoveryRules(
            String base,
            LaneStyle style,
            List<String> app,
            List<String> version,
            String baseNamespace,
            String namespacePrefix,
            HostRules hosts) {
        this(base, style, app, version, baseNamespace, namespacePrefix, hosts, false);
    }

    public DiscoveryRules {
        Slug.requireName("base", base);
        Objects.requireNonNull(style, "style");
        app = List.copyOf(app);
        version = List.copyOf(version);
        Objects.requireNonNull(baseNamespace, "baseNamespace");
        Objects.requireNonNull(namespacePrefix, "namespacePrefix");
        Objects.requireNonNull(hosts, "hosts");
    }

    /** With {@link LaneStyle#NAMESPACES}, the lane of a namespace; null if none of its names a lane. */
    public @Nullable String lane(String namespace) {
        if (namespace.equals(baseNamespace)) {
            return base;
        }
        if (!namespace.startsWith(namespacePrefix)) {
            return null;
        }
        String lane = namespace.substring(namespacePrefix.length());
        return Slug.of(lane).isEmpty() ? null : lane;
    }

    /** The same rules for another base lane. */
    public DiscoveryRules withBase(String base) {
        return new DiscoveryRules(base, style, app, version, baseNamespace, namespacePrefix, hosts, byName);
    }

    /** The same rules with others for hosts. */
    public DiscoveryRules withHosts(HostRules hosts) {
        return new DiscoveryRules(base, style, app, version, baseNamespace, namespacePrefix, hosts, byName);
    }

    /** The same rules, by which a Service without a label takes part under its own name. */
    public DiscoveryRules withNames() {
        return new DiscoveryRules(base, style, app, version, baseNamespace, namespacePrefix, hosts, true);
    }
}
