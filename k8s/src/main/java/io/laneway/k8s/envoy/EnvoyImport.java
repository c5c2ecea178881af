package io.laneway.k8s.envoy;

import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Envoy route configuration, wherever in a document it is: a {@code RouteConfiguration}, a bootstrap, a
 * discovery response or a {@code config_dump}, in YAML or JSON. Each virtual host becomes a service for each of its
 * paths; each value of a header or query parameter that a rule asks for becomes a lane; the rule without one is the
 * base lane. Pure.
 */
public final class EnvoyImport {

    private EnvoyImport() {}

    /**
     * What was read. Immutable.
     *
     * @param unexpressed the rules that are not in the table, each with its line
     * @param differences what the table does differently from the rules it came from, each with its line
     */
    public record Imported(LaneTable table, List<Problem> unexpressed, List<Problem> differences) {
        public Imported {
            unexpressed = List.copyOf(unexpressed);
            differences = List.copyOf(differences);
        }
    }

    /** Imports a document; null after problems if it is no document or has no virtual host. */
    public static @Nullable Imported read(byte[] document, String file, Problems problems) {
        Node root = Documents.parse(document, file, problems);
        if (root == null) {
            return null;
        }
        Findings findings = new Findings();
        Clusters clusters = Clusters.of(root);
        List<VirtualHost> hosts = new ArrayList<>();
        int before = problems.count();
        Tree.each(root, "virtual_hosts", configuration -> {
            for (Node node : Tree.items(configuration, "virtual_hosts")) {
                VirtualHost host = VirtualHost.of(node, clusters, findings);
                if (host != null) {
                    hosts.add(host);
                }
            }
        });
        if (hosts.isEmpty() && findings.unexpressed().isEmpty()) {
            problems.add(root, "no virtual_hosts", "Envoy route configuration with virtual_hosts");
        }
        if (problems.count() > before) {
            return null;
        }
        LaneTable table = new TableAssembly(findings, root).table(hosts);
        return new Imported(table, findings.unexpressed(), findings.differences());
    }
}
