package io.laneway.cli.messages;

import io.laneway.gateway.runtime.config.RecordingsConfig;
import io.laneway.gateway.telemetry.recording.TopicSinks;
import io.laneway.kafka.recording.RecordingTopic;
import io.laneway.replay.record.RecordingSinks;

/** Recordings of a gateway over a topic. Stateless. */
public final class KafkaSinks implements TopicSinks {

    @Override
    public RecordingSinks open(RecordingsConfig.Kafka kafka) {
        RecordingTopic topic = new RecordingTopic(kafka.servers(), kafka.topic(), kafka.properties());
        return (header, max, listener) -> new KafkaSink(topic, header, max, listener);
    }
}
