package io.laneway.kafka.status;

import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.LaneMark;
import io.laneway.kafka.watch.Groups;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Removes the groups that a lane has left behind, with their offsets. A group goes only when it has no members and its
 * base has done all that the lane left; who asks again later gets the rest. Needs DESCRIBE, READ and DELETE on the
 * groups. Safe for many threads.
 */
public final class LaneGroupRemoval {

    /**
     * A group of a lane and whether it can go.
     *
     * @param obstacle why it must stay, empty if it can go
     */
    public record Candidate(String group, String baseGroup, String obstacle) {

        /** Whether it can be removed now. */
        public boolean removable() {
            return obstacle.isEmpty();
        }
    }

    private final Admin admin;

    /** The admin client stays the caller's. */
    public LaneGroupRemoval(Admin admin) {
        this.admin = admin;
    }

    /** What would be removed for a lane, and what would stay: the dry run. Only groups that carry our marks count. */
    public List<Candidate> plan(String slug) {
        try {
            return candidates(slug);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Removes what can be removed and returns all candidates as they were found. */
    public List<Candidate> remove(String slug) {
        List<Candidate> candidates = plan(slug);
        List<String> groups = candidates.stream()
                .filter(Candidate::removable)
                .map(Candidate::group)
                .toList();
        try {
            if (!groups.isEmpty()) {
                Groups.get(admin.deleteConsumerGroups(groups).all());
            }
            return candidates;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private List<Candidate> candidates(String slug) throws InterruptedException {
        String suffix = "_" + slug;
        Map<String, String> bases = new TreeMap<>();
        for (GroupListing listing : Groups.get(
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())) {
            String group = listing.groupId();
            if (group.endsWith(suffix) && group.length() > suffix.length()) {
                bases.put(group, group.substring(0, group.length() - suffix.length()));
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Map.Entry<String, String> entry : bases.entrySet()) {
            Groups groups = new Groups(admin, entry.getValue());
            Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets =
                    groups.offsets(List.of(entry.getKey(), entry.getValue()));
            if (ours(offsets.getOrDefault(entry.getKey(), Map.of()).values())) {
                String obstacle = obstacle(
                        groups,
                        slug,
                        entry.getKey(),
                        offsets.getOrDefault(entry.getKey(), Map.of()),
                        offsets.getOrDefault(entry.getValue(), Map.of()));
                candidates.add(new Candidate(entry.getKey(), entry.getValue(), obstacle));
            }
        }
        return candidates;
    }

    private static boolean ours(Collection<OffsetAndMetadata> offsets) {
        return offsets.stream()
                .anyMatch(offset -> LaneMark.decode(offset.metadata()).start() != LaneMark.NONE);
    }

    private static String obstacle(
            Groups groups,
            String slug,
            String group,
            Map<TopicPartition, OffsetAndMetadata> ofLane,
            Map<TopicPartition, OffsetAndMetadata> ofBase)
            throws InterruptedException {
        ConsumerGroupDescription described = groups.describe(List.of(group)).get(group);
        if (described != null
                && described.groupState() != GroupState.EMPTY
                && described.groupState() != GroupState.DEAD) {
            return "it has " + described.members().size() + " members";
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
}
