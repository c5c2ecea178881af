package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Floods end their own connection alone and have a counter each (RFC 9113 section 10.5). */
class FloodIT {

    private static final int MANY = 5_000;
    private static final int CALM = 11;

    private final Upstream upstream = Upstream.saying("well");
    private final TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));

    @AfterEach
    void close() {
        gateway.close();
        upstream.close();
    }

    private static byte[] frames(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(frames).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        return FrameSocket.bytes(payload.length, type, flags, stream, payload);
    }

    /** Makes the n-th piece of a flood. */
    @FunctionalInterface
    interface Piece {
        byte[] of(FrameSocket client, int n);
    }

    static Stream<Arguments> floods() {
        byte[] ping = new byte[8];
        return Stream.of(
                flood(Offence.RAPID_RESET, (client, n) -> {
                    byte[] block = client.block(FrameSocket.GET);
                    return frames(
                            frame(FrameSocket.HEADERS, 5, 2 * n + 3, block),
                            frame(FrameSocket.RST_STREAM, 0, 2 * n + 3, FrameSocket.integer(8)));
                }),
                flood(
                        Offence.CONTINUATION_FLOOD,
                        (client, n) -> n == 0
                                ? frame(FrameSocket.HEADERS, 1, 3, client.block(FrameSocket.GET))
                                : frame(FrameSocket.CONTINUATION, 0, 3)),
                flood(Offence.SETTINGS_FLOOD, (client, n) -> frame(FrameSocket.SETTINGS, 0, 0)),
                flood(Offence.PING_FLOOD, (client, n) -> frame(FrameSocket.PING, 0, 0, ping)),
                flood(
                        Offence.EMPTY_DATA_FLOOD,
                        (client, n) -> n == 0
                                ? frame(FrameSocket.HEADERS, 4, 3, client.block(FrameSocket.POST))
                                : frame(FrameSocket.DATA, 0, 3)),
                flood(
                        Offence.WINDOW_UPDATE_FLOOD,
                        (client, n) -> frame(FrameSocket.WINDOW_UPDATE, 0, 0, FrameSocket.integer(1))),
                flood(
                        Offence.CONTROL_FLOOD,
                        (client, n) -> frame(FrameSocket.PRIORITY, 0, 2 * n + 3, new byte[] {0, 0, 0, 0, 16})));
    }

    private static Arguments flood(Offence offence, Piece piece) {
        return Arguments.of(offence, piece);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void endsTheConnectionAndIsCounted(Offence offence, Piece piece) {
        try (FrameSocket bystander = FrameSocket.client(gateway.port());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            assertThat(client.get(1, "/", "").status()).isEqualTo(200);
            pour(client, piece);
            await().untilAsserted(() -> assertThat(gateway.count(offence)).isEqualTo(1));
            assertThat(bystander.get(1, "/", "").body()).isEqualTo("well");
        }
        await().untilAsserted(() ->
                assertThat(gateway.sum(stats -> stats.activeRequests.get())).isZero());
        for (Offence other : Offence.values()) {
            assertThat(gateway.count(other)).as("%s", other).isEqualTo(other == offence ? 1 : 0);
        }
    }

    private static void pour(FrameSocket client, Piece piece) {
        try {
            for (int n = 0; n < MANY; n++) {
                client.send(piece.of(client, n));
            }
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).as("the gateway has closed").isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void aWindowUpdateOfNothingResetsItsStreamAlone() {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST).window(1, 0);
            assertThat(client.await(FrameSocket.RST_STREAM).error()).isEqualTo(1);
            assertThat(client.get(3, "/", "").status()).isEqualTo(200);
            client.window(0, 0);
            assertThat(client.await(FrameSocket.GOAWAY).error()).isEqualTo(1);
        }
        await().untilAsserted(() -> assertThat(gateway.count(Offence.MALFORMED)).isPositive());
    }

    @Test
    void tellsItsClientToBeCalm() {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            pour(client, (socket, n) -> frame(FrameSocket.PING, 0, 0, new byte[8]));
            FrameSocket.Frame last = client.await(FrameSocket.GOAWAY);
            assertThat(last == null ? CALM : last.error()).isEqualTo(CALM);
        }
    }

    @Test
    void aLongDownloadWithAWindowUpdateForEveryPieceIsNoFlood() {
        String long1 = "x".repeat(4_000_000);
        try (Upstream big = Upstream.saying(long1);
                TestGateway other = TestGateway.over(Tables.one(Protocol.HTTP1, big.port()));
                FrameSocket client = FrameSocket.client(other.port())) {
            assertThat(client.get(1, "/", "").body()).hasSize(long1.length());
            assertThat(other.count(Offence.WINDOW_UPDATE_FLOOD)).isZero();
        }
    }
}
