package io.laneway.kafka.consume;

import io.laneway.kafka.testkit.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** An application's consumer on a thread of its own: polls, handles into the ledger, commits. It can be killed. */
final class Member implements AutoCloseable {

    private enum Order {
        RUN,
        STOP,
        KILL
    }

    final String name;
    final String side;
    private final LaneConsumer<String, String> consumer;
    private final Ledger ledger;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Order order = Order.RUN;
    private volatile Throwable failure;

    Member(Broker broker, String topic, String group, String lane, Ledger ledger, String name, Map<String, ?> more) {
        this.name = name;
        this.side = lane.isEmpty() ? "base" : lane;
        this.ledger = ledger;
        Map<String, Object> properties = properties(broker, group);
        properties.putAll(more);
        Consumer<String, String> made = LaneConsumers.create(
                properties, Map.of("LANEWAY_LANE", lane), new StringDeserializer(), new StringDeserializer());
        consumer = (LaneConsumer<String, String>) made;
        consumer.subscribe(List.of(topic));
        thread = new Thread(this::run, name);
        thread.start();
    }

    static Map<String, Object> properties(Broker broker, String group) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.servers(),
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "session.timeout.ms",
                1500,
                "heartbeat.interval.ms",
                200,
                "max.poll.records",
                100,
                "laneway.watch.interval",
                "200ms"));
    }

    private void run() {
        try {
            while (order == Order.RUN) {
                work();
            }
            if (order == Order.STOP) {
                consumer.close();
            } else {
                consumer.side.close();
                consumer.delegate.close(CloseOptions.timeout(Duration.ZERO)
                        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            ended.countDown();
        }
    }

    private void work() {
        List<Ledger.Handling> handlings = new ArrayList<>();
        try {
            Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                handlings.add(ledger.handle(new Ledger.Place(partition, record.offset()), name, side));
                done.put(partition, new OffsetAndMetadata(record.offset() + 1, "mine"));
            }
            if (order != Order.KILL && !done.isEmpty()) {
                consumer.commitSync(done);
                handlings.forEach(handling -> handling.committed = true);
            }
        } catch (WakeupException | CommitFailedException | RebalanceInProgressException e) {
            // The next round reads on from what was committed; what was handled here stays uncommitted.
            return;
        }
    }

    void stop() {
        end(Order.STOP);
    }

    /** Ends without leaving the group and without any commit, as a process does that is killed. */
    void kill() {
        end(Order.KILL);
    }

    private void end(Order how) {
        order = how;
        try {
            if (!ended.await(40, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw new IllegalStateException(name, failure);
        }
    }

    Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        if (ended.getCount() > 0) {
            end(Order.STOP);
        }
    }
}
