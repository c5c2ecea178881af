package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.runtime.config.RecordingsConfig;
import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.record.RecordingSinks;

/**
 * Makes the sinks of a topic, of which the gateway itself knows nothing. Found by {@link java.util.ServiceLoader}; has a
 * public constructor without parameters that loads no library.
 */
public interface TopicSinks {

    /**
     * The sinks of recordings in that topic.
     *
     * @throws IllegalArgumentException if the settings are wrong
     */
    RecordingSinks open(RecordingsConfig.Kafka topic);

    /** The requests of a recording that a gateway wrote to that topic, by the names that files have. */
    RecordedSource kept(RecordingsConfig.Kafka topic, String recording, String gateway);
}
