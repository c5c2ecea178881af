package io.laneway.kafka.vertx;

import io.laneway.kafka.consume.LaneConsumers;
import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.lane.LaneHeader;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecord;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes Vert.x Kafka consumers that keep to lanes, and carries the lane of a record or request along. Safe for many threads. */
public final class LaneKafka {

    private LaneKafka() {}

    /** A consumer with the properties of a Kafka consumer and those of {@link io.laneway.kafka.lane.LaneSettings}. */
    public static <K, V> KafkaConsumer<K, V> consumer(Vertx vertx, Map<String, String> properties) {
        return KafkaConsumer.create(vertx, LaneConsumers.<K, V>create(new HashMap<String, Object>(properties)));
    }

    /**
     * A handler that handles each record in a context of its own, of the same thread, whose lane is the record's: what
     * it calls and produces, also after asynchronous steps, belongs to that lane.
     */
    public static <K, V> Handler<KafkaConsumerRecord<K, V>> inLane(Handler<KafkaConsumerRecord<K, V>> handler) {
        return record -> run(LaneHeader.DEFAULT.read(record.record().headers()), () -> handler.handle(record));
    }

    /**
     * The record, marked with the current lane unless it names one. Vert.x's producer sends on a worker thread, where
     * an interceptor no longer sees whose record it is.
     */
    public static <K, V> KafkaProducerRecord<K, V> marked(KafkaProducerRecord<K, V> record) {
        String lane = LaneContext.current();
        String header = LaneHeader.DEFAULT.name();
        boolean named = LaneHeader.DEFAULT.read(record.record().headers()) != null;
        return lane == null || named ? record : record.addHeader(header, lane);
    }

    /** Does work for a lane, or for none if null, in a context of its own on the current thread. */
    public static void run(@Nullable String lane, Runnable work) {
        Context context = Vertx.currentContext();
        if (context instanceof ContextInternal current) {
            ContextInternal own = current.duplicate();
            LaneLocal.set(own, lane);
            own.dispatch(work);
        } else {
            LaneContext.run(lane, work);
        }
    }
}
