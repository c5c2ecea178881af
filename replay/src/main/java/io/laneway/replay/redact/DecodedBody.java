package io.laneway.replay.redact;

/** A body without its content coding. Immutable; the bytes are not to be written to. */
public final class DecodedBody {

    private final byte[] bytes;
    private final boolean cut;

    /** @param cut whether more would have come out */
    DecodedBody(byte[] bytes, boolean cut) {
        this.bytes = bytes;
        this.cut = cut;
    }

    public byte[] bytes() {
        return bytes;
    }

    public boolean cut() {
        return cut;
    }
}
