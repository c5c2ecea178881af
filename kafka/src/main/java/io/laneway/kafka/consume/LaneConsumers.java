package io.laneway.kafka.consume;

import io.laneway.kafka.consume.base.BaseSide;
import io.laneway.kafka.consume.base.ProgressWriter;
import io.laneway.kafka.consume.base.Rereader;
import io.laneway.kafka.consume.lane.LaneSide;
import io.laneway.kafka.consume.side.LaneSlugs;
import io.laneway.kafka.consume.side.Pauses;
import io.laneway.kafka.consume.side.Side;
import io.laneway.kafka.handover.GroupLook;
import io.laneway.kafka.handover.LaneStart.Sight;
import io.laneway.kafka.lane.LaneGroup;
import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.metrics.MemberStats;
import io.laneway.kafka.metrics.MessageStats;
import io.laneway.kafka.watch.GroupWatch;
import io.laneway.kafka.watch.LaneSights;
import io.laneway.kafka.watch.Shared;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes consumers that keep to lanes, from the properties of a Kafka consumer and those of {@link LaneSettings}. With
 * a lane the group is {@code <group.id>_<slug>}, without one it is the base group. Safe for many threads.
 */
public final class LaneConsumers {

    private LaneConsumers() {}

    /** A consumer whose deserializers are in the properties. */
    public static <K, V> Consumer<K, V> create(Properties properties) {
        Map<String, Object> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return create(map);
    }

    /** A consumer whose deserializers are in the properties. */
    public static <K, V> Consumer<K, V> create(Map<String, ?> properties) {
        return create(properties, null, null);
    }

    /** A consumer with these deserializers; where one is null, that of the properties. */
    public static <K, V> Consumer<K, V> create(
            Map<String, ?> properties, @Nullable Deserializer<K> key, @Nullable Deserializer<V> value) {
        return create(properties, System.getenv(), key, value, () -> {});
    }

    /** A consumer with these deserializers; the runnable is called when it is closed, on the thread that closes it. */
    public static <K, V> Consumer<K, V> create(
            Map<String, ?> properties,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value,
            Runnable closed) {
        return create(properties, System.getenv(), key, value, closed);
    }

    /**
     * A consumer for an environment other than the process's.
     *
     * @throws IllegalArgumentException naming what is wrong with the settings
     */
    public static <K, V> Consumer<K, V> create(
            Map<String, ?> properties,
            Map<String, String> environment,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value) {
        return create(properties, environment, key, value, () -> {});
    }

