package io.laneway.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.laneway.testkit.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application that is started before its broker. */
class NoBrokerIT {

    private static final String TOPIC = "no-broker";

    private final Broker broker = Broker.shared();
    private final LogCapture said =
            LogCapture.of("org.apache.kafka.clients.NetworkClient").from(Level.WARN);

    @AfterEach
    void leaveABroker() {
        said.close();
        broker.start();
    }

    private Consumer<String, String> consumer(String lane) {
        Consumer<String, String> consumer = LaneConsumers.create(
                Member.properties(broker, TOPIC),
                Map.of("LANEWAY_LANE", lane),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(TOPIC));
        return consumer;
    }

    private boolean saidSo(String group) {
        return said.messages().stream()
                .anyMatch(line -> line.contains("groupId=" + group + "]")
                        && line.contains(broker.servers())
                        && line.contains("could not be established"));
    }

    @Test
    void baseAndLaneStartSaySoAndGoOnWhenItIsThere() {
        broker.topic(TOPIC, 1);
        broker.kill();
        try (Consumer<String, String> base = consumer("");
                Consumer<String, String> lane = consumer("f-1")) {
            await().atMost(Broker.patience()).until(() -> {
                assertThat(base.poll(Duration.ofMillis(100))).isEmpty();
                assertThat(lane.poll(Duration.ofMillis(100))).isEmpty();
                return saidSo(TOPIC) && saidSo(TOPIC + "_f-1");
            });

            broker.start();
            try (Records records = new Records(broker)) {
                int[] seen = new int[2];
                await().atMost(Broker.patience()).until(() -> {
                    records.write(TOPIC, 1, "", 1);
                    records.write(TOPIC, 1, "f-1", 1);
                    seen[0] += base.poll(Duration.ofMillis(200)).count();
                    seen[1] += lane.poll(Duration.ofMillis(200)).count();
                    return seen[0] > 0 && seen[1] > 0;
                });
            }
        }
    }
}
