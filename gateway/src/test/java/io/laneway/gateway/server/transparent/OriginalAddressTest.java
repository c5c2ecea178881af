package io.laneway.gateway.server.transparent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.TransparentConfig;
import io.laneway.gateway.runtime.config.TransparentConfig.Direction;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.eventloop.Sockets;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginalAddressTest {

    private static InetSocketAddress read(String hex, boolean six) {
        return OriginalAddress.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), six);
    }

    @Test
    void theKernelsFormsAreRead() {
        assertThat(read("0200" + "1f90" + "0a4d0009" + "0000000000000000", false))
                .isEqualTo(new InetSocketAddress("10.77.0.9", 8080));
        assertThat(read("0a00" + "ffff" + "00000000" + "fd770000000000000000000000000009" + "00000000", true))
                .isEqualTo(new InetSocketAddress("fd77::9", 65_535));
        assertThat(read("0200" + "1f90", false)).isNull();
    }

    @Test
    void aTransportThatCannotSayItIsRefusedAtTheStart() {
        ListenerConfig listener = ListenerConfig.of("outbound", new Address("127.0.0.1", 0), Trust.INTERNAL)
                .redirected(TransparentConfig.of(Direction.OUTBOUND));
        assertThatThrownBy(() -> TransparentLoop.check(List.of(listener), Sockets.of(Transport.NIO)))
                .hasMessage("listeners: outbound: transparent: not with transport nio"
                        + " (expected: Linux, and epoll or io_uring)");
    }
}
