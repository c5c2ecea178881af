package io.laneway.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.status.LaneGroupRemoval;
import io.laneway.kafka.testkit.Broker;
import io.laneway.router.source.LaneLeftovers.Leftover;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class RightsIT {

    private final Broker broker = Broker.shared();
    private final String topic = "t-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();
    private final String lane = "f-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aMissingRightIsNamedAtTheStartAndItsGrantLetsTheApplicationGoOn() throws Exception {
        broker.topic(topic, 1);
        try (Admin admin = broker.admin()) {
            grant(admin, ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.READ);
            grant(admin, ResourceType.GROUP, group, PatternType.LITERAL, AclOperation.READ);
            try (Consumer<String, String> consumer = consumer()) {
                consumer.subscribe(List.of(topic));
                assertThat(refusal(consumer)).startsWith("missing right: DESCRIBE on group " + group + "_");
                grant(admin, ResourceType.GROUP, group + "_", PatternType.PREFIXED, AclOperation.DESCRIBE);
                await().atMost(Broker.patience())
                        .untilAsserted(() -> assertThat(refusal(consumer))
                                .startsWith("missing right: READ on group " + group + "_"));
                grant(admin, ResourceType.GROUP, group + "_", PatternType.PREFIXED, AclOperation.READ);
                await().atMost(Broker.patience()).until(() -> attempt(consumer).isEmpty());
            }
        }
    }

    @Test
    void removingALanesGroupNamesTheRightThatIsMissing() throws Exception {
        broker.topic(topic, 1);
        try (Admin admin = broker.admin();
                LaneGroupRemoval removal = new LaneGroupRemoval(broker.saslServers(), login())) {
            OffsetAndMetadata released = new OffsetAndMetadata(0, "laneway1 r=0/1");
            admin.alterConsumerGroupOffsets(group + "_" + lane, Map.of(new TopicPartition(topic, 0), released))
                    .all()
                    .get();
            grant(admin, ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.DESCRIBE);
            grant(admin, ResourceType.GROUP, group + "_", PatternType.PREFIXED, AclOperation.DESCRIBE);
            await().atMost(Broker.patience())
                    .untilAsserted(() -> assertThatThrownBy(() -> removal.find(Set.of(lane)))
                            .hasMessageStartingWith("missing right: DESCRIBE on group " + group + " "));
            grant(admin, ResourceType.GROUP, group, PatternType.LITERAL, AclOperation.DESCRIBE);
            await().atMost(Broker.patience())
                    .ignoreExceptions()
                    .until(() -> removal.find(Set.of(lane)).size() == 1);
            List<Leftover> found = removal.find(Set.of(lane));
            assertThatThrownBy(() -> removal.remove(found))
                    .hasMessageStartingWith("missing right: DELETE on group " + group + "_" + lane);
            grant(admin, ResourceType.GROUP, group + "_", PatternType.PREFIXED, AclOperation.DELETE);
            await().atMost(Broker.patience())
                    .ignoreExceptions()
                    .until(() -> removal.remove(found).isEmpty());
            assertThat(removal.find(Set.of(lane))).isEmpty();
        }
    }

    private static Map<String, String> login() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"app\""
                        + " password=\"secret\";");
    }

    private static String refusal(Consumer<String, String> consumer) {
        String refusal = "";
        long end = System.nanoTime() + Broker.patience().toNanos();
        while (refusal.isEmpty() && System.nanoTime() < end) {
            refusal = attempt(consumer);
        }
        return refusal;
    }

    private static String attempt(Consumer<String, String> consumer) {
        try {
            consumer.poll(Duration.ofMillis(500));
            return "";
        } catch (GroupAuthorizationException e) {
            return e.getMessage();
        }
    }

    private static void grant(Admin admin, ResourceType type, String name, PatternType pattern, AclOperation operation)
            throws Exception {
        AccessControlEntry entry = new AccessControlEntry("User:app", "*", operation, AclPermissionType.ALLOW);
        admin.createAcls(List.of(new AclBinding(new ResourcePattern(type, name, pattern), entry)))
                .all()
                .get();
    }

    private Consumer<String, String> consumer() {
        Map<String, Object> properties = new HashMap<>(Member.properties(broker, group));
        properties.put("bootstrap.servers", broker.saslServers());
        properties.putAll(login());
        return LaneConsumers.create(properties, Map.of(), new StringDeserializer(), new StringDeserializer());
    }
}
