package io.laneway.gateway.telemetry.tap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the fields of a record are, in bytes from its beginning. The fixed part comes first, then, as far as the record's
 * bits say so and in the order of these, what not every request has.
 */
final class RecordForm {

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Milliseconds from the segment's base to the request's beginning. */
    static final int STARTED = 0;

    /** The response's status, with the flag and the reason above it. */
    static final int STATUS = 4;

    static final int FLAG_SHIFT = 16;
    static final int REASON_SHIFT = 24;

    /** Origin, how it was assigned, the hop and the bits, a byte each. */
    static final int ORIGIN = 8;

    static final int ASSIGNED = 9;
    static final int HOP = 10;
    static final int BITS = 11;

    static final int GRPC_STATUS = 12;

    /** Retries, attempts and failed attempts: 16, 8 and 8 bits. */
    static final int RETRIES = 16;

    static final int ATTEMPTS_SHIFT = 16;
    static final int FAILED_SHIFT = 24;

    /**
     * Microseconds of the whole and of the endpoint, bytes received and sent, the revision; 32 bits each, in a wide record
     * zero.
     */
    static final int NUMBERS = 20;

    /** So many numbers. */
    static final int NUMBER_COUNT = 5;

    /** Places of texts, three bytes each. */
    static final int TEXTS = NUMBERS + 4 * NUMBER_COUNT;

    static final int METHOD = 0;
    static final int PATH = 1;
    static final int PROTOCOL = 2;
    static final int AUTHORITY = 3;
    static final int USER_AGENT = 4;
    static final int SOURCE = 5;
    static final int FORWARDED_FOR = 6;
    static final int LISTENER = 7;
    static final int SERVICE = 8;
    static final int LANE = 9;
    static final int REQUESTED = 10;
    static final int UPSTREAM = 11;

    /** So many texts. */
    static final int TEXT_COUNT = 12;

    /** Bytes of a text's place. */
    static final int TEXT = 3;

    /** Bytes of the fixed part. */
    static final int FIXED = TEXTS + TEXT * TEXT_COUNT;

    /** A number needs more than 32 bits: all follow in 64. */
    static final int WIDE = 1;

    /** The request's id is a UUID, and follows in 16 bytes; else it is a text. */
    static final int UUID = 1 << 1;

    /** Trace id and parent id follow, in 24 bytes. */
    static final int TRACE = 1 << 2;

    /** The tenant follows, as a text. */
    static final int TENANT = 1 << 3;

    /** The carrier follows, as a text. */
    static final int CARRIER = 1 << 4;

    /** An endpoint answered, so that its time counts. */
    static final int ANSWERED = 1 << 5;

    /** The requested lane is one that the table does not know. */
    static final int UNKNOWN_LANE = 1 << 6;

    /** Bytes of a failed attempt: endpoint, flag, status, microseconds from the beginning. */
    static final int FAILED = TEXT + 1 + 2 + 4;

    /** The longest record without its texts. */
    static final int LONGEST = FIXED + 8 * NUMBER_COUNT + 16 + 24 + 3 * TEXT + 16 * FAILED + 8;

    private RecordForm() {}

    static void text(byte[] to, int at, int place) {
        to[at] = (byte) place;
        to[at + 1] = (byte) (place >> 8);
        to[at + 2] = (byte) (place >> 16);
    }

    static int text(byte[] from, int at) {
        return (from[at] & 0xff) | ((from[at + 1] & 0xff) << 8) | ((from[at + 2] & 0xff) << 16);
    }
}
