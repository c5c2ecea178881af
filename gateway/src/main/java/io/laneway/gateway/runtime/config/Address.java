package io.laneway.gateway.runtime.config;

/**
 * A host and port to bind or to connect to, IPv6 in brackets. Immutable.
 *
 * @param host a name or an address without brackets
 * @param port 0 to 65535; 0 binds any free port
 */
public record Address(String host, int port) {

    public Address {
        if (host.isBlank()) {
            throw new IllegalArgumentException("address: no host (expected: host:port)");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("address: port " + port + " (expected: 0 to 65535)");
        }
    }

    /**
     * Reads {@code host:port}, {@code [v6]:port} or {@code :port} (any address).
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || (host.indexOf(':') >= 0 && !bracketed)) {
            throw new IllegalArgumentException("address: " + text + " (expected: host:port, IPv6 in brackets)");
        }
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        return new Address(host.isEmpty() ? "0.0.0.0" : host, port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("address: " + text + " (expected: a port from 0 to 65535)", e);
        }
    }

    /** Whether only this machine can reach it. */
    public boolean loopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** Whether it is every address of this machine. */
    public boolean wildcard() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
