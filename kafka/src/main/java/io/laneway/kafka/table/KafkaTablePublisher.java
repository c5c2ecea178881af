package io.laneway.kafka.table;

import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TablePublisher;
import io.laneway.router.table.TableDelta;
import io.laneway.router.tableform.DeltaForm;
import io.laneway.router.tableform.TableWriter;
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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a store's revisions to its topic, each one once and in order. One transaction a revision; the
 * transactional id is the store's, so that an older publisher of the same store is fenced. How far it came is read
 * from the topic itself, so a crash between the store's commit and the topic's leaves neither a gap nor a double.
 * After {@value #DELTAS} deltas a snapshot takes their place. Safe for many threads; works on one of its own.
 */
public final class KafkaTablePublisher implements TablePublisher {

    /** Largest chunk of a snapshot, in bytes. */
    static final int CHUNK = 900 * 1024;

    private static final int DELTAS = 256;

    private final TableTopic topic;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "laneway-table-publisher");
        worker.setDaemon(true);
        return worker;
    });

    private TableAssembler known = new TableAssembler();
    private @Nullable Producer<byte[], byte[]> producer;

    /** Connects at the first call. */
    public KafkaTablePublisher(TableTopic topic) {
        this.topic = topic;
    }

    @Override
    public String name() {
        return topic.toString();
    }

    @Override
    public CompletionStage<Long> position(String store) {
        return submit(() -> {
            topic.ensure();
            connect(store);
            known = readAll();
            LaneTable table = known.table();
            return table == null || known.broken() || !known.store().equals(store) ? 0L : table.revision();
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
            records.add(TableRecord.delta(store, delta.revision(), DeltaForm.json(delta)));
            if (known.deltas().size() >= DELTAS) {
                SortedSet<Long> replaced = new TreeSet<>(known.deltas());
                replaced.add(delta.revision());
                records.addAll(snapshotRecords(store, delta.applyTo(current), replaced));
            }
            publish(store, records);
            return null;
        });
    }

    private List<TableRecord> snapshotRecords(String store, LaneTable table, SortedSet<Long> replaced) {
        byte[] json = TableWriter.json(table);
        int chunks = Math.max(1, (json.length + CHUNK - 1) / CHUNK);
        List<TableRecord> records = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            byte[] part = Arrays.copyOfRange(json, i * CHUNK, Math.min(json.length, (i + 1) * CHUNK));
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
        try {
            client.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (TableRecord record : records) {
                sent.add(client.send(record.toProducer(topic.topic())));
            }
            for (Future<RecordMetadata> future : sent) {
                future.get(topic.patience().toMillis(), TimeUnit.MILLISECONDS);
            }
            client.commitTransaction();
        } catch (Exception e) {
            // Whether it arrived is not known: the topic is read again before anything else is published.
            disconnect();
            throw e;
        }
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
