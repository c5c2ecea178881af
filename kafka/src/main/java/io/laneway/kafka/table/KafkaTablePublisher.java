package io.laneway.kafka.table;

import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.codec.DeltaForm;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TablePublisher;
import io.laneway.router.table.delta.TableDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a store's revisions to its topic, each one once and in order. One transaction a revision; the
 * transactional id is the store's, so that an older publisher of the same store is fenced. How far it came is read
 * from the topic itself, so a crash between the store's commit and the topic's leaves neither a gap nor a double.
 * After {@value #DELTAS} deltas a snapshot takes their place, and at once that of a delta too large for a record. Safe for many threads; works on one of its own.
 */
public final class KafkaTablePublisher implements TablePublisher {

    /** Largest chunk of a snapshot, in bytes. */
    static final int CHUNK = 900 * 1024;

    private static final int SMALLEST = 4 * 1024;
    private static final int DELTAS = 256;
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTablePublisher.class);

    private final TableTopic topic;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new DaemonThreadFactory("laneway-table-publisher"));

    private TableAssembler known = new TableAssembler();
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable TopicHealth health;

    /** The largest value of a record; a larger delta becomes a snapshot. */
    private int limit;

    /** Connects at the first call. */
    public KafkaTablePublisher(TableTopic topic) {
        this.topic = topic;
        this.limit = Math.min(CHUNK, topic.largestRequest());
    }

    @Override
    public String name() {
        return topic.toString();
    }

    @Override
    public CompletionStage<Long> position(String store) {
        return submit(() -> {
            health = topic.ensure();
            limit = Math.min(limit, health.largestRecord());
            connect(store);
            known = readAll();
            return position(known, store);
        });
    }

    private static long position(TableAssembler known, String store) {
        LaneTable table = known.table();
        return table == null
                        || known.broken()
                        || known.incomplete()
                        || !known.store().equals(store)
                ? 0L
                : table.revision();
    }

    /** A topic that was created again, or lost records, is read again; so is one whose policy would have removed them. */
    @Override
    public CompletionStage<Long> verify(String store, long position) {
        return submit(() -> {
            TopicHealth now = topic.ensure();
            TopicHealth before = health;
            health = now;
            if (before != null && now.unchangedSince(before)) {
                return position;
            }
            LOG.atWarn()
                    .addKeyValue("topic", topic.topic())
                    .log("the table's topic was created again, lost records or got some from others; it is read again");
            disconnect();
            connect(store);
            known = readAll();
            return position(known, store);
        });
    }

    @Override
    public CompletionStage<Void> snapshot(String store, LaneTable table) {
        return submit(() -> {
            publish(store, snapshotRecords(store, table, known.deltas()));
            return null;
        });
    }

    @Override
    public CompletionStage<Void> delta(String store, TableDelta delta) {
        return submit(() -> {
            LaneTable current = known.table();
            if (current == null
                    || current.revision() != delta.from()
                    || !known.store().equals(store)) {
                throw new KafkaException("revision: a delta from " + delta.from() + " (expected: from "
                        + (current == null ? "a snapshot" : current.revision()) + ")");
            }
            List<TableRecord> records = new ArrayList<>();
            byte[] json = DeltaForm.json(delta);
            boolean large = json.length > limit;
            if (!large) {
                records.add(TableRecord.delta(store, delta.revision(), json));
            }
            if (large || known.deltas().size() >= DELTAS) {
                SortedSet<Long> replaced = new TreeSet<>(known.deltas());
                replaced.add(delta.revision());
                LaneTable next = delta.applyTo(current).orElseThrow(KafkaException::new);
                records.addAll(snapshotRecords(store, next, replaced));
            }
            publish(store, records);
            return null;
        });
    }

    private List<TableRecord> snapshotRecords(String store, LaneTable table, SortedSet<Long> replaced) {
        byte[] json = TableWriter.json(table);
        int size = limit;
        int chunks = Math.max(1, (json.length + size - 1) / size);
        List<TableRecord> records = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            byte[] part = Arrays.copyOfRange(json, i * size, Math.min(json.length, (i + 1) * size));
            records.add(TableRecord.chunk(store, table.revision(), i, chunks, part));
        }
        for (int i = chunks; i < known.snapshotChunks(); i++) {
            records.add(TableRecord.removed(TableRecord.Kind.SNAPSHOT, i, store));
        }
        for (long old : replaced) {
            records.add(TableRecord.removed(TableRecord.Kind.DELTA, old, store));
        }
        return records;
    }

    private void publish(String store, List<TableRecord> records) throws Exception {
        Producer<byte[], byte[]> client = connect(store);
        long last = 0;
        try {
            client.beginTransaction();
            for (TableRecord record : records) {
                // One at a time: what waits in a buffer would use up its time before it is sent.
                last = client.send(record.toProducer(topic.topic()))
                        .get(topic.patience().toMillis(), TimeUnit.MILLISECONDS)
                        .offset();
            }
            client.commitTransaction();
        } catch (Exception e) {
            if (e.getCause() instanceof RecordTooLargeException && limit > SMALLEST) {
                // Broker or topic allow less than they said, or may not be asked.
                limit = limit / 2;
            }
            // Whether it arrived is not known: the topic is read again before anything else is published.
            disconnect();
            throw e;
        }
        TopicHealth seen = health;
        // Behind the records is the mark of the transaction.
        health = seen == null ? null : seen.writtenUpTo(last + 2);
        records.forEach(known::accept);
    }

    private Producer<byte[], byte[]> connect(String store) {
        Producer<byte[], byte[]> client = producer;
        if (client == null) {
            int patience = (int) topic.patience().toMillis();
            client = new KafkaProducer<>(
                    topic.client(Map.of(
                            "transactional.id",
                            "laneway-table-" + topic.topic() + "-" + store,
                            "max.block.ms",
                            patience,
                            "delivery.timeout.ms",
                            patience,
                            "request.timeout.ms",
                            patience / 2,
                            "linger.ms",
                            0)),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = client;
            try {
                client.initTransactions();
            } catch (RuntimeException e) {
                disconnect();
                throw e;
            }
        }
        return client;
    }

    private TableAssembler readAll() {
        TableAssembler assembler = new TableAssembler();
        try (Consumer<byte[], byte[]> consumer = topic.consumer()) {
            consumer.seekToBeginning(List.of(topic.partition()));
            Long end = consumer.endOffsets(List.of(topic.partition()), topic.patience())
                    .get(topic.partition());
            while (end != null && consumer.position(topic.partition(), topic.patience()) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(topic.patience())) {
                    KafkaTableSource.step(assembler, record);
                }
            }
        }
        return assembler;
    }

    private void disconnect() {
        Producer<byte[], byte[]> client = producer;
        producer = null;
        known = new TableAssembler();
        if (client != null) {
            client.close(Duration.ZERO);
        }
    }

    private <T> CompletionStage<T> submit(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                result.complete(call.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Override
    public void close() {
        thread.execute(this::disconnect);
        thread.shutdown();
    }
}
