package io.laneway.cli.messages;

import io.laneway.gateway.runtime.config.RecordingsConfig;
import io.laneway.gateway.telemetry.recording.TopicSinks;
import io.laneway.kafka.recording.RecordingTopic;
import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.record.RecordingSinks;

/** Recordings of a gateway over a topic. Stateless. */
public final class KafkaSinks implements TopicSinks {

    @Override
    public RecordingSinks open(RecordingsConfig.Kafka kafka) {
        RecordingTopic topic = topic(kafka);
        return (header, max, listener) -> new KafkaSink(topic, header, max, listener);
    }

    @Override
    public RecordedSource kept(RecordingsConfig.Kafka kafka, String recording, String gateway) {
        return new RecordedTopic(topic(kafka), recording, gateway);
    }

    private static RecordingTopic topic(RecordingsConfig.Kafka kafka) {
        return new RecordingTopic(kafka.servers(), kafka.topic(), kafka.properties());
    }
}
