package io.laneway.kafka.status;

import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.LaneMark;
import io.laneway.kafka.watch.Groups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Who handles which records of a topic: the base group and its lanes' groups, with members, lag and watermarks. Safe
 * for many threads.
 */
public final class MessagesStatus {

    /**
     * A group's standing on a topic.
     *
     * @param lane       the slug, empty for the base
     * @param state      Kafka's word, such as {@code Stable}; {@code Absent} for no such group
     * @param members    how many members it has
     * @param lag        records behind the end, over the partitions where it has an offset
     * @param partitions in order
     */
    public record Group(String lane, String group, String state, int members, long lag, List<Partition> partitions) {
        public Group {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * One partition.
     *
     * @param committed what the group has committed, empty if nothing
     * @param end       the partition's end
     * @param watermark for the base the shares it yielded, {@code f-1=30-100,250-}; for a lane {@code w=250} while it
     *                  has the partition, {@code r=30} once the base has taken it back; empty for none
     */
    public record Partition(int partition, OptionalLong committed, long end, String watermark) {

        /** Records between what was committed and the end; 0 where nothing was committed. */
        public long lag() {
            return committed.isPresent() ? Math.max(0, end - committed.getAsLong()) : 0;
        }
    }

    /** There is no such topic, or the right to describe it is missing: Kafka does not say which. */
    public static final class UnknownTopicException extends KafkaException {

        private static final long serialVersionUID = 1;

        UnknownTopicException(String topic, Throwable cause) {
            super(
                    "topic " + topic + ": unknown (expected: a topic of this cluster that this user may describe)",
                    cause);
        }
    }

    private MessagesStatus() {}

    /**
     * Looks at the groups of a topic, the base first, then lanes by slug.
     *
     * @throws KafkaException if the broker does not answer, or a right is missing
     */
    public static List<Group> report(Admin admin, String topic, String group) {
        Groups groups = new Groups(admin, group);
        try {
            Map<TopicPartition, Long> ends = ends(admin, topic);
            Map<String, String> bySlug = new TreeMap<>(groups.laneGroups());
            bySlug.put("", group);
            Map<String, ConsumerGroupDescription> members = groups.describe(bySlug.values());
            var offsets = groups.offsets(bySlug.values());
            List<Group> report = new ArrayList<>();
            bySlug.forEach((slug, name) -> {
                Map<TopicPartition, OffsetAndMetadata> own = offsets.getOrDefault(name, Map.of());
                report.add(group(slug, name, members.get(name), own, ends));
            });
            return report;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic) throws InterruptedException {
        TopicDescription description = describe(admin, topic);
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        if (description != null) {
            description
                    .partitions()
                    .forEach(info -> latest.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        Groups.get(admin.listOffsets(latest).all()).forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private static @Nullable TopicDescription describe(Admin admin, String topic) throws InterruptedException {
        try {
            return Groups.get(admin.describeTopics(List.of(topic)).allTopicNames())
                    .get(topic);
        } catch (UnknownTopicOrPartitionException | InvalidTopicException e) {
            throw new UnknownTopicException(topic, e);
        }
    }

    private static Group group(
            String slug,
            String name,
            @Nullable ConsumerGroupDescription members,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            Map<TopicPartition, Long> ends) {
        List<Partition> partitions = new ArrayList<>();
        ends.entrySet().stream()
                .sorted(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.partition(), b.partition())))
                .forEach(end -> {
                    OffsetAndMetadata offset = offsets.get(end.getKey());
                    partitions.add(new Partition(
                            end.getKey().partition(),
                            offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset()),
                            end.getValue(),
                            offset == null ? "" : watermark(slug, offset.metadata())));
                });
        long lag = partitions.stream().mapToLong(Partition::lag).sum();
        String state = members == null ? "Absent" : members.groupState().toString();
        return new Group(
                slug, name, state, members == null ? 0 : members.members().size(), lag, partitions);
    }

    private static String watermark(String slug, String metadata) {
        if (slug.isEmpty()) {
            return BaseMark.decode(metadata).shown();
        }
        LaneMark mark = LaneMark.decode(metadata);
        return mark.start() == LaneMark.NONE ? "" : (mark.released() ? "r=" : "w=") + mark.start();
    }
}
