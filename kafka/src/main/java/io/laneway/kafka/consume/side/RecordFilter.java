package io.laneway.kafka.consume.side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Takes records out of a poll's result; where none is taken out, the result stays as it is. */
public final class RecordFilter {

    /** What happens to a partition's records. */
    public interface Rule {

        /** Whether a record stays. Called for each record in order. */
        boolean keeps(ConsumerRecord<?, ?> record);
    }

    /** Says what happens to a partition. */
    public interface Rules {

        /**
         * The rule for a partition; {@link #ALL} keeps all its records, unseen.
         *
         * @param end  the offset after the last record
         * @param next where reading continues: beyond control records too
         */
        Rule of(TopicPartition partition, long end, long next);
    }

    /** Keeps every record. */
    public static final Rule ALL = record -> true;

    private RecordFilter() {}

    /** The records that the rules keep. */
    public static <K, V> ConsumerRecords<K, V> filter(ConsumerRecords<K, V> records, Rules rules) {
        Map<TopicPartition, List<ConsumerRecord<K, V>>> kept = new LinkedHashMap<>();
        boolean changed = false;
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<K, V>> all = records.records(partition);
            List<ConsumerRecord<K, V>> some = filter(all, rule(records, partition, all, rules));
            changed |= some.size() != all.size();
            if (!some.isEmpty()) {
                kept.put(partition, some);
            }
        }
        return changed ? of(kept, records.nextOffsets()) : records;
    }

    /** A result of these records. */
    static <K, V> ConsumerRecords<K, V> of(
            Map<TopicPartition, List<ConsumerRecord<K, V>>> records, Map<TopicPartition, OffsetAndMetadata> next) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>(next);
        offsets.keySet().retainAll(records.keySet());
        return new ConsumerRecords<>(records, offsets);
    }

    private static <K, V> List<ConsumerRecord<K, V>> filter(List<ConsumerRecord<K, V>> all, Rule rule) {
        if (rule == ALL) {
            return all;
        }
        List<ConsumerRecord<K, V>> some = null;
        for (int i = 0; i < all.size(); i++) {
            ConsumerRecord<K, V> record = all.get(i);
            boolean keep = rule.keeps(record);
            if (!keep && some == null) {
                some = new ArrayList<>(all.subList(0, i));
            } else if (keep && some != null) {
                some.add(record);
            }
        }
        return some == null ? all : some;
    }

    private static <K, V> Rule rule(
            ConsumerRecords<K, V> records, TopicPartition partition, List<ConsumerRecord<K, V>> all, Rules rules) {
        OffsetAndMetadata next = records.nextOffsets().get(partition);
        long end = all.get(all.size() - 1).offset() + 1;
        return rules.of(partition, end, next == null ? end : next.offset());
    }
}
