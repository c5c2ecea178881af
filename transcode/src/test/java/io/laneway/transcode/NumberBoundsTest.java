package io.laneway.transcode;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.api.Distribution;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.Type;
import com.google.protobuf.UInt64Value;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that take long to read are refused at once, wherever they are; others are read. */
class NumberBoundsTest {

    private final Json json = new Json(new Descriptors(List.of(
            com.google.protobuf.WrappersProto.getDescriptor(), com.google.api.DistributionProto.getDescriptor())));

    static Stream<Arguments> numbers() {
        String far = "1e10000000";
        String digits = "9".repeat(1_000_000);
        return Stream.of(
                Arguments.of(far, UInt64Value.newBuilder()),
                Arguments.of('"' + far + '"', UInt64Value.newBuilder()),
                Arguments.of('"' + digits + '"', UInt64Value.newBuilder()),
                Arguments.of("{\"count\":" + digits + "}", Distribution.newBuilder()),
                Arguments.of("{\"bucketCounts\":[1,\"1E+0010000000\"]}", Distribution.newBuilder()),
                Arguments.of("{\"range\":{\"min\":" + digits + "}}", Distribution.newBuilder()),
                Arguments.of(
                        "{\"@type\":\"x/google.protobuf.UInt64Value\",\"value\":\"" + far + "\"}", Any.newBuilder()));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersThatTakeLongAreRefusedAtOnce(String text, Message.Builder into) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> json.read(text, into))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("expected: one that a field can have"));
    }

    @Test
    void othersAreRead() {
        assertThatCode(() -> json.read("\"18446744073709551615\"", UInt64Value.newBuilder()))
                .doesNotThrowAnyException();
        assertThatCode(() -> json.read("{\"mean\":1.5e300,\"count\":\"12\"}", Distribution.newBuilder()))
                .doesNotThrowAnyException();
        assertThatCode(() -> json.read("{\"name\":\"12e45678\"}", Type.newBuilder()))
                .doesNotThrowAnyException();
        assertThatCode(() -> json.read("{\"violations\":[{\"subject\":\"1e99999\"}]}", QuotaFailure.newBuilder()))
                .doesNotThrowAnyException();
        assertThatCode(() -> json.read("{\"retryDelay\":\"1.5s\"}", RetryInfo.newBuilder()))
                .doesNotThrowAnyException();
    }
}
