package io.laneway.kafka.consume;

import io.laneway.kafka.testkit.Broker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
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
    private final Random failing;

    /** Records of which a handler fails, in a thousand. */
    private final int failures;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Order order = Order.RUN;
    private volatile Throwable failure;

    Member(Broker broker, String topic, String group, String lane, Ledger ledger, String name, Map<String, ?> more) {
        this.name = name;
        this.side = lane.isEmpty() ? "base" : lane;
        this.ledger = ledger;
        Map<String, Object> properties = properties(broker, group);
        properties.putAll(more);
        Object wanted = properties.remove("test.failures");
        failures = wanted == null ? 0 : (Integer) wanted;
        failing = new Random(name.hashCode());
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
        try {
            pauseSometimes();
            Round round = new Round();
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                handle(record, round);
            }
            if (order == Order.KILL) {
                return;
            }
            if (round.failed && failing.nextBoolean()) {
                rollBack(round);
                return;
            }
            commit(round);
            round.remaining.forEach(consumer::seek);
        } catch (WakeupException | CommitFailedException | RebalanceInProgressException | TimeoutException e) {
            // The next round reads on from what was committed; what was handled here stays uncommitted.
            return;
        }
    }

    /** What was done with the records of a poll. */
    private static final class Round {
        final Map<Ledger.Place, Ledger.Handling> handlings = new HashMap<>();
        final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        final Map<TopicPartition, Long> remaining = new HashMap<>();
        boolean failed;
    }

    /** Once a record fails, it and all that follow are left, as Spring's default error handler does. */
    private void handle(ConsumerRecord<String, String> record, Round round) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        round.failed |= failing.nextInt(1000) < failures;
        if (round.failed) {
            round.remaining.putIfAbsent(partition, record.offset());
            return;
        }
        Ledger.Place place = new Ledger.Place(partition, record.offset());
        round.handlings.put(place, ledger.handle(place, name, side));
        round.done.put(partition, new OffsetAndMetadata(record.offset() + 1, "mine"));
    }

    private void commit(Round round) {
        if (!round.done.isEmpty()) {
            consumer.commitSync(round.done);
            round.handlings.values().forEach(handling -> handling.committed = true);
        }
    }

    /** The whole round fails: back to what is committed. */
    private void rollBack(Round round) {
        Set<TopicPartition> partitions = new HashSet<>(round.done.keySet());
        partitions.addAll(round.remaining.keySet());
        round.handlings.forEach(ledger::undo);
        consumer.committed(partitions).forEach((partition, offset) -> {
            if (offset == null) {
                consumer.seekToBeginning(Set.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        });
    }

    private void pauseSometimes() {
        if (failures > 0 && failing.nextInt(50) == 0) {
            consumer.pause(consumer.assignment());
            Set<TopicPartition> paused = consumer.paused();
            consumer.poll(Duration.ZERO).partitions().forEach(partition -> {
                if (paused.contains(partition)) {
                    throw new IllegalStateException(partition + ": records while it is paused");
                }
            });
            consumer.resume(consumer.paused());
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
