package io.laneway.k8s.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.route.gateway.StatusWriter;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.RuledCluster;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StatusWriterIT {

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final StatusWriter writer = new StatusWriter(client);
    private Gateway seen;

    @BeforeEach
    void create() {
        GatewayObjects.create(cluster.client(), "shop", "{name: http, port: 80, protocol: HTTP}");
        seen = gateway();
    }

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void whatAnotherWroteMeanwhileStays() {
        cluster.client().resource(gateway()).editStatus(one -> with(one, "x.example/Other", ""));

        assertThat(writer.write(seen, one -> with(one, "Mine", ""))).isTrue();
        assertThat(gateway().getStatus().getConditions())
                .extracting(Condition::getType)
                .containsExactly("Accepted", "Programmed", "x.example/Other", "Mine");
        assertThat(gateway().getMetadata().getGeneration())
                .isEqualTo(seen.getMetadata().getGeneration());
    }

    @Test
    void aStatusOfAnOlderGenerationIsNotWritten() {
        Edits.edit(cluster.client().resource(gateway()), one -> {
            one.getSpec().getListeners().get(0).setPort(81);
            return one;
        });

        assertThat(writer.write(seen, one -> with(one, "Mine", ""))).isFalse();
        assertThat(gateway().getStatus().getConditions())
                .extracting(Condition::getType)
                .doesNotContain("Mine");
    }

    @Test
    void ofAnObjectThatIsGoneNothingIsLeftToWrite() {
        cluster.client().resource(seen).delete();
        assertThatThrownBy(() -> writer.write(seen, one -> with(one, "Mine", "")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("not found");
    }

    @Test
    void aStatusThatTheSchemaDoesNotAllowIsRefused() {
        assertThatThrownBy(() -> writer.write(seen, one -> with(one, "Mine", null)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("message: Required value");
    }

    private static Gateway with(Gateway one, String type, String message) {
        return new GatewayBuilder(one)
                .editOrNewStatus()
                .addToConditions(new ConditionBuilder()
                        .withType(type)
                        .withStatus("True")
                        .withReason("Tested")
                        .withMessage(message)
                        .withLastTransitionTime("2026-11-30T00:00:00Z")
                        .build())
                .endStatus()
                .build();
    }

    private Gateway gateway() {
        return cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName("laneway")
                .get();
    }
}
