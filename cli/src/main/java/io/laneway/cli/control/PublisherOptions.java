package io.laneway.cli.control;

import io.laneway.kafka.status.KafkaMessageLanes;
import io.laneway.kafka.status.LaneGroupRemoval;
import io.laneway.kafka.table.KafkaTablePublisher;
import io.laneway.kafka.table.TableTopic;
import io.laneway.router.source.LaneLeftovers;
import io.laneway.router.source.MessageLanes;
import io.laneway.router.source.TablePublisher;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where else the control API publishes the table, and what it tidies up there. */
final class PublisherOptions {

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

    @Option(
            names = "--kafka-messages",
            paramLabel = "SERVERS",
            description = "show the lag and the hand-over of lanes' consumer groups on this Kafka"
                    + " (default: that of --kafka-cleanup, else that of --kafka)")
    private @Nullable String messages;

    List<MessageLanes> messages() {
        String servers = messages != null ? messages : cleanup != null ? cleanup : kafka;
        return servers == null ? List.of() : List.of(new KafkaMessageLanes(servers, properties));
    }

    List<LaneLeftovers> leftovers() {
        return cleanup == null ? List.of() : List.of(new LaneGroupRemoval(cleanup, properties));
    }

    List<TablePublisher> publishers() {
        return kafka == null ? List.of() : List.of(new KafkaTablePublisher(new TableTopic(kafka, topic, properties)));
    }
}
