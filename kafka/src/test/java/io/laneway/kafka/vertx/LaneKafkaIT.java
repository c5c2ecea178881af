package io.laneway.kafka.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class LaneKafkaIT {

    private final Broker broker = Broker.shared();
    private final String topic = "vertx-" + UUID.randomUUID();

    @Test
    void aRecordsLaneIsCurrentAlsoAfterAnAsynchronousStepAndOnlyForThatRecord() throws Exception {
        broker.topic(topic, 1);
        Vertx vertx = Vertx.vertx();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Records records = new Records(broker)) {
            records.write(topic, 1, "f-1", 1);
            records.write(topic, 1, "", 1);
            records.write(topic, 1, "f-2", 1);
            KafkaConsumer<String, String> consumer = LaneKafka.consumer(vertx, properties());
            consumer.handler(LaneKafka.inLane(
                    record -> vertx.setTimer(20, late -> seen.add(record.offset() + " " + LaneContext.current()))));
            consumer.subscribe(topic);
            await().atMost(Broker.patience()).until(() -> seen.size() == 3);
            assertThat(seen).containsExactlyInAnyOrder("0 f-1", "1 null", "2 f-2");
            consumer.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private Map<String, String> properties() {
        return new HashMap<>(Map.of(
                "bootstrap.servers", broker.servers(),
                "group.id", "g-" + UUID.randomUUID(),
                "key.deserializer", StringDeserializer.class.getName(),
                "value.deserializer", StringDeserializer.class.getName(),
                "auto.offset.reset", "earliest"));
    }
}
