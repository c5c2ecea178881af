package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the corpus does not say of PROXY headers: what holds however they are cut or garbled. */
class ProxyHeaderTest {

    private static final byte[] TEXT =
            "PROXY TCP4 192.0.2.7 192.0.2.1 4711 80\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] BINARY = {
        13,
        10,
        13,
        10,
        0,
        13,
        10,
        'Q',
        'U',
        'I',
        'T',
        10,
        0x21,
        0x11,
        0,
        17,
        (byte) 192,
        0,
        2,
        7,
        (byte) 192,
        0,
        2,
        1,
        0x12,
        0x67,
        0,
        80,
        5,
        0,
        2,
        'h',
        'i'
    };

    @Test
    void isWholeOnlyWithItsLastByte() {
        for (byte[] bytes : new byte[][] {TEXT, BINARY}) {
            for (int n = 0; n < bytes.length; n++) {
                ProxyHeader header = ProxyHeader.read(Unpooled.wrappedBuffer(bytes, 0, n));
                assertThat(header.whole() || header.malformed())
                        .as("%d bytes", n)
                        .isFalse();
            }
            ProxyHeader header =
                    ProxyHeader.read(Unpooled.wrappedBuffer(bytes, "GET".getBytes(StandardCharsets.UTF_8)));
            assertThat(header.length()).isEqualTo(bytes.length);
            assertThat(header.source()).hasToString("/192.0.2.7:4711");
        }
    }

    @Test
    void takesTheLongestLineAndNoLonger() {
        String longest = "PROXY UNKNOWN " + "f".repeat(91) + "\r\n";
        assertThat(longest).hasSize(107);
        assertThat(ProxyHeader.read(Unpooled.wrappedBuffer(longest.getBytes(StandardCharsets.UTF_8)))
                        .length())
                .isEqualTo(107);
        String longer = "PROXY UNKNOWN " + "f".repeat(92) + "\r\n";
        assertThat(ProxyHeader.read(Unpooled.wrappedBuffer(longer.getBytes(StandardCharsets.UTF_8)))
                        .malformed())
                .isTrue();
    }

    @Test
    void neverTakesMoreThanThereIsOrThrows() {
        SplittableRandom chance = new SplittableRandom(5);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = (chance.nextBoolean() ? TEXT : BINARY).clone();
            for (int n = chance.nextInt(4); n >= 0; n--) {
                bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
            }
            ByteBuf in = Unpooled.wrappedBuffer(Arrays.copyOf(bytes, chance.nextInt(bytes.length + 1)));
            ProxyHeader header = ProxyHeader.read(in);
            assertThat(header.length()).isLessThanOrEqualTo(in.readableBytes());
            assertThat(in.readerIndex()).isZero();
        }
    }
}
