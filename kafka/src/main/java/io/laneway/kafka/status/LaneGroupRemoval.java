package io.laneway.kafka.status;

import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.LaneMark;
import io.laneway.kafka.lane.LaneGroup;
import io.laneway.kafka.watch.Groups;
import io.laneway.router.source.LaneLeftovers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The consumer groups that lanes leave behind, with their offsets. A group goes only when it has no members and its
 * base has done all that the lane left; who asks again later gets the rest. Only groups that carry our marks count.
 * Needs DESCRIBE and DELETE on lanes' groups and DESCRIBE on their base groups. Safe for many threads.
 */
public final class LaneGroupRemoval implements LaneLeftovers {

    private static final String WHAT = "consumer group ";

    private final LazyAdmin admin;

    /** Connects at the first call, with further properties of the client, such as those of TLS and SASL. */
    public LaneGroupRemoval(String servers, Map<String, String> properties) {
        this.admin = new LazyAdmin(servers, properties);
    }

    @Override
    public String name() {
        return admin.name();
    }

    @Override
    public List<Leftover> find(Set<String> lanes) {
        try {
            return leftovers(admin.connect(), lanes);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public List<Leftover> remove(List<Leftover> found) {
        Map<String, Leftover> groups = new TreeMap<>();
        found.forEach(one -> groups.put(one.what().substring(WHAT.length()), one));
        Map<String, KafkaFuture<Void>> deleted =
                admin.connect().deleteConsumerGroups(groups.keySet()).deletedGroups();
        List<Leftover> kept = new ArrayList<>();
        try {
            for (Map.Entry<String, Leftover> group : groups.entrySet()) {
                String obstacle = deleted(group.getKey(), deleted.get(group.getKey()));
                if (!obstacle.isEmpty()) {
                    kept.add(new Leftover(
                            group.getValue().lane(), group.getValue().what(), obstacle));
                }
            }
            return kept;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Waits for a removal; says why the group stays, empty if it is gone. */
    private static String deleted(String group, @Nullable KafkaFuture<Void> done) throws InterruptedException {
        try {
            if (done != null) {
                Groups.get(done);
            }
            return "";
        } catch (GroupIdNotFoundException e) {
            return "";
        } catch (GroupNotEmptyException e) {
            return "it has members again";
        } catch (GroupAuthorizationException e) {
            throw new GroupAuthorizationException("missing right: DELETE on group " + group
                    + " (expected: DELETE and DESCRIBE on the groups of all lanes)");
        }
    }

    private static List<Leftover> leftovers(Admin admin, Set<String> lanes) throws InterruptedException {
        Map<String, String> bases = new TreeMap<>();
        for (GroupListing listing : Groups.get(
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())) {
            int end = listing.groupId().lastIndexOf('_');
            if (end > 0 && lanes.contains(listing.groupId().substring(end + 1))) {
                bases.put(listing.groupId(), listing.groupId().substring(0, end));
            }
        }
        Set<String> all = new TreeSet<>(bases.keySet());
        all.addAll(bases.values());
        Groups groups = new Groups(admin, "");
        Map<String, ConsumerGroupDescription> members = groups.describe(bases.keySet());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = groups.offsets(all);
        List<Leftover> leftovers = new ArrayList<>();
        bases.forEach((group, base) -> {
            Map<TopicPartition, OffsetAndMetadata> ofLane = offsets.getOrDefault(group, Map.of());
            if (ours(ofLane.values())) {
                String slug = LaneGroup.slug(base, group).orElseThrow();
                String obstacle = obstacle(slug, members.get(group), ofLane, offsets.getOrDefault(base, Map.of()));
                leftovers.add(new Leftover(slug, WHAT + group, obstacle));
            }
        });
        return leftovers;
    }

    private static boolean ours(Collection<OffsetAndMetadata> offsets) {
        return offsets.stream()
                .anyMatch(offset -> LaneMark.decode(offset.metadata()).start() != LaneMark.NONE);
    }

    private static String obstacle(
            String slug,
            @Nullable ConsumerGroupDescription group,
            Map<TopicPartition, OffsetAndMetadata> ofLane,
            Map<TopicPartition, OffsetAndMetadata> ofBase) {
        if (group != null && group.groupState() != GroupState.EMPTY && group.groupState() != GroupState.DEAD) {
            return "it has " + group.members().size() + " members";
        }
        for (Map.Entry<TopicPartition, OffsetAndMetadata> lane : ofLane.entrySet()) {
            if (LaneMark.decode(lane.getValue().metadata()).begun()) {
                return "the base has not taken " + lane.getKey() + " back yet";
            }
        }
        for (Map.Entry<TopicPartition, OffsetAndMetadata> base : ofBase.entrySet()) {
            if (BaseMark.decode(base.getValue().metadata()).yieldsTo(slug)) {
                return "the base has not taken " + base.getKey() + " back yet";
            }
        }
        return "";
    }

    @Override
    public void close() {
        admin.close();
    }
}
