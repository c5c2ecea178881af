package io.laneway.kafka.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.kafka.lane.LaneHeader;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class ShippingServiceIT {

    @Test
    void whatIsShippedBelongsToTheLaneOfItsOrder() throws Exception {
        Broker broker = Broker.shared();
        broker.topic("order", 1);
        broker.topic("shipped", 1);
        Vertx vertx = Vertx.vertx();
        try (Records records = new Records(broker);
                KafkaConsumer<String, String> shipped = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.servers(), "group.id", "s", "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            vertx.deployVerticle(new ShippingService(Map.of("bootstrap.servers", broker.servers())))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            records.write("order", 1, "f-1", 1);
            records.write("order", 1, "", 1);
            shipped.subscribe(List.of("shipped"));
            List<String> lanes = new ArrayList<>();
            long end = System.nanoTime() + Broker.patience().toNanos();
            while (lanes.size() < 2 && System.nanoTime() < end) {
                shipped.poll(Duration.ofMillis(200))
                        .forEach(record -> lanes.add(String.valueOf(LaneHeader.DEFAULT.read(record.headers()))));
            }
            assertThat(lanes).containsExactlyInAnyOrder("f-1", "null");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}
