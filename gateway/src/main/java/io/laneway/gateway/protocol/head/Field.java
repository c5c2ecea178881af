package io.laneway.gateway.protocol.head;

import io.laneway.router.text.HeaderName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that the gateway itself reads or writes, recognised while a head is indexed. At most 64, since a
 * head keeps the set of those present as bits. Immutable.
 */
@SuppressWarnings({"EnumOrdinal", "ImmutableEnumChecker"}) // the place in the set is all the ordinal is for
public enum Field {
    B3,
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
    SW8,
    TE,
    TRACEPARENT,
    TRACE_BRANCH,
    TRAILER,
    TRANSFER_ENCODING,
    UBER_TRACE_ID,
    UPGRADE,
    USER_AGENT,
    VIA,
    X_B3_TRACEID,
    X_ENVOY_MAX_RETRIES,
    X_ENVOY_RETRY_ON,
    X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS,
    X_ENVOY_UPSTREAM_SERVICE_TIME,
    X_FORWARDED_CLIENT_CERT,
    X_FORWARDED_FOR,
    X_FORWARDED_HOST,
    /**
     * Any other field by which proxies say how a request came to them: {@code x-forwarded-*}, {@code x-original-*} and
     * the {@linkplain ForwardingClaims others}.
     */
    X_FORWARDED_OTHER,
    X_FORWARDED_PROTO,
    X_LANEWAY_ASSIGNED,
    X_LANEWAY_DECISION,
    X_LANEWAY_HOPS,
    X_LANEWAY_LANE,
    /** Any other field whose name starts with {@code x-laneway-}. */
    X_LANEWAY_OTHER,
    X_REAL_IP,
    X_REQUEST_ID;

    private static final int SLOTS = 512;
    private static final HeaderName[] NAMES = new HeaderName[SLOTS];
    private static final @Nullable Field[] TABLE = table();

    private final HeaderName header =
            HeaderName.of(name().toLowerCase(Locale.ROOT).replace('_', '-'));

    /** The name on the wire. */
    public HeaderName header() {
        return header;
    }

    /** Whether it is one name, not all of a kind. */
    public boolean isOneName() {
        return this != X_LANEWAY_OTHER && this != X_FORWARDED_OTHER;
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
            if (NAMES[slot].hash() == hash && NAMES[slot].matches(array, offset, length)) {
                return field;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return FieldFamilies.find(array, offset, length);
    }

    private static @Nullable Field[] table() {
        @Nullable Field[] table = new @Nullable Field[SLOTS];
        for (Field field : values()) {
            enter(table, field.header, field);
        }
        ForwardingClaims.NAMES.forEach(name -> enter(table, HeaderName.of(name), X_FORWARDED_OTHER));
        return table;
    }

    private static void enter(@Nullable Field[] table, HeaderName name, Field field) {
        int slot = slot(name.hash());
        while (table[slot] != null) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        table[slot] = field;
        NAMES[slot] = name;
    }

    private static int slot(int hash) {
        return (hash * 0x9E3779B9) >>> 23;
    }
}
