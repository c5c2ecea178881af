package io.laneway.cli.messages;

import io.laneway.cli.run.TableSources;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.kafka.table.KafkaTableSource;
import io.laneway.kafka.table.TableTopic;
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
        return table instanceof TableConfig.Kafka kafka
                ? new KafkaTableSource(new TableTopic(kafka.servers(), kafka.topic(), kafka.properties()), new Random())
                : null;
    }
}
