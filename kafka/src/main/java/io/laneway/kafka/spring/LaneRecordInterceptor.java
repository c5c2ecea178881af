package io.laneway.kafka.spring;

import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.lane.LaneHeader;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Makes the lane of a record the current one while a Spring listener handles it: records that it produces are marked
 * with it. To be set on the container factory. Safe for many threads.
 */
public final class LaneRecordInterceptor<K, V> implements RecordInterceptor<K, V> {

    private final LaneHeader header;
    private final ThreadScope scope;

    /** One for the default header. */
    public LaneRecordInterceptor() {
        this(LaneHeader.DEFAULT, LaneContext::open);
    }

    /** One for a header, and a way to begin work for a lane that does more than {@link LaneContext#open(String)}. */
    public LaneRecordInterceptor(LaneHeader header, Function<@Nullable String, LaneContext.Scope> opener) {
        this.header = header;
        scope = new ThreadScope(opener);
    }

    @Override
    public ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
        scope.open(header.read(record.headers()));
        return record;
    }

    @Override
    public void afterRecord(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
        scope.close();
    }

    /** After each poll, so also where an error handler that throws left out {@link #afterRecord}. */
    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        scope.close();
    }
}
