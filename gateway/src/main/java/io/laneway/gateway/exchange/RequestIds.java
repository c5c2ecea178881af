package io.laneway.gateway.exchange;

import java.util.SplittableRandom;

/**
 * Makes request ids: random UUIDs of version 4 (RFC 9562) from a generator of the loop's own. They tell requests apart
 * and keep no secret. Confined to one event loop.
 */
final class RequestIds {

    /** Characters of a UUID. */
    static final int LENGTH = 36;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final SplittableRandom random;
    private final byte[] text = new byte[LENGTH];

    RequestIds(SplittableRandom random) {
        this.random = random;
    }

    /** The next id in ASCII; valid until the next call. */
    byte[] next() {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
        digits(high >>> 32, 8, 0);
        text[8] = '-';
        digits(high >>> 16, 4, 9);
        text[13] = '-';
        digits(high, 4, 14);
        text[18] = '-';
        digits(low >>> 48, 4, 19);
        text[23] = '-';
        digits(low, 12, 24);
        return text;
    }

    private void digits(long value, int count, int at) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = HEX[(int) rest & 0xf];
            rest >>>= 4;
        }
    }
}
