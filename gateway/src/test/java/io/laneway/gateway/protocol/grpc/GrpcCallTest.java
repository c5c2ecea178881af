package io.laneway.gateway.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcCallTest {

    private static HeaderLines with(String name, String value) {
        HeaderLines lines = new HeaderLines();
        lines.add(HeaderName.of(name), value);
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc+proto", "Application/GRPC", "application/grpc; a=b"})
    void isACallByItsContentType(String type) {
        GrpcCall call = new GrpcCall();
        call.start(with("content-type", type));
        assertThat(call.active()).isTrue();
        assertThat(call.inResponse()).isFalse();
        assertThat(call.responseBegins(with("content-type", type))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc-web", "application/grpcx", "application/grp", "text/plain", ""})
    void isNoneByOthers(String type) {
        GrpcCall call = new GrpcCall();
        call.start(with("content-type", type));
        assertThat(call.active()).isFalse();
        assertThat(call.responseBegins(with("content-type", "application/grpc")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1H,3600000000000",
        "2M,120000000000",
        "3S,3000000000",
        "250m,250000000",
        "7u,7000",
        "99999999n,99999999"
    })
    void readsItsDeadline(String value, long nanos) {
        assertThat(GrpcCall.within(with("grpc-timeout", value))).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "5", "0S", "-1S", "123456789S", "1s", "1 S", "1.5S", "one"})
    void hasNoDeadlineByWhatCannotBeRead(String value) {
        assertThat(GrpcCall.within(with("grpc-timeout", value))).isZero();
    }

    @Test
    void hasALongDeadlineRatherThanNone() {
        assertThat(GrpcCall.within(with("grpc-timeout", "99999999H"))).isGreaterThan(TimeUnit.DAYS.toNanos(365));
    }

    @Test
    void countsMessagesHoweverTheirBytesAreCut() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ByteBuf stream = Unpooled.buffer();
            int messages = random.nextInt(20);
            for (int i = 0; i < messages; i++) {
                int length = random.nextInt(4) == 0 ? 0 : random.nextInt(600);
                stream.writeByte(0).writeInt(length).writeZero(length);
            }
            MessageCounter counter = new MessageCounter();
            counter.start();
            int counted = 0;
            while (stream.isReadable()) {
                counted += counter.count(stream.readSlice(Math.min(stream.readableBytes(), 1 + random.nextInt(40))));
            }
            assertThat(counted).as("seed %s", seed).isEqualTo(messages);
        }
    }

    @Test
    void countsAMessageWhenItIsWhole() {
        MessageCounter counter = new MessageCounter();
        assertThat(counter.count(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 0, 3, 1, 2})))
                .isZero();
        assertThat(counter.count(Unpooled.wrappedBuffer(new byte[] {3, 0, 0, 0, 0, 0, 0, 0})))
                .isEqualTo(2);
        assertThat(counter.count(Unpooled.wrappedBuffer(new byte[] {0, 0}))).isEqualTo(0);
        assertThat(counter.count(Unpooled.wrappedBuffer(new byte[] {0}))).isEqualTo(1);
    }
}
