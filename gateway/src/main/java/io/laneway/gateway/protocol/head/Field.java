package io.laneway.gateway.protocol.head;

import io.laneway.router.text.HeaderName;
import java.util.List;
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
    /**
     * Any other field by which proxies say how a request came to them: {@code x-forwarded-*}, {@code x-original-*} and
     * what single products write, such as {@code front-end-https}.
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

    private static final int SLOTS = 256;
    private static final byte[] OURS = HeaderName.of("x-laneway-").bytes();
    private static final byte[] FORWARDED_BY = HeaderName.of("x-forwarded-").bytes();
    private static final byte[] ORIGINALLY = HeaderName.of("x-original-").bytes();
    private static final int SHORTEST_PREFIX = OURS.length;

    /** What frameworks and application servers take for the caller, its scheme or its URL besides the usual names. */
    private static final List<HeaderName> FORWARDED_BY_PRODUCTS = List.of(
            HeaderName.of("client-ip"),
            HeaderName.of("forwarded-for"),
            HeaderName.of("front-end-https"),
            HeaderName.of("proxy"),
            HeaderName.of("proxy-client-ip"),
            HeaderName.of("true-client-ip"),
            HeaderName.of("wl-proxy-client-ip"),
            HeaderName.of("x-arr-ssl"),
            HeaderName.of("x-client-ip"),
            HeaderName.of("x-cluster-client-ip"),
            HeaderName.of("x-envoy-external-address"),
            HeaderName.of("x-envoy-internal"),
            HeaderName.of("x-envoy-original-path"),
            HeaderName.of("x-forwarded"),
            HeaderName.of("x-host"),
            HeaderName.of("x-http-host-override"),
            HeaderName.of("x-originating-ip"),
            HeaderName.of("x-proxyuser-ip"),
            HeaderName.of("x-remote-addr"),
            HeaderName.of("x-remote-ip"),
            HeaderName.of("x-rewrite-url"),
            HeaderName.of("x-scheme"),
            HeaderName.of("x-server-name"),
            HeaderName.of("x-url-scheme"));

    private static final HeaderName[] NAMES = new HeaderName[SLOTS];
    private static final @Nullable Field[] TABLE = table();

    private final HeaderName header =
            HeaderName.of(name().toLowerCase(Locale.ROOT).replace('_', '-'));

    /** The name on the wire. */
    public HeaderName header() {
        return header;
    }

    /** Whether it stands for one name, not for all of a kind. */
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
        return byPrefix(array, offset, length);
    }

    private static @Nullable Field byPrefix(byte[] array, int offset, int length) {
        if (length <= SHORTEST_PREFIX || array[offset + 1] != '-') {
            return null;
        }
        return switch (array[offset + 2] | 0x20) {
            case 'l' -> startsWith(OURS, array, offset, length) ? X_LANEWAY_OTHER : null;
            case 'f' -> startsWith(FORWARDED_BY, array, offset, length) ? X_FORWARDED_OTHER : null;
            case 'o' -> startsWith(ORIGINALLY, array, offset, length) ? X_FORWARDED_OTHER : null;
            default -> null;
        };
    }

    private static boolean startsWith(byte[] prefix, byte[] array, int offset, int length) {
        if (length <= prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            byte c = array[offset + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Field[] table() {
        @Nullable Field[] table = new @Nullable Field[SLOTS];
        for (Field field : values()) {
            enter(table, field.header, field);
        }
        FORWARDED_BY_PRODUCTS.forEach(name -> enter(table, name, X_FORWARDED_OTHER));
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
        return (hash * 0x9E3779B9) >>> 24;
    }
}
