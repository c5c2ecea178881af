package io.laneway.kafka.recording;

import java.util.Map;
import java.util.Properties;

/**
 * A topic of recorded requests. Immutable.
 *
 * @param servers    {@code bootstrap.servers}
 * @param properties further ones of the client
 */
public record RecordingTopic(String servers, String topic, Map<String, String> properties) {

    /** The header that has the recording's name. */
    public static final String RECORDING = "laneway-recording";

    /** The header that has the gateway's id. */
    public static final String GATEWAY = "laneway-gateway";

    /** The header that has the time when the recording began. */
    public static final String CREATED = "laneway-created";

    public RecordingTopic {
        properties = Map.copyOf(properties);
    }

    /** Those of the client, with defaults that what was given replaces. */
    Properties with(Map<String, String> defaults) {
        Properties all = new Properties();
        all.putAll(defaults);
        all.putAll(properties);
        all.put("bootstrap.servers", servers);
        return all;
    }

    @Override
    public String toString() {
        return "RecordingTopic[servers=" + servers + ", topic=" + topic + ", properties=" + properties.keySet() + "]";
    }
}
