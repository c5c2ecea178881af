package io.laneway.gateway.upstream.endpoint;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * An address as documents and requests write it, {@code host:port}. Immutable.
 *
 * @param host a name or IP address, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code host:port} or {@code [address]:port}.
     *
     * @param defaultPort where the text names none; 0 if it must
     * @throws IllegalArgumentException if it is something else
     */
    public static HostPort parse(String text, int defaultPort) {
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean named = colon > bracket;
        String host = named ? text.substring(0, colon) : text;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = named && colon < text.length() - 1 ? number(text.substring(colon + 1)) : defaultPort;
        if (host.isEmpty() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("address: '" + text + "' (expected: host:port)");
        }
        return new HostPort(host, port);
    }

    private static int number(String text) {
        if (text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(text);
    }

    /** The address if the host is one, null if it is a name. */
    @Nullable
    public InetAddress literal() {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(host, bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }
}
