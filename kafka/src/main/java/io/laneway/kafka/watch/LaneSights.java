package io.laneway.kafka.watch;

import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.GroupLook.LaneLook;
import io.laneway.kafka.handover.LaneOffset;
import io.laneway.kafka.handover.LaneStart.BaseOffset;
import io.laneway.kafka.handover.LaneStart.Sight;
import io.laneway.kafka.watch.Groups.BaseMembers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Looks at the base group for lane's members that wait to begin on some partitions. Safe for many threads. */
public final class LaneSights implements Callable<Map<TopicPartition, Sight>> {

    private final Groups groups;
    private final String baseGroup;
    private final String laneGroup;
    private final IsolationLevel isolation;
    private final Map<Object, Set<TopicPartition>> waiting = new ConcurrentHashMap<>();

    /** The isolation level says which end counts. */
    public LaneSights(Groups groups, String baseGroup, String laneGroup, IsolationLevel isolation) {
        this.groups = groups;
        this.baseGroup = baseGroup;
        this.laneGroup = laneGroup;
        this.isolation = isolation;
    }

    /** The partitions to look at for a member; none if it does not wait. */
    public void waitFor(Object member, Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            waiting.remove(member);
        } else {
            waiting.put(member, partitions);
        }
    }

    /** Looks; the base's members before its offsets, so that an empty group has no commit under way. */
    @Override
    public Map<TopicPartition, Sight> call() throws InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        waiting.values().forEach(partitions::addAll);
        if (partitions.isEmpty()) {
            return Map.of();
        }
        BaseMembers members = groups.baseMembers();
        var offsets = groups.offsets(List.of(baseGroup, laneGroup));
        Map<TopicPartition, OffsetAndMetadata> base = offsets.getOrDefault(baseGroup, Map.of());
        Map<TopicPartition, OffsetAndMetadata> lane = offsets.getOrDefault(laneGroup, Map.of());
        Map<TopicPartition, ListOffsetsResultInfo> ends = ends(partitions);
        LaneLook laneLook = Groups.laneLook(lane);
        Map<TopicPartition, Sight> sights = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata own = lane.get(partition);
            LaneOffset laneOffset = own == null ? null : Groups.laneOffset(own);
            ListOffsetsResultInfo end = ends.get(partition);
            if (end != null) {
                sights.put(
                        partition,
                        new Sight(
                                members.any(),
                                members.mayOwn(partition),
                                base(base.get(partition)),
                                laneOffset,
                                end.offset(),
                                laneLook.addedLater(partition)));
            }
        }
        return sights;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(Set<TopicPartition> partitions)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        return Groups.get(groups.admin()
                .listOffsets(latest, new ListOffsetsOptions(isolation))
                .all());
    }

    private static @Nullable BaseOffset base(@Nullable OffsetAndMetadata offset) {
        return offset == null ? null : new BaseOffset(offset.offset(), BaseMark.decode(offset.metadata()));
    }
}
