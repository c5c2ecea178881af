package io.laneway.kafka.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the table's topic. Immutable. The topic is compacted and has one partition, so the order of its records
 * is the order of revisions. Keys:
 *
 * <ul>
 *   <li>{@code snapshot/3}: the fourth chunk of a whole table; the next snapshot takes its place
 *   <li>{@code delta/17}: what leads to revision 17; removed with the next snapshot
 * </ul>
 *
 * Headers name the store, the revision, and of a chunk how many there are. A record without a value removes its key.
 *
 * @param index  of a chunk, or the revision of a delta
 * @param chunks how many chunks the snapshot has; 0 for a delta
 * @param value  a chunk's bytes, a delta's JSON; null if the key is removed
 */
@SuppressWarnings("ArrayRecordComponent") // two records are never compared, and the bytes are handed on as they are
record TableRecord(Kind kind, long index, String store, long revision, int chunks, byte @Nullable [] value) {

    /** What a record carries. */
    enum Kind {
        SNAPSHOT("snapshot/"),
        DELTA("delta/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final String STORE = "store";
    private static final String REVISION = "revision";
    private static final String CHUNKS = "chunks";

    static TableRecord chunk(String store, long revision, int index, int chunks, byte[] value) {
        return new TableRecord(Kind.SNAPSHOT, index, store, revision, chunks, value);
    }

    static TableRecord delta(String store, long revision, byte[] value) {
        return new TableRecord(Kind.DELTA, revision, store, revision, 0, value);
    }

    /** Removes a key. */
    static TableRecord removed(Kind kind, long index, String store) {
        return new TableRecord(kind, index, store, 0, 0, null);
    }

    ProducerRecord<byte[], byte[]> toProducer(String topic) {
        byte[] key = (kind.prefix + index).getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, key, value);
        record.headers()
                .add(STORE, store.getBytes(UTF_8))
                .add(REVISION, Long.toString(revision).getBytes(UTF_8))
                .add(CHUNKS, Integer.toString(chunks).getBytes(UTF_8));
        return record;
    }

    /**
     * Reads a record; null if its key is of a kind that this program does not know.
     *
     * @throws IllegalArgumentException if it is broken
     */
    static @Nullable TableRecord of(ConsumerRecord<byte[], byte[]> record) {
        byte[] rawKey = record.key();
        String key = rawKey == null ? "" : new String(rawKey, UTF_8);
        for (Kind kind : Kind.values()) {
            if (key.startsWith(kind.prefix)) {
                long index = number(key.substring(kind.prefix.length()), key);
                long revision = number(text(record.headers(), REVISION), key);
                int chunks = (int) number(text(record.headers(), CHUNKS), key);
                return new TableRecord(kind, index, text(record.headers(), STORE), revision, chunks, record.value());
            }
        }
        return null;
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException(name + ": no such header (expected: one in every record)");
        }
        return new String(header.value(), UTF_8);
    }

    private static long number(String text, String key) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + ": '" + text + "' (expected: a number)", e);
        }
    }
}
