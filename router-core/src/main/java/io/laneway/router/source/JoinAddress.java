package io.laneway.router.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The address of an endpoint that joined a lane from a machine that gateways cannot reach, such as a laptop. It is a name
 * below {@code .invalid}, which is never found (RFC 6761 section 6.4): a gateway that knows joins reaches it through its
 * control API, and whatever does not know them fails to connect and falls back. Stateless.
 */
public final class JoinAddress {

    private static final String SUFFIX = ".join.laneway.invalid";

    private JoinAddress() {}

    /**
     * The address of a join.
     *
     * @param id   lower-case letters and digits
     * @param port of the machine that joined, for people: no gateway dials it
     */
    public static String of(String id, int port) {
        return id + SUFFIX + ':' + port;
    }

    /** The id of the join that an address is of, null for an address of another kind. */
    public static @Nullable String id(String address) {
        int colon = address.lastIndexOf(':');
        String host = (colon < 0 ? address : address.substring(0, colon)).toLowerCase(Locale.ROOT);
        if (!host.endsWith(SUFFIX)) {
            return null;
        }
        String id = host.substring(0, host.length() - SUFFIX.length());
        return id.matches("[a-z0-9]{1,63}") ? id : null;
    }
}
