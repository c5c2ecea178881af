package io.laneway.gateway.traffic.verified;

import java.util.Arrays;

/** A signed text that was verified for one listener, with what is known of it. Immutable but for when it was used. */
public abstract class VerifiedText {

    private final byte[] text;
    private final int hash;

    /** Set by any loop, read where texts are pushed out: an old value does no harm. */
    private boolean used;

    /** @param text as it came, not to be changed */
    protected VerifiedText(byte[] text) {
        this.text = text;
        this.hash = TextHash.of(text, 0, text.length);
    }

    /** Whether it has not ended. */
    protected abstract boolean counts(long nowMillis);

    /** Whether it is these bytes; by the whole text, so that no other one passes for it. */
    final boolean is(byte[] array, int offset, int length) {
        return text.length == length && Arrays.equals(text, 0, length, array, offset, offset + length);
    }

    /** Whether both are the same text. */
    public final boolean isSame(VerifiedText other) {
        return Arrays.equals(text, other.text);
    }

    final int hash() {
        return hash;
    }

    /** About how many bytes it takes. */
    final int size() {
        return text.length * 2;
    }

    /** A request came with it. */
    final void use() {
        if (!used) {
            used = true;
        }
    }

    /** Whether a request came with it lately. */
    final boolean isUsed() {
        return used;
    }

    /** Whether a request came with it since this was asked last. */
    final boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }
}
