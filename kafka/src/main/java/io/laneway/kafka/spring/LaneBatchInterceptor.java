package io.laneway.kafka.spring;

import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.lane.LaneHeader;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * Makes the lane of a batch the current one while a Spring listener handles it, also when an error handler gives the
 * same batch to it again. A batch of several lanes has none: its listener works for each record's lane by itself
 * ({@link LaneContext#run}). To be set on the container factory. Safe for many threads.
 */
public final class LaneBatchInterceptor<K, V> implements BatchInterceptor<K, V> {

    private final LaneHeader header;
    private final ThreadScope scope;

    /** One for the default header. */
    public LaneBatchInterceptor() {
        this(LaneHeader.DEFAULT, LaneContext::open);
    }

    /** One for a header, and a way to begin work for a lane that does more than {@link LaneContext#open(String)}. */
    public LaneBatchInterceptor(LaneHeader header, Function<@Nullable String, LaneContext.Scope> opener) {
        this.header = header;
        scope = new ThreadScope(opener);
    }

    @Override
    public ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
        scope.open(lane(records));
        return records;
    }

    /** After each poll. Not before: a failed batch may be handled again without a call of {@link #intercept}. */
    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        scope.close();
    }

    private @Nullable String lane(ConsumerRecords<K, V> records) {
        String lane = null;
        boolean first = true;
        for (ConsumerRecord<K, V> record : records) {
            String one = header.read(record.headers());
            if (first) {
                lane = one;
                first = false;
            } else if (!Objects.equals(lane, one)) {
                return null;
            }
        }
        return lane;
    }
}
