package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.TlsConfig;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The first request after a handshake, of a client that gathers small writes (Nagle's algorithm, the default of most
 * systems): it is held back until the end of the handshake is acknowledged, which systems put off for 40 ms or more.
 */
class FirstRequestIT {

    /** What no connection stays below where the acknowledgement is put off, by 40 ms at least, beginning with the handshake. */
    private static final Duration PUT_OFF = Duration.ofMillis(20);

    private static final int CONNECTIONS = 60;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final TestTls TLS = TestTls.make();

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void doesNotAwaitAnAcknowledgementThatIsPutOff(Transport transport) throws IOException {
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
                TestGateway gateway = over(transport, Tables.one(upstream.port()))) {
            assertThat(quickest(gateway.port("tls")))
                    .as("the quickest of " + CONNECTIONS)
                    .isLessThan(PUT_OFF);
        }
    }

    private static Duration quickest(int port) throws IOException {
        Duration quickest = Duration.ofHours(1);
        for (int i = 0; i < CONNECTIONS && quickest.compareTo(PUT_OFF) >= 0; i++) {
            try (SSLSocket client = TLS.over(new OpenSslLike(port))) {
                assertThat(client.getTcpNoDelay()).isFalse();
                long begun = System.nanoTime();
                client.getOutputStream().write(REQUEST);
                assertThat(client.getInputStream().read()).isEqualTo('H');
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                quickest = took.compareTo(quickest) < 0 ? took : quickest;
            }
        }
        return quickest;
    }

    private static TestGateway over(Transport transport, LaneTable table) {
        assumeTrue(Sockets.canDo(transport), () -> transport + " is not available here");
        return TestGateway.over(
                table,
                config -> TestTls.addListener(
                        TestGateway.with(config, 1, transport),
                        "tls",
                        TLS.tls(null, TlsConfig.Version.V1_3, "server")));
    }

    /** Sends the last messages of a handshake in one piece, as OpenSSL does; Java sends the first of them by itself. */
    private static final class OpenSslLike extends Socket {

        private static final int CHANGE_CIPHER_SPEC = 20;

        OpenSslLike(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {

                private byte[] held = new byte[0];

                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    byte[] all = Arrays.copyOf(held, held.length + length);
                    System.arraycopy(bytes, from, all, held.length, length);
                    boolean first = held.length == 0 && length > 0 && bytes[from] == CHANGE_CIPHER_SPEC;
                    held = first ? all : new byte[0];
                    if (!first) {
                        out.write(all);
                    }
                }
            };
        }
    }
}
