package io.laneway.kafka.watch;

import io.laneway.kafka.handover.GroupLook;
import io.laneway.kafka.handover.GroupLook.LaneLook;
import io.laneway.kafka.handover.LaneMark;
import io.laneway.kafka.handover.LaneOffset;
import io.laneway.kafka.lane.LaneGroup;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** A base group and its lanes' groups, as the admin client sees and changes them. Every call waits. Safe for many threads. */
public final class Groups implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PROBE = "laneway-probe";
    private static final Set<GroupState> SETTLED = Set.of(GroupState.STABLE);

    private final Admin admin;
    private final String baseGroup;
    private volatile GroupLook last = GroupLook.EMPTY;
    private volatile boolean rightsChecked;

    /** The admin client is closed with this. The base group is empty for groups of several base groups. */
    public Groups(Admin admin, String baseGroup) {
        this.admin = admin;
        this.baseGroup = baseGroup;
    }

    /** The admin client, for what is asked besides. */
    public Admin admin() {
        return admin;
    }

    /** Looks at all lanes' groups; members before offsets, so that offsets of an empty group are final. */
    public GroupLook look() throws InterruptedException {
        if (!rightsChecked) {
            checkRights();
            rightsChecked = true;
        }
        GroupLook before = last;
        mayDescribe();
        Map<String, ConsumerGroupDescription> members = describe(laneGroups().values());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = offsets(members.keySet());
        Map<String, LaneLook> lanes = new HashMap<>();
        members.forEach((group, description) -> {
            String slug = LaneGroup.slug(baseGroup, group).orElseThrow();
            Map<TopicPartition, LaneOffset> committed =
                    laneLook(offsets.getOrDefault(group, Map.of())).offsets();
            lanes.put(
                    slug,
                    new LaneLook(
                            aliveTopics(description, committed, before.lanes().get(slug)), committed));
        });
        GroupLook look = new GroupLook(lanes);
        last = look;
        return look;
    }

    /** Who may not describe groups does not see them, which looks as if all lanes were gone. */
    private void mayDescribe() throws InterruptedException {
        describe(Set.of(LaneGroup.of(baseGroup, PROBE)));
    }

    private void checkRights() throws InterruptedException {
        mayDescribe();
        String group = LaneGroup.of(baseGroup, PROBE);
        var nowhere = Map.of(new TopicPartition("laneway-no-such-topic", 0), new OffsetAndMetadata(0));
        try {
            get(admin.alterConsumerGroupOffsets(group, nowhere).all());
        } catch (GroupAuthorizationException e) {
            throw missing("READ", group);
        } catch (UnknownTopicOrPartitionException | TopicAuthorizationException e) {
            // The group was allowed, and nothing was written, which was the question.
            return;
        }
    }

    private GroupAuthorizationException missing(String right, String group) {
        String groups = baseGroup.isEmpty()
                ? "DESCRIBE on base groups and their lanes' groups"
                : "READ and DESCRIBE on groups beginning with " + baseGroup + ", prefixed";
        return new GroupAuthorizationException(
                "missing right: " + right + " on group " + group + " (expected: " + groups + ")");
    }

    /** The lanes' groups by slug. */
    public Map<String, String> laneGroups() throws InterruptedException {
        Map<String, String> groups = new TreeMap<>();
        for (GroupListing listing :
                get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())) {
            LaneGroup.slug(baseGroup, listing.groupId()).ifPresent(slug -> groups.put(slug, listing.groupId()));
        }
        return groups;
    }

    /** Who is in which group; a group that does not exist is left out. */
    public Map<String, ConsumerGroupDescription> describe(Collection<String> groups) throws InterruptedException {
        Map<String, ConsumerGroupDescription> found = new TreeMap<>();
        for (var described :
                admin.describeConsumerGroups(groups).describedGroups().entrySet()) {
            try {
                known(described.getValue()).ifPresent(known -> found.put(described.getKey(), known));
            } catch (GroupAuthorizationException e) {
                throw missing("DESCRIBE", described.getKey());
            }
        }
        return found;
    }

    private static Optional<ConsumerGroupDescription> known(KafkaFuture<ConsumerGroupDescription> described)
            throws InterruptedException {
        try {
            return Optional.of(get(described));
        } catch (GroupIdNotFoundException e) {
            return Optional.empty();
        }
    }

    /** What groups have committed. */
    public Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets(Collection<String> groups)
            throws InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
        groups.forEach(group -> all.put(group, new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = new HashMap<>();
        if (!all.isEmpty()) {
            var listed = admin.listConsumerGroupOffsets(all);
            for (String group : groups) {
                offsets.put(group, known(group, listed.partitionsToOffsetAndMetadata(group)));
            }
        }
        return offsets;
    }

    private Map<TopicPartition, OffsetAndMetadata> known(
            String group, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> listed) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(get(listed));
            known.values().removeIf(Objects::isNull);
            return known;
        } catch (GroupAuthorizationException e) {
            throw missing("DESCRIBE", group);
        }
    }

    /**
     * The members of the base group.
     *
     * @param any     whether there are some
     * @param settled whether each has what it is to have
     * @param owned   what they have
     */
    record BaseMembers(boolean any, boolean settled, Set<TopicPartition> owned) {

        /** Whether one of them has a partition, or may have it in a moment. */
        boolean mayOwn(TopicPartition partition) {
            return any && (!settled || owned.contains(partition));
        }
    }

    /** Looks at the members of the base group. */
    BaseMembers baseMembers() throws InterruptedException {
        ConsumerGroupDescription base = describe(Set.of(baseGroup)).get(baseGroup);
        if (base == null || !alive(base.groupState())) {
            return new BaseMembers(false, true, Set.of());
        }
        Set<TopicPartition> owned = new HashSet<>();
        base.members().forEach(member -> owned.addAll(member.assignment().topicPartitions()));
        return new BaseMembers(true, SETTLED.contains(base.groupState()), owned);
    }

    /**
     * Commits offsets of a group that has no members.
     *
     * @return whether the group took them; false if it has members after all
     */
    public boolean commitEmpty(String group, Map<TopicPartition, OffsetAndMetadata> offsets)
            throws InterruptedException {
        try {
            get(admin.alterConsumerGroupOffsets(group, offsets).all());
            return true;
        } catch (UnknownMemberIdException e) {
            return false;
        } catch (GroupAuthorizationException e) {
            throw missing("READ", group);
        }
    }

    /** Waits for an answer. */
    public static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer within " + PATIENCE, e);
        }
    }

    static boolean alive(GroupState state) {
        return state != GroupState.EMPTY && state != GroupState.DEAD;
    }

    static LaneOffset laneOffset(OffsetAndMetadata offset) {
        return new LaneOffset(offset.offset(), LaneMark.decode(offset.metadata()));
    }

    static LaneLook laneLook(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, LaneOffset> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> committed.put(partition, laneOffset(offset)));
        return new LaneLook(Set.of(), committed);
    }

    private static Set<String> aliveTopics(
            ConsumerGroupDescription group, Map<TopicPartition, LaneOffset> offsets, @Nullable LaneLook before) {
        if (!alive(group.groupState())) {
            return Set.of();
        }
        Set<String> topics = new TreeSet<>();
        group.members().forEach(member -> topics(member.assignment().topicPartitions(), topics));
        if (!SETTLED.contains(group.groupState())) {
            topics.addAll(before == null ? Set.of() : before.aliveTopics());
            Set<TopicPartition> begun = new HashSet<>(offsets.keySet());
            begun.removeIf(partition -> !begun(offsets, partition));
            topics(begun, topics);
        }
        return topics;
    }

    private static boolean begun(Map<TopicPartition, LaneOffset> offsets, TopicPartition partition) {
        LaneOffset offset = offsets.get(partition);
        return offset != null && offset.mark().begun();
    }

    private static void topics(Collection<TopicPartition> partitions, Set<String> topics) {
        partitions.forEach(partition -> topics.add(partition.topic()));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
