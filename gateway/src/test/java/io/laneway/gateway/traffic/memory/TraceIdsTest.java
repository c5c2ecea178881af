package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One trace has one key, whichever header says it; what is no id has none. */
class TraceIdsTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + ID + "-00f067aa0ba902b7-01";

    private final IdHash.Seeds seeds = IdHash.Seeds.of(new SplittableRandom(3));

    private static HeaderLines lines(String... namesAndValues) {
        HeaderLines lines = new HeaderLines();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(HeaderName.of(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return lines;
    }

    private TraceIds read(String name, String value) {
        TraceIds ids = new TraceIds(new IdHash(seeds));
        ids.read(lines(name, value), true);
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-b7ad6b7169203331-00",
        "traceparent, 01-4BF92F3577B34DA6A3CE929D0E0E4736-b7ad6b7169203331-00-more",
        "b3, 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "b3, 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1-05e3ac9a4f6e3b90",
        "x-b3-traceid, 4bf92f3577b34da6a3ce929d0e0e4736",
        "uber-trace-id, 4bf92f3577b34da6a3ce929d0e0e4736:1:0:1",
        "uber-trace-id, 4bf92f3577b34da6a3ce929d0e0e4736%3A1%3A0%3A1"
    })
    void theSameNumberIsTheSameId(String name, String value) {
        TraceIds expected = read("traceparent", TRACEPARENT);
        TraceIds ids = read(name, value);

        assertThat(ids.count()).isEqualTo(1);
        assertThat(ids.key(0)).isEqualTo(expected.key(0));
        assertThat(ids.check(0)).isEqualTo(expected.check(0));
    }

    @Test
    void leadingZerosDoNotCount() {
        assertThat(read("uber-trace-id", "a3ce929d0e0e4736:1:0:1").key(0))
                .isEqualTo(read("b3", "a3ce929d0e0e4736-1").key(0))
                .isEqualTo(read("traceparent", "00-0000000000000000a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .key(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "traceparent | 00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "traceparent | 00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "traceparent | 00-4bf92f3577b34da6a3ce929d0e0e47360-00f067aa0ba902b7-01",
                "traceparent | 4bf92f3577b34da6a3ce929d0e0e4736",
                "traceparent | 00",
                "traceparent | ''",
                "b3 | 0",
                "b3 | 1",
                "b3 | d",
                "b3 | 4bf92f3577b34da6a3ce929d0e0e4736",
                "x-b3-traceid | 4bf92f3577b34da6a3ce929d0e0e4736-1",
                "x-b3-traceid | xyz",
                "uber-trace-id | :1:0:1",
                "uber-trace-id | 4bf92f3577b34da6a3ce929d0e0e47361:1:0:1",
                "uber-trace-id | 4bf92f",
                "sw8 | 1",
                "sw8 | 1-",
                "sw8 | 1--c2Vn-3",
                "sw8 | 1-VFJBQ0U",
                "x-request-id | ''"
            })
    void whatIsNoIdHasNone(String name, String value) {
        assertThat(read(name, value).count()).isZero();
    }

    @Test
    void skywalkingsTraceIsTheIdWhateverItsSegment() {
        assertThat(read("sw8", "1-VFJBQ0U=-c2VnMQ==-3-c3Zj-aQ==-L2E=-YQ==").key(0))
                .isEqualTo(
                        read("sw8", "0-VFJBQ0U=-c2VnMg==-0-c3Zj-aQ==-L2I=-Yg==").key(0))
                .isNotEqualTo(
                        read("sw8", "1-VFJBQ0Y=-c2VnMQ==-3-c3Zj-aQ==-L2E=-YQ==").key(0));
    }

    @Test
    void severalIdsOfOneRequestAreEachItsOwn() {
        TraceIds ids = new TraceIds(new IdHash(seeds));
        HeaderLines request = lines(
                "traceparent",
                TRACEPARENT,
                "b3",
                ID + "-00f067aa0ba902b7-1",
                "sw8",
                "1-VFJBQ0U=-c2VnMQ==-3-c3Zj-aQ==-L2E=-YQ==",
                "x-request-id",
                "r-1");
        ids.read(request, true);
        assertThat(ids.count()).isEqualTo(3);
        ids.read(request, false);
        assertThat(ids.count()).isEqualTo(2);
    }

    @Test
    void textsOfAllLengthsDiffer() {
        Set<Long> keys = new HashSet<>();
        StringBuilder text = new StringBuilder();
        for (int length = 1; length <= 256; length++) {
            keys.add(read("x-request-id", text.append('a').toString()).key(0));
        }
        assertThat(keys).hasSize(256);
        assertThat(read("x-request-id", text.append('a').toString()).count()).isZero();
    }
}
