package io.laneway.cli.run;

import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.KubernetesSettings;
import io.laneway.k8s.KubernetesTable;
import io.laneway.k8s.client.Clients;
import io.laneway.kafka.table.KafkaTableSource;
import io.laneway.kafka.table.TableTopic;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Table sources that come from modules the gateway does not know. Stateless. */
public final class Sources {

    /** Among the settings of Kubernetes: a lane table that what is found is laid over. */
    private static final String OWN_TABLE = "file";

    private Sources() {}

    /**
     * The source of a table that is neither a file nor the control API's.
     *
     * @throws IllegalArgumentException if its settings are wrong
     */
    public static TableSource of(TableConfig table) {
        if (table instanceof TableConfig.Kafka kafka) {
            return new KafkaTableSource(
                    new TableTopic(kafka.servers(), kafka.topic(), kafka.properties()), new Random());
        }
        if (table instanceof TableConfig.Kubernetes kubernetes) {
            Map<String, String> settings = new HashMap<>(kubernetes.settings());
            String own = settings.remove(OWN_TABLE);
            KubernetesConfig config = KubernetesSettings.of(kubernetes.namespaces(), settings);
            return new KubernetesTable(
                    new KubernetesDeployments(Clients.open(config.connection()), config), ownTable(own));
        }
        throw new IllegalArgumentException("table: " + table + " (expected: control, file, kafka or kubernetes)");
    }

    private static LaneTable ownTable(@Nullable String file) {
        if (file == null) {
            return LaneTable.EMPTY;
        }
        try {
            Problems problems = Problems.strict();
            LaneTable table = TableReader.read(Files.readAllBytes(Path.of(file)), file, problems);
            if (table == null) {
                throw new IllegalArgumentException("table.kubernetes.file: " + problems.list());
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException("table.kubernetes.file: " + file + " cannot be read", e);
        }
    }
}
