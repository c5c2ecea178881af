package io.laneway.gateway.traffic.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameBoundsTest {

    private final SplittableRandom chance = new SplittableRandom(1);
    private final FrameBounds bounds = new FrameBounds();

    private static ByteBuf frame(int opcode, boolean masked, int length) {
        ByteBuf frame = Unpooled.buffer().writeByte(0x80 | opcode);
        int mask = masked ? 0x80 : 0;
        if (length < 126) {
            frame.writeByte(mask | length);
        } else if (length < 65_536) {
            frame.writeByte(mask | 126).writeShort(length);
        } else {
            frame.writeByte(mask | 127).writeLong(length);
        }
        return frame.writeZero((masked ? 4 : 0) + length);
    }

    @Test
    void findsTheEndOfEveryFrameHoweverTheBytesAreCut() {
        for (int round = 0; round < 2_000; round++) {
            bounds.start();
            int[] lengths = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000};
            ByteBuf frame = frame(2, chance.nextBoolean(), lengths[chance.nextInt(lengths.length)]);
            while (frame.isReadable()) {
                int n = 1 + chance.nextInt(frame.readableBytes() < 20 ? frame.readableBytes() : 20_000);
                bounds.pass(frame.readSlice(Math.min(n, frame.readableBytes())));
                assertThat(bounds.between()).isEqualTo(!frame.isReadable());
            }
            assertThat(bounds.closed()).isFalse();
        }
    }

    @Test
    void cutsWhatComesAtTheEndOfTheFrameUnderWay() {
        ByteBuf both = frame(1, true, 300).writeBytes(frame(1, true, 10));
        int first = 2 + 2 + 4 + 300;
        bounds.start();
        bounds.pass(both.readSlice(5));

        assertThat(bounds.passFrame(both)).isEqualTo(first - 5);
        assertThat(bounds.between()).isTrue();
        assertThat(bounds.passFrame(both)).isZero();
    }

    @Test
    void seesThatACloseFrameHasPassed() {
        bounds.start();
        bounds.pass(frame(8, false, 2));

        assertThat(bounds.closed()).isTrue();
        assertThat(bounds.between()).isTrue();
    }

    @Test
    void neverEndsAFrameWhoseLengthBreaksTheRules() {
        bounds.start();
        bounds.pass(Unpooled.buffer().writeShort(0x827f).writeLong(-5).writeZero(1_000));

        assertThat(bounds.between()).isFalse();
    }

    @Test
    void saysGoodbyeAsServerAndAsClient() {
        assertThat(FrameBounds.goingAway()).containsExactly(0x88, 0x02, 0x03, 0xe9);
        byte[] masked = FrameBounds.maskedGoodbye(chance);
        assertThat(masked).startsWith(0x88, 0x82);
        assertThat(masked[6] ^ masked[2]).isEqualTo(0x03);
        assertThat((byte) (masked[7] ^ masked[3])).isEqualTo((byte) 0xe9);
    }
}
