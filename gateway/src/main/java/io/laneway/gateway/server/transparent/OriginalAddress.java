package io.laneway.gateway.server.transparent;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the system where an accepted connection was going before a <code>REDIRECT</code> of netfilter: {@code
 * SO_ORIGINAL_DST}, of Linux alone (<code>linux/netfilter_ipv4.h</code>, <code>linux/netfilter_ipv6/ip6_tables.h</code>).
 * Stateless.
 */
final class OriginalAddress {

    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int SO_ORIGINAL_DST = 80;
    private static final int V4_SIZE = 16;
    private static final int V6_SIZE = 28;
    private static final int V6_ADDRESS = 8;
    private static final int V6_SCOPE = 24;

    private static final ChannelOption<ByteBuffer> V4 =
            new RawUnixChannelOption("SO_ORIGINAL_DST", SOL_IP, SO_ORIGINAL_DST, V4_SIZE);
    private static final ChannelOption<ByteBuffer> V6 =
            new RawUnixChannelOption("IP6T_SO_ORIGINAL_DST", SOL_IPV6, SO_ORIGINAL_DST, V6_SIZE);

    private OriginalAddress() {}

    /** The address; null where the system knows of none, as for a connection that was not redirected. */
    static @Nullable InetSocketAddress of(Channel channel) {
        boolean six =
                channel.localAddress() instanceof InetSocketAddress local && local.getAddress() instanceof Inet6Address;
        try {
            ByteBuffer address = channel.config().getOption(six ? V6 : V4);
            return address == null ? null : read(address, six);
        } catch (ChannelException e) {
            return null;
        }
    }

    /** A <code>sockaddr_in</code> or <code>sockaddr_in6</code>: port and address in the order of the network. */
    static @Nullable InetSocketAddress read(ByteBuffer address, boolean six) {
        if (address.remaining() < (six ? V6_SIZE : V4_SIZE)) {
            return null;
        }
        int start = address.position();
        int port = address.getShort(start + 2) & 0xffff;
        byte[] bytes = new byte[six ? 16 : 4];
        address.get(start + (six ? V6_ADDRESS : 4), bytes);
        try {
            int scope = six ? Integer.reverseBytes(address.getInt(start + V6_SCOPE)) : 0;
            InetAddress inet =
                    six && scope != 0 ? Inet6Address.getByAddress(null, bytes, scope) : InetAddress.getByAddress(bytes);
            return new InetSocketAddress(inet, port);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
