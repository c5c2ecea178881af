package io.laneway.cli.messages;

import io.laneway.cli.run.TableSources;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.kafka.table.KafkaTableSource;
import io.laneway.kafka.table.TableTopic;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.source.TableSource;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The table of a gateway over a topic. Stateless. */
public final class KafkaTables implements TableSources {

    @Override
    public boolean serves(TableConfig table) {
        return table instanceof TableConfig.Kafka;
    }

    @Override
    public @Nullable TableSource open(TableConfig table) {
        return table instanceof TableConfig.Kafka kafka ? new KafkaTableSource(topic(kafka), new Random()) : null;
    }

    @Override
    public void check(TableConfig table, Node document, Problems problems) {
        if (table instanceof TableConfig.Kafka kafka) {
            topic(kafka);
        }
    }

    private static TableTopic topic(TableConfig.Kafka kafka) {
        TableTopic topic = new TableTopic(kafka.servers(), kafka.topic(), kafka.properties());
        topic.check();
        return topic;
    }
}
