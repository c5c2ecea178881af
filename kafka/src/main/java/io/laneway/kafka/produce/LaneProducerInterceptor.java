package io.laneway.kafka.produce;

import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.lane.LaneSettings;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Marks produced records with a lane, by configuration alone:
 *
 * <pre>
 * interceptor.classes=io.laneway.kafka.produce.LaneProducerInterceptor
 * laneway.topics=order,payment.*
 * </pre>
 *
 * The lane is that of the {@linkplain LaneContext current work}, else that of this process ({@code LANEWAY_LANE}). A
 * record that names a lane keeps it; without any lane it stays unmarked. Topics take part only if they are named: an
 * entry is a topic, or a beginning and {@code *}. Safe for many threads.
 */
public final class LaneProducerInterceptor<K, V> implements ProducerInterceptor<K, V> {

    private final Map<String, String> environment;

    private volatile Topics topics = Topics.NONE;
    private volatile LaneSettings settings = LaneSettings.of(Map.of(), Map.of());

    /** Called by Kafka. */
    public LaneProducerInterceptor() {
        this(System.getenv());
    }

    LaneProducerInterceptor(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void configure(Map<String, ?> configs) {
        settings = LaneSettings.of(configs, environment);
        Object named = configs.get("laneway.topics");
        topics = named == null ? Topics.NONE : Topics.parse(named.toString());
    }

    @Override
    public ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
        if (topics.contains(record.topic())) {
            String lane = lane();
            if (lane != null) {
                settings.header().write(record.headers(), lane);
            }
        }
        return record;
    }

    private @Nullable String lane() {
        String current = LaneContext.current();
        return current == null ? settings.lane() : current;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        // Records are marked before they are sent; how that ends is the producer's business.
    }

    @Override
    public void close() {
        // Holds nothing that must be given back.
    }
}
