package io.laneway.kafka.spring;

import io.laneway.kafka.lane.LaneContext;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Makes the lane of a record the current one while a Spring listener handles it: records that it produces are marked
 * with it. To be set on the container factory. Safe for many threads.
 */
public final class LaneRecordInterceptor<K, V> implements RecordInterceptor<K, V> {

    private static final ThreadLocal<LaneContext.@Nullable Scope> SCOPES = new ThreadLocal<>();

    @Override
    public ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
        SCOPES.set(LaneContext.open(record));
        return record;
    }

    @Override
    public void afterRecord(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
        LaneContext.Scope scope = SCOPES.get();
        if (scope != null) {
            SCOPES.remove();
            scope.close();
        }
    }
}
