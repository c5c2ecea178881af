package io.laneway.kafka.consume.base;

import io.laneway.kafka.handover.BasePartition;
import io.laneway.kafka.handover.GroupLook;
import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.lane.Mode;
import io.laneway.kafka.watch.Watch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the looks at lanes' groups mean for the partitions of a member of the base group. Confined to the consumer's thread. */
final class LookReader {

    private static final Logger LOG = LoggerFactory.getLogger(LookReader.class);

    private final LaneSettings settings;
    private final Watch<GroupLook> watch;

    LookReader(LaneSettings settings, Watch<GroupLook> watch) {
        this.settings = settings;
        this.watch = watch;
    }

    /** Carries out what a look means for a partition. */
    void look(BaseHold hold, Watch.@Nullable Seen<GroupLook> seen, long now) {
        BasePartition protocol = hold.protocol;
        if (seen != null && hold.news(seen.sequence(), seen.startedNanos())) {
            note(hold, view(hold, seen.value()), seen.startedNanos(), now);
        } else if (hold.waiting()
                && now - hold.sinceNanos > settings.firstLook().toNanos()) {
            hold.waitNoMore();
            protocol.proceedUnlooked();
            LOG.atWarn()
                    .addKeyValue("partition", hold.partition)
                    .log("lanes' groups could not be seen in time; their shares stay as they were");
        }
        protocol.settle(now);
        for (String slug : protocol.asks()) {
            if (hold.asked.putIfAbsent(slug, now) == null) {
                watch.hurry();
            }
        }
    }

    private GroupLook view(BaseHold hold, GroupLook look) {
        return settings.mode(hold.partition.topic()) == Mode.BASE ? look.deserted() : look;
    }

    private void note(BaseHold hold, GroupLook look, long startedNanos, long now) {
        long position = hold.deliveries.position();
        hold.asked.entrySet().removeIf(asked -> {
            boolean fresh = startedNanos - asked.getValue() > 0;
            if (fresh) {
                GroupLook.LaneLook lane = look.lanes().get(asked.getKey());
                hold.protocol.answered(
                        asked.getKey(),
                        lane != null && lane.alive(hold.partition.topic()),
                        lane == null ? null : lane.offsets().get(hold.partition),
                        position);
            }
            return fresh;
        });
        List<String> crowded = hold.protocol.look(look, position, now);
        if (!crowded.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("partition", hold.partition)
                    .addKeyValue("lanes", crowded)
                    .log("no room for more lanes in the offset's metadata (laneway.metadata.max.bytes);"
                            + " the base handles their records");
        }
    }
}
