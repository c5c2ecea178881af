package io.laneway.cli.command;

import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesSettings;
import io.laneway.kafka.status.LaneGroupRemoval;
import io.laneway.kafka.table.KafkaTablePublisher;
import io.laneway.kafka.table.TableTopic;
import io.laneway.router.source.LaneLeftovers;
import io.laneway.router.source.TablePublisher;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the control API finds deployments in, and where else it publishes the table. */
final class DiscoveryOptions {

    @Option(names = "--kubernetes", description = "find deployments in Kubernetes, and follow its custom resources")
    private boolean kubernetes;

    @Option(
            names = "--namespaces",
            split = ",",
            paramLabel = "NAME",
            description = "only in these namespaces (default: all)")
    private List<String> namespaces = List.of();

    @Option(
            names = "--kubernetes-setting",
            paramLabel = "KEY=VALUE",
            description = "a setting of discovery, see docs/kubernetes.md")
    private Map<String, String> settings = Map.of();

    @Option(names = "--kafka", paramLabel = "SERVERS", description = "publish every revision to Kafka too")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-topic",
            paramLabel = "TOPIC",
            description = "its topic (default: ${DEFAULT-VALUE})",
            defaultValue = "laneway-table")
    private String topic;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "a property of the Kafka client, such as those of TLS and SASL")
    private Map<String, String> properties = Map.of();

    @Option(
            names = "--kafka-cleanup",
            paramLabel = "SERVERS",
            description = "remove the consumer groups that deleted lanes leave on this Kafka")
    private @Nullable String cleanup;

    /** How to find deployments in Kubernetes, null if not asked for. */
    @Nullable
    KubernetesConfig kubernetes() {
        return kubernetes ? KubernetesSettings.of(namespaces, settings) : null;
    }

    List<LaneLeftovers> leftovers() {
        return cleanup == null ? List.of() : List.of(new LaneGroupRemoval(cleanup, properties));
    }

    List<TablePublisher> publishers() {
        return kafka == null ? List.of() : List.of(new KafkaTablePublisher(new TableTopic(kafka, topic, properties)));
    }
}
