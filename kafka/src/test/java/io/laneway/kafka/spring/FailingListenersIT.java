package io.laneway.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.consume.LaneConsumers;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.laneway.kafka.testkit.Records.Written;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners that fail while the base reads a lane's records again, as Spring handles that by default. */
class FailingListenersIT {

    private static final int PARTITIONS = 2;

    /** How a listener fails. */
    enum Failing {
        RECORD,
        BATCH_AT_A_RECORD,
        BATCH_WHOLE,
        NACK
    }

    private final Broker broker = Broker.shared();
    private final String topic = "failing-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @EnumSource
    void whatALaneLeftIsHandledOnceAlthoughEachRecordFailsOnce(Failing failing) throws Exception {
        broker.topic(topic, PARTITIONS);
        var base = container(failing);
        try (Records records = new Records(broker);
                Consumer<String, String> lane = LaneConsumers.create(properties("f-1"));
                Admin admin = broker.admin()) {
            base.start();
            lane.subscribe(List.of(topic));
            await().atMost(Broker.patience()).until(() -> {
                lane.poll(Duration.ofMillis(50));
                return yielded(admin);
            });
            List<Written> left = records.write(topic, PARTITIONS, "f-1", 3 * PARTITIONS);
            List<Written> own = records.write(topic, PARTITIONS, "", 2 * PARTITIONS);
            await().atMost(Broker.patience()).until(() -> done.size() == own.size() && lag(admin) == 0);
            lane.close(CloseOptions.timeout(Duration.ofSeconds(5)));
            await().atMost(Broker.patience()).until(() -> done.size() >= own.size() + left.size() && settled(admin));
            assertThat(done)
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(left.stream(), own.stream())
                            .map(one -> one.partition() + "/" + one.offset())
                            .toList());
        } finally {
            base.stop();
        }
    }

    private ConcurrentMessageListenerContainer<String, String> container(Failing failing) {
        ContainerProperties settings = new ContainerProperties(topic);
        switch (failing) {
            case RECORD -> settings.setMessageListener((MessageListener<String, String>) this::handle);
            case NACK -> {
                settings.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
                settings.setMessageListener((AcknowledgingMessageListener<String, String>) (record, acknowledgment) -> {
                    if (failed.add(place(record))) {
                        acknowledgment.nack(Duration.ofMillis(10));
                    } else {
                        done.add(place(record));
                        acknowledgment.acknowledge();
                    }
                });
            }
            default ->
                settings.setMessageListener((BatchMessageListener<String, String>) records -> handle(records, failing));
        }
        settings.setPollTimeout(200);
        var container = new ConcurrentMessageListenerContainer<>(
                new LaneConsumerFactory<String, String>(properties("")), settings);
        container.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(0, 50)));
        return container;
    }

    private void handle(ConsumerRecord<String, String> record) {
        if (failed.add(place(record))) {
            throw new IllegalStateException("fails once: " + place(record));
        }
        done.add(place(record));
    }

    private void handle(List<ConsumerRecord<String, String>> records, Failing failing) {
        for (int i = 0; i < records.size(); i++) {
            if (failed.add(place(records.get(i)))) {
                if (failing == Failing.BATCH_AT_A_RECORD) {
                    throw new BatchListenerFailedException("fails once", i);
                }
                records.subList(0, i).forEach(record -> done.remove(place(record)));
                throw new IllegalStateException("fails once, whole");
            }
            done.add(place(records.get(i)));
        }
    }

    private static String place(ConsumerRecord<?, ?> record) {
        return record.partition() + "/" + record.offset();
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin, String of) throws Exception {
        return admin.listConsumerGroupOffsets(of)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private boolean yielded(Admin admin) throws Exception {
        var base = offsets(admin, group);
        return base.size() == PARTITIONS
                && base.values().stream().allMatch(offset -> offset.metadata().contains("f-1="))
                && offsets(admin, group + "_f-1").size() == PARTITIONS;
    }

    /** The base has done all that the lane left, and said so. */
    private boolean settled(Admin admin) throws Exception {
        return offsets(admin, group + "_f-1").values().stream()
                .allMatch(offset -> offset.metadata().startsWith("laneway1 r="));
    }

    private long lag(Admin admin) throws Exception {
        return offsets(admin, group).values().stream()
                .filter(offset -> offset.offset() < 5)
                .count();
    }

    private Map<String, Object> properties(String lane) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.servers(),
                "group.id",
                group,
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                StringDeserializer.class,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "laneway.watch.interval",
                "200ms",
                "laneway.lane",
                lane));
    }
}
