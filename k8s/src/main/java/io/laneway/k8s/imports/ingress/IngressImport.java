package io.laneway.k8s.imports.ingress;

import io.laneway.k8s.imports.source.KubeObjects;
import io.laneway.k8s.imports.source.KubeObjects.KubeObject;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Guards;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.k8s.imports.table.PathForms;
import io.laneway.k8s.imports.table.RuleHost;
import io.laneway.k8s.imports.table.RuleTable;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Ingresses as ingress-nginx obeys them. A canary by header or cookie becomes a lane, one by weight a part of the
 * requests. Pure.
 */
public final class IngressImport {

    private IngressImport() {}

    /**
     * Imports the Ingresses of files; null after problems if they are no documents or have none.
     */
    public static @Nullable Imported read(List<SourceFile> files, Intent intent, Problems problems) {
        KubeObjects objects = KubeObjects.of(files, problems);
        if (!problems.isEmpty()) {
            return null;
        }
        List<KubeObject> all = objects.of("Ingress");
        if (all.isEmpty()) {
            problems.add(Location.root(files.get(0).name(), 1), "no Ingress", "objects of kind Ingress");
            return null;
        }
        Report report = new Report();
        Hosts hosts = new Hosts(new Guards(intent, report), report);
        all.forEach(ingress -> hosts.look(ingress));
        all.forEach(ingress -> hosts.add(ingress));
        hosts.canaries();
        Set<String> places = new LinkedHashSet<>(intent.carriers());
        places.addAll(hosts.carriers());
        List<RuleHost> rules = hosts.rules();
        PathForms.say(
                rules,
                objects.location(),
                "ingress-nginx compares decoded paths with slashes merged; a request here with '//' or '%2F' has"
                        + " another path",
                "paths.mergeSlashes: true and paths.encodedSlashes: decode of the listener in laneway.yaml",
                report);
        LaneTable table = RuleTable.of(rules, hosts.upstreams(), places, objects.location(), report);
        objects.reportRest(report);
        return Imported.of(table, report);
    }
}
