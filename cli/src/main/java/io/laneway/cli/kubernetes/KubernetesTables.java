package io.laneway.cli.kubernetes;

import io.laneway.cli.run.TableSources;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.KubernetesSettings;
import io.laneway.k8s.KubernetesTable;
import io.laneway.k8s.client.Clients;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of a gateway that looks at the cluster itself. Stateless. */
public final class KubernetesTables implements TableSources {

    /** Among the settings: a lane table that what is found is laid over. */
    private static final String OWN_TABLE = "file";

    @Override
    public boolean serves(TableConfig table) {
        return table instanceof TableConfig.Kubernetes;
    }

    @Override
    public @Nullable TableSource open(TableConfig table) {
        if (!(table instanceof TableConfig.Kubernetes kubernetes)) {
            return null;
        }
        Map<String, String> settings = new HashMap<>(kubernetes.settings());
        String own = settings.remove(OWN_TABLE);
        KubernetesConfig config = KubernetesSettings.of(kubernetes.namespaces(), settings);
        return new KubernetesTable(new KubernetesDeployments(Clients.open(config.connection()), config), ownTable(own));
    }

    /** The kubeconfig is read for it, but the cluster is not asked. */
    @Override
    public void check(TableConfig table, Node document, Problems problems) {
        if (!(table instanceof TableConfig.Kubernetes kubernetes)) {
            return;
        }
        Map<String, String> settings = new HashMap<>(kubernetes.settings());
        String own = settings.remove(OWN_TABLE);
        KubernetesConfig config = KubernetesSettings.of(kubernetes.namespaces(), settings);
        Clients.open(config.connection()).close();
        if (own != null) {
            readTable(own, problems);
        }
    }

    private static LaneTable ownTable(@Nullable String file) {
        if (file == null) {
            return LaneTable.EMPTY;
        }
        Problems problems = Problems.strict();
        LaneTable table = readTable(file, problems);
        if (table == null) {
            throw new IllegalArgumentException(
                    problems.list().stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
        return table;
    }

    private static @Nullable LaneTable readTable(String file, Problems problems) {
        try {
            return TableReader.read(Files.readAllBytes(Path.of(file)), file, problems);
        } catch (IOException e) {
            throw new IllegalArgumentException(OWN_TABLE + ": " + file + " (expected: a file that can be read)", e);
        }
    }
}
