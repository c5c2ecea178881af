package io.laneway.replay.s3;

import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.RecordedExchange;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What gateways recorded into a bucket, by the keys of its objects. Immutable; reading blocks.
 *
 * @param prefix of the objects' keys
 * @param recording the one that is wanted, null for any
 */
public record S3Recordings(
        S3Client client, String prefix, @Nullable String recording) implements RecordedSource {

    private static final String END = ".jsonl.gz";

    @Override
    public void read(Taker taker) throws IOException {
        for (S3Client.Stored each : client.list(prefix)) {
            if (each.key().endsWith(END)) {
                read(each.key(), taker);
            }
        }
    }

    private void read(String key, Taker taker) throws IOException {
        try (RecordingReader reader = RecordingReader.of(key, new Whole(client.get(key)))) {
            if (recording != null && !recording.equals(reader.header().recording())) {
                return;
            }
            for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                taker.take(next);
            }
        }
    }

    /** An object; where the connection ends before it does, that is an error and not the end of a file. */
    private static final class Whole extends FilterInputStream {

        Whole(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            try {
                return super.read(to, from, length);
            } catch (EOFException e) {
                throw new IOException("the store ended within an object", e);
            }
        }
    }
}
