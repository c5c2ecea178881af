package io.laneway.kafka.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.status.MessagesStatus;
import io.laneway.kafka.testkit.Broker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes over records that were written in transactions, read with {@code read_committed}. */
class TransactionsIT {

    private static final Map<String, ?> COMMITTED = Map.of("isolation.level", "read_committed");

    private final Broker broker = Broker.shared();
    private final String topic = "tx-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();
    private final Ledger ledger = new Ledger();
    private final Admin admin = broker.admin();
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.servers(), "transactional.id", topic),
            new StringSerializer(),
            new StringSerializer());

    @BeforeEach
    void makeTopic() {
        broker.topic(topic, 1);
        producer.initTransactions();
    }

    @AfterEach
    void close() {
        producer.close();
        admin.close();
    }

    /** Offsets: 0-2 committed, 3 the marker, 4-6 aborted, 7 the marker, 8-10 open, 11 their marker. */
    @Test
    void aLaneWithoutABaseBeginsAtTheLastStableOffset() {
        write();
        producer.commitTransaction();
        write();
        producer.abortTransaction();
        write();
        try (Member lane = member("f-1")) {
            await().atMost(Broker.patience()).until(() -> watermark("f-1").equals("w=8"));
            producer.commitTransaction();
            awaitHandled(lane.side, 8, 11);
            try (Member base = member("")) {
                awaitHandled(base.side, 0, 3);
                LongStream.range(4, 7)
                        .forEach(offset -> assertThat(ledger.of(place(offset)))
                                .as("aborted, offset %d", offset)
                                .isEmpty());
                assertThat(ledger.doubles()).isZero();
            }
        }
    }

    @Test
    void aBaseYieldsBelowAnOpenTransactionAndNobodyHandlesWhatWasAborted() {
        write();
        producer.commitTransaction();
        try (Member base = member("")) {
            awaitHandled(base.side, 0, 3);
            write();
            try (Member lane = member("f-1")) {
                await().atMost(Broker.patience()).until(() -> watermark("f-1").startsWith("w="));
                assertThat(Long.parseLong(watermark("f-1").substring(2))).isLessThanOrEqualTo(4);
                producer.abortTransaction();
                write();
                producer.commitTransaction();
                awaitHandled(lane.side, 8, 11);
                LongStream.range(4, 7)
                        .forEach(offset -> assertThat(ledger.of(place(offset))).isEmpty());
                await().atMost(Broker.patience()).until(() -> lag("") == 0 && ledger.doubles() == 0);
            }
        }
    }

    @Test
    void offsetsInATransactionAreRefusedWhereLanesAreOnAndTakenWhereTheyAreOff() {
        Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(place(0).partition(), new OffsetAndMetadata(0));
        try (Consumer<String, String> consumer = consumer("AUTO")) {
            producer.beginTransaction();
            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("topic " + topic + ": sendOffsetsToTransaction")
                    .hasMessageContaining("expected: laneway.mode." + topic + "=BASE");
            producer.abortTransaction();
        }
        try (Consumer<String, String> consumer = consumer("BASE")) {
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
        }
    }

    private void write() {
        producer.beginTransaction();
        for (int i = 0; i < 3; i++) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, "v");
            record.headers().add("trace-branch", "f-1".getBytes(UTF_8));
            producer.send(record);
        }
        producer.flush();
    }

    private void awaitHandled(String side, long from, long to) {
        await().atMost(Broker.patience())
                .untilAsserted(() -> LongStream.range(from, to)
                        .forEach(offset -> assertThat(ledger.of(place(offset)))
                                .as("offset %d", offset)
                                .singleElement()
                                .satisfies(one -> assertThat(one.side).isEqualTo(side))));
    }

    private String watermark(String lane) {
        return status(lane).stream()
                .map(one -> one.partitions().get(0).watermark())
                .findFirst()
                .orElse("");
    }

    private long lag(String lane) {
        return status(lane).stream().mapToLong(MessagesStatus.Group::lag).sum();
    }

    private List<MessagesStatus.Group> status(String lane) {
        return MessagesStatus.report(admin, topic, group).stream()
                .filter(one -> one.lane().equals(lane))
                .toList();
    }

    private Ledger.Place place(long offset) {
        return new Ledger.Place(new TopicPartition(topic, 0), offset);
    }

    private Member member(String lane) {
        return new Member(broker, topic, group, lane, ledger, lane.isEmpty() ? "base" : lane, COMMITTED);
    }

    private Consumer<String, String> consumer(String mode) {
        Map<String, Object> properties = new HashMap<>(Member.properties(broker, group));
        properties.put("laneway.mode." + topic, mode);
        Consumer<String, String> consumer =
                LaneConsumers.create(properties, Map.of(), new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }
}
