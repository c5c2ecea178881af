package io.laneway.kafka.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.lane.LaneHeader;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class LaneProducerInterceptorTest {

    @Test
    void marksARecordWithTheLaneOfTheCurrentWork() {
        LaneContext.run(
                "f-2",
                () -> assertThat(laneAfterSend(interceptor("f-1"), "order")).isEqualTo("f-2"));
        assertThat(LaneContext.current()).isNull();
    }

    @Test
    void marksARecordWithTheLaneOfTheProcessWhereNoWorkNamesOne() {
        assertThat(laneAfterSend(interceptor("feature/x"), "order")).isEqualTo("feature/x");
    }

    @Test
    void leavesARecordUnmarkedWithoutAnyLane() {
        assertThat(laneAfterSend(interceptor(""), "order")).isNull();
        assertThat(laneAfterSend(interceptor("master"), "order")).isNull();
    }

    @Test
    void leavesTopicsAloneThatWereNotNamed() {
        assertThat(laneAfterSend(interceptor("f-1"), "audit")).isNull();
        assertThat(laneAfterSend(interceptor("f-1"), "payment.done")).isEqualTo("f-1");
    }

    @Test
    void keepsTheLaneThatARecordNames() {
        ProducerRecord<String, String> record = new ProducerRecord<>("order", "v");
        record.headers().add("trace-branch", "f-9".getBytes(UTF_8));
        interceptor("f-1").onSend(record);
        assertThat(LaneHeader.DEFAULT.read(record.headers())).isEqualTo("f-9");
    }

    @Test
    void refusesSettingsThatDoNotExist() {
        LaneProducerInterceptor<String, String> interceptor = new LaneProducerInterceptor<>(Map.of());
        assertThatThrownBy(() -> interceptor.configure(Map.of("laneway.lanes", "f-1")))
                .hasMessageStartingWith("laneway.lanes: unknown");
    }

    private static LaneProducerInterceptor<String, String> interceptor(String lane) {
        LaneProducerInterceptor<String, String> interceptor =
                new LaneProducerInterceptor<>(Map.of("LANEWAY_LANE", lane));
        interceptor.configure(Map.of("laneway.topics", "order, payment.*", "acks", "all"));
        return interceptor;
    }

    private static String laneAfterSend(LaneProducerInterceptor<String, String> interceptor, String topic) {
        return LaneHeader.DEFAULT.read(
                interceptor.onSend(new ProducerRecord<>(topic, "v")).headers());
    }
}
