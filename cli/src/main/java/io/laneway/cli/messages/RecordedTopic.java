package io.laneway.cli.messages;

import io.laneway.kafka.recording.RecordingTopic;
import io.laneway.kafka.recording.TopicReader;
import io.laneway.kafka.recording.TopicUnreadable;
import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.form.LineReader;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.json.JsonObject;
import io.laneway.replay.json.JsonTree;
import io.laneway.replay.json.UnexpectedJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A topic of recorded requests. Immutable.
 *
 * @param recording the one that is wanted, null for any
 * @param gateway whose requests are wanted, null for any
 */
public record RecordedTopic(
        RecordingTopic topic,
        @Nullable String recording,
        @Nullable String gateway) implements RecordedSource {

    @Override
    public void read(Taker taker) throws IOException {
        try {
            new TopicReader(topic).<IOException>read((headers, value) -> {
                String of = headers.get(RecordingTopic.RECORDING);
                boolean here = gateway == null || gateway.equals(headers.get(RecordingTopic.GATEWAY));
                if (of != null && here && (recording == null || recording.equals(of))) {
                    taker.take(exchange(value));
                }
            });
        } catch (TopicUnreadable e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static RecordedExchange exchange(byte[] line) throws IOException {
        try {
            return LineReader.exchange(
                    JsonObject.of("line", JsonTree.parse(line, 0, line.length)).atRoot());
        } catch (UnexpectedJson e) {
            throw new IOException(e.what() + " (expected: " + e.expected() + ")", e);
        }
    }
}
