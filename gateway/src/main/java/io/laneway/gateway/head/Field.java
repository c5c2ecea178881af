package io.laneway.gateway.head;

import io.laneway.router.text.HeaderName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that the gateway itself reads or writes, recognised while a head is indexed. At most 64, since a
 * head keeps the set of those present as bits. Immutable.
 */
@SuppressWarnings({"EnumOrdinal", "ImmutableEnumChecker"}) // the place in the set is all the ordinal is for
public enum Field {
    BAGGAGE,
    CONNECTION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    COOKIE,
    DATE,
    EXPECT,
    FORWARDED,
    GRPC_STATUS,
    GRPC_TIMEOUT,
    HOST,
    HTTP2_SETTINGS,
    KEEP_ALIVE,
    MAX_FORWARDS,
    ORIGIN,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    PROXY_CONNECTION,
    SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_VERSION,
    SERVER,
    TE,
    TRACEPARENT,
    TRACE_BRANCH,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    USER_AGENT,
    VIA,
    X_ENVOY_MAX_RETRIES,
    X_ENVOY_RETRY_ON,
    X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS,
    X_ENVOY_UPSTREAM_SERVICE_TIME,
    X_FORWARDED_CLIENT_CERT,
    X_FORWARDED_FOR,
    X_FORWARDED_HOST,
    X_FORWARDED_PROTO,
    X_LANEWAY_ASSIGNED,
    X_LANEWAY_DECISION,
    X_LANEWAY_HOPS,
    X_LANEWAY_LANE,
    /** Any other field whose name starts with {@code x-laneway-}. */
    X_LANEWAY_OTHER,
    X_REQUEST_ID;

    private static final int SLOTS = 256;
    private static final byte[] OURS = HeaderName.of("x-laneway-").bytes();
    private static final @Nullable Field[] TABLE = table();

    private final HeaderName header =
            HeaderName.of(name().toLowerCase(Locale.ROOT).replace('_', '-'));

    /** The name on the wire. */
    public HeaderName header() {
        return header;
    }

    /** This field's bit in a set of fields. */
    public long bit() {
        return 1L << ordinal();
    }

    /** This field's place in a set of fields. */
    int number() {
        return ordinal();
    }

    /** The field that the bytes spell in any case, or null. {@code hash} is theirs by {@link HeaderName#hash}. */
    public static @Nullable Field find(byte[] array, int offset, int length, int hash) {
        int slot = slot(hash);
        for (Field field = TABLE[slot]; field != null; field = TABLE[slot]) {
            if (field.header.hash() == hash && field.header.matches(array, offset, length)) {
                return field;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return startsLikeOurs(array, offset, length) ? X_LANEWAY_OTHER : null;
    }

    private static boolean startsLikeOurs(byte[] array, int offset, int length) {
        if (length <= OURS.length || (array[offset + 2] | 0x20) != 'l') {
            return false;
        }
        for (int i = 0; i < OURS.length; i++) {
            byte c = array[offset + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != OURS[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Field[] table() {
        @Nullable Field[] table = new @Nullable Field[SLOTS];
        for (Field field : values()) {
            int slot = slot(field.header.hash());
            while (table[slot] != null) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            table[slot] = field;
        }
        return table;
    }

    private static int slot(int hash) {
        return (hash * 0x9E3779B9) >>> 24;
    }
}
