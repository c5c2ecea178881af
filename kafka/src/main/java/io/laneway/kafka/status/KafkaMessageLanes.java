package io.laneway.kafka.status;

import io.laneway.kafka.watch.Groups;
import io.laneway.router.source.MessageLanes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The message lanes of a Kafka cluster, found by the marks in the offsets of its consumer groups. Needs DESCRIBE on
 * base groups, their lanes' groups and their topics; what may not be described is not seen. Safe for many threads.
 */
public final class KafkaMessageLanes implements MessageLanes {

    /** So many groups at most are looked at, those of lanes of the table first. */
    static final int MOST_GROUPS = 1_000;

    private final LazyAdmin admin;

    /** Connects at the first call, with further properties of the client, such as those of TLS and SASL. */
    public KafkaMessageLanes(String servers, Map<String, String> properties) {
        this.admin = new LazyAdmin(servers, properties);
    }

    @Override
    public String name() {
        return admin.name();
    }

    @Override
    public Look look(Set<String> lanes) {
        try {
            return look(admin.connect(), lanes);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Look look(Admin admin, Set<String> lanes) throws InterruptedException {
        Groups groups = new Groups(admin, "");
        Set<String> there = new TreeSet<>();
        for (GroupListing listing : Groups.get(
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())) {
            there.add(listing.groupId());
        }
        List<String> chosen = chosen(there, lanes);
        Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = groups.offsets(chosen);
        MarkedGroups marked = MarkedGroups.of(offsets, lanes);
        // A lane begins after its base has yielded: who reads the lane's offsets first finds what it was yielded.
        offsets.putAll(groups.offsets(marked.bases().keySet()));
        Set<String> ours = new TreeSet<>(marked.bases().keySet());
        marked.bases().values().forEach(ofLanes -> ours.addAll(ofLanes.values()));
        Map<String, ConsumerGroupDescription> members = groups.describe(ours);
        Set<String> topics = new TreeSet<>();
        ours.forEach(
                group -> topics.addAll(GroupRows.topics(offsets.getOrDefault(group, Map.of()), members.get(group))));
        return new Look(new GroupRows(offsets, members, ends(admin, topics)).of(marked), there.size() - chosen.size());
    }

    /** As many as are looked at: lanes' groups and their bases before all others. */
    static List<String> chosen(Set<String> there, Set<String> lanes) {
        Set<String> order = new LinkedHashSet<>();
        there.stream().filter(group -> lanes.contains(MarkedGroups.slug(group))).forEach(group -> {
            if (there.contains(MarkedGroups.base(group))) {
                order.add(MarkedGroups.base(group));
            }
            order.add(group);
        });
        order.addAll(there);
        List<String> all = new ArrayList<>(order);
        return List.copyOf(all.subList(0, Math.min(MOST_GROUPS, all.size())));
    }

    private static Map<String, Map<TopicPartition, Long>> ends(Admin admin, Collection<String> topics)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(new HashSet<>(topics)).topicNameValues().entrySet()) {
            for (TopicPartitionInfo info : partitions(topic.getValue())) {
                latest.put(new TopicPartition(topic.getKey(), info.partition()), OffsetSpec.latest());
            }
        }
        Map<String, Map<TopicPartition, Long>> ends = new HashMap<>();
        Groups.get(admin.listOffsets(latest).all())
                .forEach((partition, info) -> ends.computeIfAbsent(partition.topic(), any -> new HashMap<>())
                        .put(partition, info.offset()));
        return ends;
    }

    private static List<TopicPartitionInfo> partitions(KafkaFuture<TopicDescription> described)
            throws InterruptedException {
        try {
            return Groups.get(described).partitions();
        } catch (UnknownTopicOrPartitionException | InvalidTopicException | TopicAuthorizationException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
