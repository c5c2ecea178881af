package io.laneway.gateway.protocol.stream;

import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.text.Slice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client's connection. Immutable; made once a connection, or once its PROXY protocol header or TLS
 * handshake is done.
 */
public final class DownstreamPeer {

    private final SocketAddress remote;
    private final boolean secure;
    private final @Nullable String clientCertificate;
    private final int port;
    private final String address;
    private final byte[] addressBytes;
    private final @Nullable OriginalDestination original;
    private final @Nullable Slice serverName;
    private final @Nullable ClientAuthorities clients;

    /**
     * @param remote            the client's address
     * @param secure            whether it speaks TLS
     * @param clientCertificate its verified identity in the form of {@code x-forwarded-client-cert}, or null
     */
    public DownstreamPeer(SocketAddress remote, boolean secure, @Nullable String clientCertificate) {
        this(remote, secure, clientCertificate, null);
    }

    /** @param local the address at which it was accepted, null where it is not known */
    public DownstreamPeer(
            SocketAddress remote, boolean secure, @Nullable String clientCertificate, @Nullable SocketAddress local) {
        this(remote, secure, clientCertificate, local, null, null, null);
    }

    /**
     * A client whose TLS handshake is done.
     *
     * @param serverName that it asked for, without a dot at its end; null where it asked for none
     * @param clients    what a route of connections asked of its certificate, null where none did
     */
    public static DownstreamPeer secured(
            SocketAddress remote,
            @Nullable String clientCertificate,
            @Nullable SocketAddress local,
            @Nullable String serverName,
            @Nullable ClientAuthorities clients) {
        Slice name = serverName == null ? null : Slice.of(serverName);
        return new DownstreamPeer(remote, true, clientCertificate, local, null, name, clients);
    }

    /** A client whose connection was redirected to this gateway. */
    public DownstreamPeer(SocketAddress remote, OriginalDestination original) {
        this(remote, false, null, original.address(), original, null, null);
    }

    private DownstreamPeer(
            SocketAddress remote,
            boolean secure,
            @Nullable String clientCertificate,
            @Nullable SocketAddress local,
            @Nullable OriginalDestination original,
            @Nullable Slice serverName,
            @Nullable ClientAuthorities clients) {
        this.original = original;
        this.clients = clients;
        this.serverName = serverName;
        this.remote = remote;
        this.port = local instanceof InetSocketAddress socket ? socket.getPort() : 0;
        this.secure = secure;
        this.clientCertificate = clientCertificate;
        this.address = text(remote);
        this.addressBytes = address.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(SocketAddress remote) {
        InetAddress inet = remote instanceof InetSocketAddress socket ? socket.getAddress() : null;
        if (inet == null) {
            return "unknown";
        }
        String text = inet.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** The port at which it was accepted, 0 where it is not known. */
    public int port() {
        return port;
    }

    public SocketAddress remote() {
        return remote;
    }

    /** Its IP address as text, without brackets or zone. */
    public String address() {
        return address;
    }

    /** {@link #address} as bytes, not to be changed. */
    public byte[] addressBytes() {
        return addressBytes;
    }

    /** Whether it speaks TLS. */
    public boolean secure() {
        return secure;
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return secure ? "https" : "http";
    }

    /** Where it was going before it was redirected; null where it came by itself. */
    public @Nullable OriginalDestination original() {
        return original;
    }

    /** The server name that its TLS asked for (RFC 6066 section 3); null without TLS, and where it asked for none. */
    public @Nullable Slice serverName() {
        return serverName;
    }

    /** What a route of connections asked of its certificate, and it met; null where none did. */
    public @Nullable ClientAuthorities clients() {
        return clients;
    }

    public @Nullable String clientCertificate() {
        return clientCertificate;
    }
}
