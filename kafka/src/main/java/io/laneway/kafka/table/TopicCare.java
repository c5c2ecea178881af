package io.laneway.kafka.table;

import io.laneway.kafka.watch.Groups;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table's topic as it must be: there, with one partition, compacted and nothing else. Confined to one thread,
 * which it lets wait.
 */
final class TopicCare {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCare.class);
    private static final int HEARD_OF_TRIES = 100;
    private static final String POLICY = "cleanup.policy";
    private static final String COMPACT = "compact";
    private static final String LARGEST = "max.message.bytes";

    private final Admin admin;
    private final String topic;

    /** The admin client stays the caller's. */
    TopicCare(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /** Makes the topic or puts it right, and looks at it. */
    TopicHealth ensure() throws InterruptedException {
        TopicDescription description = describe();
        int partitions = description.partitions().size();
        if (partitions != 1) {
            throw new KafkaException("topic " + topic + ": " + partitions + " partitions (expected: 1)");
        }
        Optional<Config> config = config();
        boolean kept = config.map(this::compacts).orElse(true);
        int largest = config.map(TopicCare::largest).orElse(Integer.MAX_VALUE);
        return new TopicHealth(
                description.topicId(), offset(OffsetSpec.earliest()), offset(OffsetSpec.latest()), kept, largest);
    }

    private TopicDescription describe() throws InterruptedException {
        try {
            return described();
        } catch (UnknownTopicOrPartitionException e) {
            make();
            return heardOf();
        }
    }

    /** The broker that is asked may hear of a new topic a moment later than the one that made it. */
    private TopicDescription heardOf() throws InterruptedException {
        for (int i = 0; i < HEARD_OF_TRIES; i++) {
            try {
                return described();
            } catch (UnknownTopicOrPartitionException e) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        return described();
    }

    private TopicDescription described() throws InterruptedException {
        TopicDescription description =
                Groups.get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
        if (description == null) {
            throw new UnknownTopicOrPartitionException("topic " + topic + ": not described");
        }
        return description;
    }

    private void make() throws InterruptedException {
        NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty());
        wanted.configs(Map.of(POLICY, COMPACT));
        try {
            Groups.get(admin.createTopics(List.of(wanted)).all());
        } catch (TopicExistsException e) {
            LOG.atDebug().addKeyValue("topic", topic).log("another made it first");
        } catch (KafkaException e) {
            throw new KafkaException("topic " + topic + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Empty where the right to describe it is missing. */
    private Optional<Config> config() throws InterruptedException {
        ConfigResource resource = resource();
        try {
            return Optional.ofNullable(
                    Groups.get(admin.describeConfigs(List.of(resource)).all()).get(resource));
        } catch (AuthorizationException e) {
            LOG.atDebug().addKeyValue("topic", topic).log("no right to see its settings");
            return Optional.empty();
        }
    }

    private ConfigResource resource() {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** Whether the topic only compacts; one that removes is put right, and says no once. */
    private boolean compacts(Config config) {
        ConfigEntry policy = config.get(POLICY);
        if (policy == null || COMPACT.equals(policy.value())) {
            return true;
        }
        Collection<AlterConfigOp> ops =
                List.of(new AlterConfigOp(new ConfigEntry(POLICY, COMPACT), AlterConfigOp.OpType.SET));
        try {
            Groups.get(admin.incrementalAlterConfigs(Map.of(resource(), ops)).all());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (KafkaException e) {
            throw new KafkaException(
                    "topic " + topic + ": " + POLICY + ": " + policy.value() + " (expected: " + COMPACT
                            + ", or the right ALTER_CONFIGS to set it): " + e.getMessage(),
                    e);
        }
        LOG.atWarn()
                .addKeyValue("topic", topic)
                .addKeyValue("policy", policy.value())
                .log("the topic's cleanup.policy removed records of the table; set to compact");
        return false;
    }

    private static int largest(Config config) {
        ConfigEntry largest = config.get(LARGEST);
        return largest == null || largest.value() == null
                ? Integer.MAX_VALUE
                : Math.max(1, Integer.parseInt(largest.value()) - TopicHealth.OVERHEAD);
    }

    private long offset(OffsetSpec spec) throws InterruptedException {
        TopicPartition partition = new TopicPartition(topic, 0);
        var offsets = Groups.get(admin.listOffsets(Map.of(partition, spec)).all());
        var offset = offsets.get(partition);
        return offset == null ? 0 : offset.offset();
    }
}
