package io.laneway.replay.form;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of a request or response, up to a bound. Immutable; the bytes are not to be written to. */
public final class RecordedBody {

    /** No body at all. */
    public static final RecordedBody NONE = new RecordedBody(new byte[0], 0, false, null, null);

    private final byte[] bytes;
    private final long size;
    private final boolean cut;
    private final @Nullable String decoded;
    private final @Nullable String omitted;

    /**
     * A body.
     *
     * @param bytes what was kept
     * @param size bytes that it had on the wire
     * @param cut whether it had more than was kept
     * @param decoded the content coding that was taken off before it was kept
     * @param omitted why nothing of it was kept
     */
    public RecordedBody(byte[] bytes, long size, boolean cut, @Nullable String decoded, @Nullable String omitted) {
        if (size < 0) {
            throw new IllegalArgumentException("size: " + size + " (expected: >= 0)");
        }
        this.bytes = bytes;
        this.size = size;
        this.cut = cut;
        this.decoded = decoded;
        this.omitted = omitted;
    }

    /** A body that is kept whole, as it was on the wire. */
    public static RecordedBody whole(byte[] bytes) {
        return bytes.length == 0 ? NONE : new RecordedBody(bytes, bytes.length, false, null, null);
    }

    public byte[] bytes() {
        return bytes;
    }

    public long size() {
        return size;
    }

    public boolean cut() {
        return cut;
    }

    public @Nullable String decoded() {
        return decoded;
    }

    public @Nullable String omitted() {
        return omitted;
    }

    /** The same with other bytes. */
    public RecordedBody with(byte[] others) {
        return new RecordedBody(others, size, cut, decoded, omitted);
    }

    /** The same without its bytes. */
    public RecordedBody without(String why) {
        return new RecordedBody(new byte[0], size, cut, null, why);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedBody body
                && Arrays.equals(bytes, body.bytes)
                && size == body.size
                && cut == body.cut
                && Objects.equals(decoded, body.decoded)
                && Objects.equals(omitted, body.omitted);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(bytes), size, cut, decoded, omitted);
    }

    /** Never the bytes. */
    @Override
    public String toString() {
        return "RecordedBody[size=" + size + ", kept=" + bytes.length + ", cut=" + cut + "]";
    }
}
