package io.laneway.kafka.vertx;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * An example of a service: it takes orders and says that they were shipped, in the lane of the order. Whether it runs
 * in the base or in a lane is the deployment's business ({@code LANEWAY_LANE}), none of the code's.
 */
final class ShippingService extends VerticleBase {

    private final Map<String, String> kafka;
    private KafkaProducer<String, String> producer;

    ShippingService(Map<String, String> kafka) {
        this.kafka = kafka;
    }

    @Override
    public Future<?> start() {
        producer = KafkaProducer.create(vertx, producerProperties());
        KafkaConsumer<String, String> consumer = LaneKafka.consumer(vertx, consumerProperties());
        consumer.handler(LaneKafka.inLane(order -> vertx.timer(1)
                .compose(packed -> producer.send(
                        LaneKafka.marked(KafkaProducerRecord.create("shipped", order.key(), order.value()))))
                .onFailure(failure -> consumer.pause())));
        return consumer.subscribe("order");
    }

    private Map<String, String> consumerProperties() {
        Map<String, String> properties = new HashMap<>(kafka);
        properties.put("group.id", "shipping");
        properties.put("auto.offset.reset", "earliest");
        properties.put("key.deserializer", StringDeserializer.class.getName());
        properties.put("value.deserializer", StringDeserializer.class.getName());
        return properties;
    }

    private Map<String, String> producerProperties() {
        Map<String, String> properties = new HashMap<>(kafka);
        properties.put("key.serializer", StringSerializer.class.getName());
        properties.put("value.serializer", StringSerializer.class.getName());
        properties.put("interceptor.classes", "io.laneway.kafka.produce.LaneProducerInterceptor");
        properties.put("laneway.topics", "shipped");
        return properties;
    }
}
