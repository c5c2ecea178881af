package io.laneway.gateway.protocol.tls;

/** Names of servers as TLS takes them (RFC 6066 section 3): without the dot at the end that DNS allows. Stateless. */
public final class ServerNames {

    private ServerNames() {}

    /** The name without a dot at its end. */
    public static String withoutDot(String name) {
        return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
