package io.laneway.gateway.runtime.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WriteBuffersTest {

    private final WriteBuffers buffers = new WriteBuffers();

    private ByteBuf take() {
        return Objects.requireNonNull(buffers.take(100));
    }

    @Test
    void givesTheSameBufferAgainWhenItsBytesHaveLeft() {
        ByteBuf one = take();
        one.writeLong(1);
        one.release();
        ByteBuf again = take();
        assertThat(again).isSameAs(one);
        assertThat(again.readableBytes()).isZero();
        assertThat(again.writableBytes()).isEqualTo(WriteBuffers.SMALL);
        again.release();
    }

    @Test
    void givesNoneThatIsStillWritten() {
        List<ByteBuf> taken = new ArrayList<>();
        for (ByteBuf buffer = buffers.take(100); buffer != null; buffer = buffers.take(100)) {
            assertThat(taken).doesNotContain(buffer);
            taken.add(buffer.writeLong(taken.size()));
        }
        for (int i = 0; i < taken.size(); i++) {
            assertThat(taken.get(i).readLong()).isEqualTo(i);
        }
        assertThat(taken).hasSizeGreaterThan(16);
        taken.forEach(ByteBuf::release);
        assertThat(buffers.take(100)).isNotNull();
    }

    @Test
    void givesLargeOnesForMoreAndNoneForTooMuch() {
        ByteBuf large = Objects.requireNonNull(buffers.take(WriteBuffers.SMALL + 1));
        assertThat(large.writableBytes()).isEqualTo(WriteBuffers.LARGE);
        assertThat(buffers.take(WriteBuffers.LARGE + 1)).isNull();
        large.release();
    }

    @Test
    void aBufferWithAnotherReferenceIsNotFree() {
        ByteBuf one = take();
        ByteBuf rest = one.writeLong(7).retainedSlice();
        one.release();
        ByteBuf other = take();
        assertThat(other).isNotSameAs(one);
        other.release();
        rest.release();
    }
}
