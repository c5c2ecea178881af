package io.laneway.kafka.status;

import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.HandoverOf;
import io.laneway.kafka.handover.LaneMark;
import io.laneway.router.source.MessageLanes.Group;
import io.laneway.router.source.MessageLanes.Handover;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of groups, as a row for each base group and each of its lanes on each topic. Immutable.
 *
 * @param offsets what each group has committed
 * @param members who is in each group that there is
 * @param ends    of every partition, by topic, of the topics that can be seen
 */
record GroupRows(
        Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets,
        Map<String, ConsumerGroupDescription> members,
        Map<String, Map<TopicPartition, Long>> ends) {

    /** The topics of a group: those it has committed something of, and those its members read. */
    static Set<String> topics(
            Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable ConsumerGroupDescription members) {
        Set<String> topics = new TreeSet<>();
        offsets.keySet().forEach(partition -> topics.add(partition.topic()));
        if (members != null) {
            members.members()
                    .forEach(one ->
                            one.assignment().topicPartitions().forEach(partition -> topics.add(partition.topic())));
        }
        return topics;
    }

    List<Group> of(MarkedGroups marked) {
        List<Group> rows = new ArrayList<>();
        marked.bases().forEach((base, lanes) -> {
            Map<String, Map<String, String>> byTopic = new TreeMap<>();
            topics(own(base), members.get(base)).forEach(topic -> byTopic.put(topic, new TreeMap<>()));
            lanes.forEach((slug, group) -> topics(own(group), members.get(group))
                    .forEach(topic -> byTopic.computeIfAbsent(topic, any -> new TreeMap<>())
                            .put(slug, group)));
            yielded(base, byTopic);
            byTopic.forEach((topic, ofLanes) -> {
                rows.add(row("", base, base, topic));
                ofLanes.forEach((slug, group) -> rows.add(row(slug, base, group, topic)));
            });
        });
        rows.removeIf(row -> row.partitions() == 0);
        return rows;
    }

    /** Lanes to which a base group still yields something count, also when their groups are gone. */
    private void yielded(String base, Map<String, Map<String, String>> byTopic) {
        own(base)
                .forEach((partition, offset) -> BaseMark.decode(offset.metadata())
                        .unsettled()
                        .forEach(slug -> byTopic.computeIfAbsent(partition.topic(), any -> new TreeMap<>())
                                .put(slug, base + "_" + slug)));
    }

    private Map<TopicPartition, OffsetAndMetadata> own(String group) {
        return offsets.getOrDefault(group, Map.of());
    }

    private Group row(String slug, String base, String group, String topic) {
        ConsumerGroupDescription described = members.get(group);
        int there = described == null ? 0 : described.members().size();
        Map<Handover, Integer> handover = new EnumMap<>(Handover.class);
        long lag = 0;
        int without = 0;
        Map<TopicPartition, Long> partitions = ends.getOrDefault(topic, Map.of());
        for (Map.Entry<TopicPartition, Long> end : partitions.entrySet()) {
            OffsetAndMetadata offset = own(group).get(end.getKey());
            without += offset == null ? 1 : 0;
            lag += offset == null ? 0 : Math.max(0, end.getValue() - offset.offset());
            if (!slug.isEmpty()) {
                handover.merge(handover(slug, own(base).get(end.getKey()), offset, there > 0), 1, Integer::sum);
            }
        }
        String state = described == null ? "Absent" : described.groupState().toString();
        return new Group(slug, base, group, topic, state, there, partitions.size(), without, lag, handover);
    }

    private static Handover handover(
            String slug, @Nullable OffsetAndMetadata base, @Nullable OffsetAndMetadata lane, boolean members) {
        return HandoverOf.partition(
                base != null,
                BaseMark.decode(base == null ? "" : base.metadata()),
                LaneMark.decode(lane == null ? "" : lane.metadata()),
                slug,
                members);
    }
}
