package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Guards;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.k8s.imports.table.RuleHost;
import io.laneway.k8s.imports.table.RuleTable;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Envoy's configuration: a bootstrap, a listener, a {@code RouteConfiguration}, a discovery response or a
 * {@code config_dump}, in YAML or JSON. Rules that differ by a value of a header or query parameter and by where they
 * lead become lanes; every other condition stays one of a route. Pure.
 */
public final class EnvoyImport {

    private EnvoyImport() {}

    /**
     * Imports a document; null after problems if it is no document or has no virtual host.
     *
     * @param listeners the names of the listeners to import, empty for all
     */
    public static @Nullable Imported read(SourceFile file, Intent intent, Set<String> listeners, Problems problems) {
        List<Tracked> documents = file.documents(problems);
        if (!problems.isEmpty()) {
            return null;
        }
        if (documents.size() != 1) {
            problems.add(
                    documents.isEmpty()
                            ? io.laneway.router.document.tree.Location.root(file.name(), 1)
                            : documents.get(1).location(),
                    documents.size() + " documents",
                    "one document");
            return null;
        }
        Tracked root = documents.get(0);
        Report report = new Report();
        Resources resources = Resources.of(root);
        Clusters clusters = new Clusters(resources);
        VirtualHosts virtual = new VirtualHosts(clusters, new Guards(intent, report), report);
        List<RuleHost> hosts = new ArrayList<>(new Listeners(resources, virtual, listeners, report).read());
        if (hosts.isEmpty() && report.notTaken().isEmpty()) {
            problems.add(root.location(), "no virtual_hosts", "Envoy route configuration with virtual_hosts");
            return null;
        }
        LaneTable table = RuleTable.of(hosts, clusters.read(), intent.carriers(), root.location(), report);
        root.reportRest(report);
        return Imported.of(table, report);
    }
}
