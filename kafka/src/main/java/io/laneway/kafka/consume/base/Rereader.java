package io.laneway.kafka.consume.base;

import io.laneway.kafka.consume.side.LaneSlugs;
import io.laneway.kafka.handover.Rereads;
import io.laneway.kafka.metrics.MemberStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads again what lanes left, with a consumer of its own that is in no group. It exists only while there is something
 * to read. Confined to the consumer's thread.
 */
public final class Rereader<K, V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rereader.class);

    private final Supplier<Consumer<K, V>> clients;
    private final LaneSlugs slugs;
    private final MemberStats stats;
    private final Map<TopicPartition, BaseHold> reading = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private @Nullable Consumer<K, V> client;

    public Rereader(Supplier<Consumer<K, V>> clients, LaneSlugs slugs, MemberStats stats) {
        this.stats = stats;
        this.clients = clients;
        this.slugs = slugs;
    }

    boolean active() {
        return !reading.isEmpty();
    }

    /** Reads for these from now on. */
    void read(List<BaseHold> holds) {
        if (holds.isEmpty()) {
            close();
            return;
        }
        Consumer<K, V> consumer = client == null ? clients.get() : client;
        client = consumer;
        Map<TopicPartition, BaseHold> wanted = new HashMap<>();
        holds.forEach(hold -> wanted.put(hold.partition, hold));
        if (!wanted.equals(reading)) {
            reading.clear();
            reading.putAll(wanted);
            positions.keySet().retainAll(wanted.keySet());
            consumer.assign(Set.copyOf(wanted.keySet()));
        }
        wanted.forEach((partition, hold) ->
                seek(consumer, partition, hold.protocol.rereads().from()));
    }

    private void seek(Consumer<K, V> consumer, TopicPartition partition, long from) {
        Long position = positions.get(partition);
        if (position == null || position > from) {
            warnOfLoss(consumer, partition, from);
            consumer.seek(partition, from);
            positions.put(partition, from);
        }
    }

    private static void warnOfLoss(Consumer<?, ?> consumer, TopicPartition partition, long from) {
        Long first = consumer.beginningOffsets(Set.of(partition)).get(partition);
        if (first != null && first > from) {
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .addKeyValue("from", from)
                    .addKeyValue("first", first)
                    .log("records that a lane left are gone: retention removed them before they were read again");
        }
    }

    /** These are another member's from now on. */
    void forget(Collection<TopicPartition> partitions) {
        if (reading.keySet().removeAll(partitions)) {
            positions.keySet().removeAll(partitions);
            Consumer<K, V> consumer = client;
            if (consumer != null) {
                consumer.assign(Set.copyOf(reading.keySet()));
            }
        }
    }

    /** The lanes' records among what comes next. */
    ConsumerRecords<K, V> poll(Duration timeout) {
        Consumer<K, V> consumer = client;
        // A poll of the own stream just before may have taken the last partition away, and a client without one throws.
        if (consumer == null || reading.isEmpty()) {
            return ConsumerRecords.empty();
        }
        Map<TopicPartition, List<ConsumerRecord<K, V>>> kept = new LinkedHashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
        ConsumerRecords<K, V> records = read(consumer, timeout);
        Map<TopicPartition, Long> reached = new HashMap<>();
        reading.keySet().forEach(partition -> reached.put(partition, consumer.position(partition)));
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<K, V>> some = wanted(partition, records.records(partition));
            if (!some.isEmpty()) {
                kept.put(partition, some);
                next.put(
                        partition,
                        new OffsetAndMetadata(some.get(some.size() - 1).offset() + 1));
            }
        }
        positions.putAll(reached);
        reached.forEach((partition, position) -> {
            BaseHold hold = reading.get(partition);
            if (hold != null) {
                hold.protocol.rereads().reached(position);
            }
        });
        return kept.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(kept, next);
    }

    private ConsumerRecords<K, V> read(Consumer<K, V> consumer, Duration timeout) {
        try {
            return consumer.poll(timeout);
        } catch (RecordDeserializationException e) {
            // As with every record, it is the application's to seek past it.
            BaseHold hold = reading.get(e.topicPartition());
            if (hold != null) {
                hold.protocol.rereads().reached(e.offset());
                hold.protocol.rereads().unreadable(e.offset());
            }
            throw e;
        }
    }

    private List<ConsumerRecord<K, V>> wanted(TopicPartition partition, List<ConsumerRecord<K, V>> records) {
        BaseHold hold = reading.get(partition);
        List<ConsumerRecord<K, V>> some = new ArrayList<>();
        if (hold != null) {
            Rereads rereads = hold.protocol.rereads();
            for (ConsumerRecord<K, V> record : records) {
                String slug = slugs.slug(record.headers());
                if (slug != null && rereads.handsOut(slug, record.offset())) {
                    some.add(record);
                    stats.reread(slug);
                }
            }
        }
        return some;
    }

    @Override
    public void close() {
        Consumer<K, V> consumer = client;
        client = null;
        reading.clear();
        positions.clear();
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }
}
