package io.laneway.kafka.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trace-branch=f-1                       | f-1",
                "user=7,trace-branch=feature/x;ttl=3    | feature/x",
                "user=7 , trace-branch = feature%2Fx    | feature/x",
                "trace-branch=f-1,trace-branch=f-2      | f-1"
            })
    void baggageNamesTheLaneOfARecordWithoutTheHeader(String baggage, String lane) {
        assertThat(LaneHeader.DEFAULT.read(headers("baggage", baggage))).isEqualTo(lane);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "user=7", "trace-branch=", "trace-branch=--", "trace-branch=a%0Ab", "xtrace-branch=f-1"})
    void baggageThatNamesNoLaneIsNone(String baggage) {
        assertThat(LaneHeader.DEFAULT.read(headers("baggage", baggage))).isNull();
    }

    @Test
    void theHeaderCountsBeforeBaggageUnlessItNamesNoLane() {
        assertThat(LaneHeader.DEFAULT.read(headers("trace-branch", "f-1", "baggage", "trace-branch=f-2")))
                .isEqualTo("f-1");
        assertThat(LaneHeader.DEFAULT.read(headers("trace-branch", "", "baggage", "trace-branch=f-2")))
                .isEqualTo("f-2");
    }

    @Test
    void aLaneThatOnlyBaggageNamesIsKeptAndWrittenOut() {
        Headers headers = headers("baggage", "trace-branch=f-2");
        LaneHeader.DEFAULT.write(headers, "f-1");
        assertThat(new String(headers.lastHeader("trace-branch").value(), UTF_8))
                .isEqualTo("f-2");
    }

    @Test
    void aHeaderThatNamesNoLaneIsWrittenOver() {
        Headers headers = headers("trace-branch", "");
        LaneHeader.DEFAULT.write(headers, "f-1");
        assertThat(LaneHeader.DEFAULT.read(headers)).isEqualTo("f-1");
    }

    private static Headers headers(String... pairs) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1].getBytes(UTF_8));
        }
        return headers;
    }
}
