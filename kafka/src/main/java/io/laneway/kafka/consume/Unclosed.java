package io.laneway.kafka.consume;

import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** A deserializer that the consumer which reads again shares, and must leave open for the one it belongs to. */
record Unclosed<T>(Deserializer<T> deserializer) implements Deserializer<T> {

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        // Its owner has configured it.
    }

    @Override
    public T deserialize(String topic, byte[] data) {
        return deserializer.deserialize(topic, data);
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] data) {
        return deserializer.deserialize(topic, headers, data);
    }
}