    private static <K, V> Consumer<K, V> create(
            Map<String, ?> properties,
            Map<String, String> environment,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value,
            Runnable closed) {
        LaneSettings settings = LaneSettings.of(properties, environment);
        Map<String, Object> kafka = LaneSettings.without(properties);
        String group = group(kafka);
        String slug = settings.slug();
        boolean autoCommit = flag(kafka.get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG), true);
        Duration interval = millis(kafka.get(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG), 5000);
        kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        kafka.put(ConsumerConfig.GROUP_ID_CONFIG, slug == null ? group : LaneGroup.of(group, slug));
        Consumer<K, V> client = client(kafka, key, value);
        Pauses pauses = new Pauses(client);
        MemberStats stats = MessageStats.PROCESS.join(group, slug == null ? MessageStats.BASE : slug);
        CommitSchedule schedule = new CommitSchedule(autoCommit, interval);
        if (slug == null) {
            var shared = GroupWatch.<GroupLook, Callable<GroupLook>>lease(
                    adminProperties(kafka), group, group, settings.watchInterval(), groups -> groups::look);
            Side<K, V> side = base(client, kafka, key, value, settings, pauses, shared.value(), group, stats);
            return new LaneConsumer<>(client, side, pauses, settings, schedule, stats, closing(shared, closed));
        }
        var shared = laneWatch(kafka, settings, group, slug);
        Side<K, V> side = lane(client, settings, slug, pauses, shared.value(), group);
        return new LaneConsumer<>(client, side, pauses, settings, schedule, stats, closing(shared, closed));
    }

    private static Runnable closing(Shared<?> shared, Runnable closed) {
        return () -> {
            shared.close();
            closed.run();
        };
    }

    private static <K, V> Side<K, V> base(
            Consumer<K, V> client,
            Map<String, Object> kafka,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value,
            LaneSettings settings,
            Pauses pauses,
            GroupWatch<GroupLook, ?> shared,
            String group,
            MemberStats stats) {
        Deserializer<K> sharedKey = key == null ? null : new Unclosed<>(key);
        Deserializer<V> sharedValue = value == null ? null : new Unclosed<>(value);
        Rereader<K, V> rereader = new Rereader<>(
                () -> client(rereadProperties(kafka), sharedKey, sharedValue), new LaneSlugs(settings.header()), stats);
        ProgressWriter progress = new ProgressWriter(shared.groups(), group);
        return new BaseSide<>(client, settings, pauses, shared.watch(), progress, rereader, stats);
    }

    private static Shared<GroupWatch<Map<TopicPartition, Sight>, LaneSights>> laneWatch(
            Map<String, Object> kafka, LaneSettings settings, String group, String slug) {
        String own = LaneGroup.of(group, slug);
        IsolationLevel isolation = isolation(kafka);
        Duration interval =
                Duration.ofMillis(Math.max(50, settings.watchInterval().toMillis() / 4));
        return GroupWatch.lease(
                adminProperties(kafka),
                group,
                own + " " + isolation,
                interval,
                groups -> new LaneSights(groups, group, own, isolation));
    }

    private static <K, V> Side<K, V> lane(
            Consumer<K, V> client,
            LaneSettings settings,
            String slug,
            Pauses pauses,
            GroupWatch<Map<TopicPartition, Sight>, LaneSights> shared,
            String group) {
        return new LaneSide<>(client, settings, slug, pauses, shared.watch(), shared.look(), offsets -> {
            try {
                return shared.groups().commitEmpty(group, offsets);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        });
    }

    private static <K, V> Consumer<K, V> client(
            Map<String, Object> kafka, @Nullable Deserializer<K> key, @Nullable Deserializer<V> value) {
        return new KafkaConsumer<>(kafka, key, value);
    }

    private static Map<String, Object> rereadProperties(Map<String, Object> kafka) {
        Map<String, Object> reread = new HashMap<>(kafka);
        reread.keySet()
                .removeAll(Set.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                        ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG));
        reread.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Object client = kafka.get(ConsumerConfig.CLIENT_ID_CONFIG);
        if (client != null) {
            reread.put(ConsumerConfig.CLIENT_ID_CONFIG, client + "-reread");
        }
        return reread;
    }

    private static Map<String, Object> adminProperties(Map<String, Object> kafka) {
        Map<String, Object> admin = new HashMap<>(kafka);
        admin.keySet().retainAll(AdminClientConfig.configNames());
        admin.remove(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG);
        Object client = kafka.get(ConsumerConfig.CLIENT_ID_CONFIG);
        if (client != null) {
            admin.put(AdminClientConfig.CLIENT_ID_CONFIG, client + "-watch");
        }
        return admin;
    }

    private static String group(Map<String, Object> kafka) {
        Object group = kafka.get(ConsumerConfig.GROUP_ID_CONFIG);
        if (group == null || group.toString().isBlank()) {
            throw new IllegalArgumentException("group.id: none (expected: the name of the base group)");
        }
        return group.toString();
    }

    private static IsolationLevel isolation(Map<String, Object> kafka) {
        Object level = kafka.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
        return level != null && level.toString().equalsIgnoreCase("read_committed")
                ? IsolationLevel.READ_COMMITTED
                : IsolationLevel.READ_UNCOMMITTED;
    }

    private static boolean flag(@Nullable Object value, boolean otherwise) {
        return value == null ? otherwise : Boolean.parseBoolean(value.toString().trim());
    }

    private static Duration millis(@Nullable Object value, long otherwise) {
        return Duration.ofMillis(
                value == null ? otherwise : Long.parseLong(value.toString().trim()));
    }
}
