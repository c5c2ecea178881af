package io.laneway.kafka.status;

import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.LaneMark;
import io.laneway.router.text.Slug;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which of some consumer groups have to do with lanes: those whose offsets carry our marks, and groups named as those
 * of a marked base group for lanes that the table has. Immutable.
 *
 * @param bases each base group with its lanes' groups by slug
 */
record MarkedGroups(Map<String, Map<String, String>> bases) {

    static MarkedGroups of(Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets, Set<String> lanes) {
        Set<String> based = new TreeSet<>();
        Map<String, Map<String, String>> bases = new TreeMap<>();
        offsets.forEach((group, own) -> {
            if (own.values().stream().anyMatch(one -> begun(one))) {
                add(bases, group);
            } else if (own.values().stream()
                    .anyMatch(one -> BaseMark.decode(one.metadata()).present())) {
                based.add(group);
            }
        });
        offsets.keySet().forEach(group -> {
            if (based.contains(base(group)) && lanes.contains(slug(group))) {
                add(bases, group);
                based.remove(group);
            }
        });
        based.forEach(group -> bases.computeIfAbsent(group, any -> new TreeMap<>()));
        return new MarkedGroups(bases);
    }

    private static boolean begun(OffsetAndMetadata offset) {
        return LaneMark.decode(offset.metadata()).start() != LaneMark.NONE;
    }

    private static void add(Map<String, Map<String, String>> bases, String group) {
        if (!slug(group).isEmpty()) {
            bases.computeIfAbsent(base(group), any -> new TreeMap<>()).put(slug(group), group);
        }
    }

    /** What a group's name ends with if it can be a lane's slug, else nothing. */
    static String slug(String group) {
        String rest = group.substring(group.lastIndexOf('_') + 1);
        return base(group).isEmpty() || rest.isEmpty() || !Slug.of(rest).equals(rest) ? "" : rest;
    }

    /** The base group of a group that is named as a lane's, else nothing. */
    static String base(String group) {
        return group.substring(0, Math.max(0, group.lastIndexOf('_')));
    }
}
