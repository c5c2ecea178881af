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

    @Test
    void aMissingRightIsNamedAtTheStartAndItsGrantLetsTheApplicationGoOn() throws Exception {
        try (Broker broker = Broker.secured();
                Admin admin = broker.admin()) {
            broker.topic("t", 1);
            grant(admin, ResourceType.TOPIC, "t", PatternType.LITERAL, AclOperation.READ);
            grant(admin, ResourceType.GROUP, "g", PatternType.LITERAL, AclOperation.READ);
            try (Consumer<String, String> consumer = consumer(broker)) {
                consumer.subscribe(List.of("t"));
                assertThat(refusal(consumer)).startsWith("missing right: DESCRIBE on group g_");
                grant(admin, ResourceType.GROUP, "g_", PatternType.PREFIXED, AclOperation.DESCRIBE);
                await().atMost(Broker.patience())
                        .untilAsserted(
                                () -> assertThat(refusal(consumer)).startsWith("missing right: READ on group g_"));
                grant(admin, ResourceType.GROUP, "g_", PatternType.PREFIXED, AclOperation.READ);
                await().atMost(Broker.patience()).until(() -> attempt(consumer).isEmpty());
            }
        }
    }

    @Test
    void removingALanesGroupNamesTheRightThatIsMissing() throws Exception {
        try (Broker broker = Broker.secured();
                Admin admin = broker.admin();
                LaneGroupRemoval removal = new LaneGroupRemoval(broker.saslServers(), login())) {
            broker.topic("t", 1);
            OffsetAndMetadata released = new OffsetAndMetadata(0, "laneway1 r=0/1");
            admin.alterConsumerGroupOffsets("g_f-1", Map.of(new TopicPartition("t", 0), released))
                    .all()
                    .get();
            grant(admin, ResourceType.TOPIC, "t", PatternType.LITERAL, AclOperation.DESCRIBE);
            grant(admin, ResourceType.GROUP, "g_", PatternType.PREFIXED, AclOperation.DESCRIBE);
            await().atMost(Broker.patience())
                    .untilAsserted(() -> assertThatThrownBy(() -> removal.find(Set.of("f-1")))
                            .hasMessageStartingWith("missing right: DESCRIBE on group g "));
            grant(admin, ResourceType.GROUP, "g", PatternType.LITERAL, AclOperation.DESCRIBE);
            await().atMost(Broker.patience())
                    .ignoreExceptions()
                    .until(() -> removal.find(Set.of("f-1")).size() == 1);
            List<Leftover> found = removal.find(Set.of("f-1"));
            assertThatThrownBy(() -> removal.remove(found))
                    .hasMessageStartingWith("missing right: DELETE on group g_f-1");
            grant(admin, ResourceType.GROUP, "g_", PatternType.PREFIXED, AclOperation.DELETE);
            await().atMost(Broker.patience())
                    .ignoreExceptions()
                    .until(() -> removal.remove(found).isEmpty());
            assertThat(removal.find(Set.of("f-1"))).isEmpty();
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

    private static Consumer<String, String> consumer(Broker broker) {
        Map<String, Object> properties = new HashMap<>(Member.properties(broker, "g"));
        properties.put("bootstrap.servers", broker.saslServers());
        properties.putAll(login());
        return LaneConsumers.create(properties, Map.of(), new StringDeserializer(), new StringDeserializer());
    }
}
