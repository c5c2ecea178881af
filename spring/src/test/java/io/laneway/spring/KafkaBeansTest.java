package io.laneway.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.produce.LaneProducerInterceptor;
import io.laneway.kafka.spring.LaneConsumerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.listener.RecordInterceptor;

class KafkaBeansTest {

    private static final Map<String, Object> SERVERS = Map.of("bootstrap.servers", "127.0.0.1:1", "group.id", "g");
    private static final String OURS = LaneProducerInterceptor.class.getName();

    private final KafkaBeans beans = new KafkaBeans();

    @Test
    void aConsumerFactoryKeepsItsPropertiesDeserializersAndListeners() {
        var before = new DefaultKafkaConsumerFactory<>(SERVERS, new StringDeserializer(), new StringDeserializer());
        ConsumerFactory.Listener<String, String> listener = new ConsumerFactory.Listener<>() {};
        before.addListener(listener);
        var after = (LaneConsumerFactory<?, ?>) beans.postProcessAfterInitialization(before, "consumers");
        assertThat(after.getConfigurationProperties()).isEqualTo(SERVERS);
        assertThat(after.getKeyDeserializer()).isSameAs(before.getKeyDeserializer());
        assertThat(after.getValueDeserializer()).isSameAs(before.getValueDeserializer());
        assertThat(after.getListeners()).isEqualTo(List.of(listener));
    }

    @Test
    void aConsumerFactoryOfTheApplicationsOwnStaysAsItIs() {
        var own = new DefaultKafkaConsumerFactory<String, String>(SERVERS) {};
        assertThat(beans.postProcessAfterInitialization(own, "own")).isSameAs(own);
    }

    @Test
    void theApplicationsInterceptorStaysAndSeesTheLane() {
        List<String> seen = new ArrayList<>();
        RecordInterceptor<String, String> own = (record, consumer) -> {
            seen.add(LaneContext.current());
            return record;
        };
        var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
        factory.setConsumerFactory(new LaneConsumerFactory<>(SERVERS));
        factory.setRecordInterceptor(own);
        beans.postProcessAfterInitialization(factory, "listeners");
        ConsumerRecord<String, String> record = new ConsumerRecord<>("t", 0, 0, null, "v");
        record.headers().add("trace-branch", "f-1".getBytes(UTF_8));
        var consumer = new MockConsumer<String, String>("earliest");
        factory.getRecordInterceptor().intercept(record, consumer);
        assertThat(seen).containsExactly("f-1");
        factory.getRecordInterceptor().clearThreadState(consumer);
        assertThat(LaneContext.current()).isNull();
    }

    @Test
    void producersGetOurInterceptorOnceBesideTheirOwn() {
        assertThat(KafkaBeans.interceptors(null)).containsExactly(OURS);
        assertThat(KafkaBeans.interceptors("a.B, c.D")).containsExactly("a.B", "c.D", OURS);
        assertThat(KafkaBeans.interceptors(List.of(String.class))).containsExactly(String.class, OURS);
        assertThat(KafkaBeans.interceptors("a.B," + OURS)).containsExactly("a.B", OURS);
        assertThat(KafkaBeans.interceptors(LaneProducerInterceptor.class))
                .containsExactly(LaneProducerInterceptor.class);
        var factory = new DefaultKafkaProducerFactory<String, String>(SERVERS);
        beans.postProcessAfterInitialization(factory, "producers");
        assertThat(factory.getConfigurationProperties()).containsEntry("interceptor.classes", List.of(OURS));
    }
}
