package io.laneway.kafka.table;

import io.laneway.kafka.table.TableAssembler.Step;
import io.laneway.router.background.Backoff;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableListener;
import io.laneway.router.source.TableSource;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a lane table over its topic: reads it from the beginning, delivers the table whole once it has caught up,
 * and then each revision. A gap or a broken record is reported, the table stays, and all is read again. Safe for many
 * threads; works on one of its own.
 */
public final class KafkaTableSource implements TableSource {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTableSource.class);
    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    private final TableTopic topic;
    private final Random chance;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile boolean closed;
    private volatile @Nullable Consumer<byte[], byte[]> client;
    private String deliveredStore = "";
    private long deliveredRevision = -1;
    private boolean connected;
    private boolean reported;

    /** The chance jitters pauses. */
    public KafkaTableSource(TableTopic topic, Random chance) {
        this.topic = topic;
        this.chance = chance;
    }

    @Override
    public String name() {
        return topic.toString();
    }

    @Override
    public void start(TableListener listener) {
        new DaemonThreadFactory("laneway-table-" + topic.topic())
                .newThread(() -> run(listener))
                .start();
    }

    /** Whether a store is followed is the listener's decision; the topic need not know. */
    @Override
    public CompletionStage<Void> accept() {
        return CompletableFuture.completedFuture(null);
    }

    private void run(TableListener listener) {
        int failures = 0;
        while (!closed) {
            boolean some = false;
            try (Consumer<byte[], byte[]> consumer = topic.consumer()) {
                client = consumer;
                some = follow(consumer, listener);
            } catch (WakeupException | InterruptException e) {
                continue;
            } catch (KafkaException e) {
                say(listener, false, e.getMessage() == null ? e.toString() : e.getMessage());
            } catch (RuntimeException e) {
                // Nothing that a listener or a record does may end the following: all is read again, whole.
                deliveredRevision = -1;
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("source", name())
                        .log("a table was not taken, will read it again");
            }
            failures = some ? 0 : failures + 1;
            sleep(BACKOFF.after(failures, chance).toMillis());
        }
    }

    /** Follows until something is broken; says whether anything was delivered. */
    private boolean follow(Consumer<byte[], byte[]> consumer, TableListener listener) {
        TableAssembler assembler = new TableAssembler();
        List<Problem> problems = List.of();
        TopicPartition partition = topic.partition();
        consumer.seekToBeginning(List.of(partition));
        long end = end(consumer, partition);
        say(listener, true, "");
        while (!closed && consumer.position(partition, topic.patience()) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                if (step(assembler, record) instanceof Step.Broken broken) {
                    problems = broken.problems();
                }
            }
        }
        deliver(assembler, listener);
        if (assembler.broken()) {
            listener.refused(problems);
            return false;
        }
        return keepUp(consumer, assembler, listener);
    }

    /** Delivers the table whole, unless it is the one that was delivered last. */
    private void deliver(TableAssembler assembler, TableListener listener) {
        LaneTable table = assembler.table();
        if (table != null
                && (table.revision() != deliveredRevision || !assembler.store().equals(deliveredStore))) {
            deliveredStore = assembler.store();
            deliveredRevision = table.revision();
            listener.snapshot(deliveredStore, table);
        }
    }

    private boolean keepUp(Consumer<byte[], byte[]> consumer, TableAssembler assembler, TableListener listener) {
        boolean some = false;
        long checked = System.nanoTime();
        while (!closed) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                checked = System.nanoTime();
                some |= deliver(step(assembler, record), listener);
                if (assembler.broken()) {
                    return some;
                }
            }
            if (System.nanoTime() - checked > CHECK.toNanos()) {
                checked = System.nanoTime();
                if (!check(consumer, listener)) {
                    return some;
                }
            }
        }
        return some;
    }

    /** A quiet topic and an absent broker look alike to a poll; says no if the topic is another, with fewer records. */
    private boolean check(Consumer<byte[], byte[]> consumer, TableListener listener) {
        TopicPartition partition = topic.partition();
        try {
            long end = end(consumer, partition);
            say(listener, true, "");
            return consumer.position(partition, topic.patience()) <= end;
        } catch (TimeoutException e) {
            say(listener, false, "no answer within " + topic.patience().toSeconds() + " s");
            return true;
        }
    }

    private long end(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        Long end = consumer.endOffsets(List.of(partition), topic.patience()).get(partition);
        return end == null ? 0 : end;
    }

    private boolean deliver(Step step, TableListener listener) {
        if (step instanceof Step.Whole whole) {
            deliveredStore = whole.store();
            deliveredRevision = whole.table().revision();
            listener.snapshot(deliveredStore, whole.table());
        } else if (step instanceof Step.Next next) {
            deliveredRevision = next.delta().revision();
            listener.delta(next.store(), next.delta());
        } else if (step instanceof Step.Broken broken) {
            listener.refused(broken.problems());
            return false;
        }
        return true;
    }

    /** Gives a record to an assembler, also one that is no record of a table. */
    static Step step(TableAssembler assembler, ConsumerRecord<byte[], byte[]> record) {
        try {
            TableRecord read = TableRecord.of(record);
            return read == null ? new Step.Nothing() : assembler.accept(read);
        } catch (IllegalArgumentException e) {
            List<Problem> problems =
                    List.of(Problem.at("offset " + record.offset(), String.valueOf(e.getMessage()), ""));
            return assembler.unreadable(problems);
        }
    }

    private void say(TableListener listener, boolean now, String detail) {
        if (!reported || connected != now) {
            reported = true;
            connected = now;
            listener.connected(now, topic + (detail.isEmpty() ? "" : ": " + detail));
        }
    }

    private void sleep(long millis) {
        try {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.atDebug().addKeyValue("source", name()).log("closed while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        Consumer<byte[], byte[]> consumer = client;
        if (consumer != null) {
            consumer.wakeup();
        }
        closing.countDown();
    }
}
