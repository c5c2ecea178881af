package io.laneway.kafka.consume.base;

import io.laneway.kafka.handover.BasePartition.Progress;
import io.laneway.kafka.lane.LaneGroup;
import io.laneway.kafka.watch.Groups;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the progress of re-reading to lanes' groups, which take it only while they are empty. Confined to the
 * consumer's thread, which it lets wait.
 */
public final class ProgressWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressWriter.class);

    private final Groups groups;
    private final String baseGroup;

    public ProgressWriter(Groups groups, String baseGroup) {
        this.groups = groups;
        this.baseGroup = baseGroup;
    }

    /**
     * Writes what there is to write.
     *
     * @param required whether a failure is the caller's, who waits for it, and not only tried again
     */
    void write(Collection<BaseHold> holds, boolean required) {
        Map<String, Map<BaseHold, Progress>> bySlug = new HashMap<>();
        for (BaseHold hold : holds) {
            if (hold.protocol.filters()) {
                for (Progress progress : hold.protocol.progress()) {
                    bySlug.computeIfAbsent(progress.slug(), unused -> new HashMap<>())
                            .put(hold, progress);
                }
            }
        }
        bySlug.forEach((slug, progress) -> write(slug, progress, required));
    }

    private void write(String slug, Map<BaseHold, Progress> progress, boolean required) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        progress.forEach((hold, made) -> offsets.put(
                hold.partition, new OffsetAndMetadata(made.offset(), made.mark().encode())));
        try {
            boolean taken = groups.commitEmpty(LaneGroup.of(baseGroup, slug), offsets);
            long now = System.nanoTime();
            progress.forEach((hold, made) -> {
                if (taken) {
                    hold.protocol.accepted(made);
                } else {
                    hold.protocol.refused(made, now);
                }
            });
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (AuthorizationException e) {
            throw e;
        } catch (KafkaException e) {
            if (required) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("lane", slug)
                    .addKeyValue("problem", e.toString())
                    .log("what was read again could not be acknowledged to the lane's group; tried again");
        }
    }
}
