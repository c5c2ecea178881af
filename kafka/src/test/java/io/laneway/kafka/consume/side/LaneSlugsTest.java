package io.laneway.kafka.consume.side;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.kafka.lane.LaneHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LaneSlugsTest {

    private final LaneSlugs slugs = new LaneSlugs(LaneHeader.DEFAULT);

    @Test
    void readsWhatTheHeaderReadsAlsoWhenItRemembersTheRecordBefore() {
        for (int round = 0; round < 2; round++) {
            assertThat(slug("feature/x", null)).isEqualTo("feature-x");
            assertThat(slug(null, "user=7,trace-branch=feature/y")).isEqualTo("feature-y");
            assertThat(slug("", "trace-branch=f-2")).isEqualTo("f-2");
            assertThat(slug("f-1", "trace-branch=f-2")).isEqualTo("f-1");
            assertThat(slug(null, "user=7")).isNull();
            assertThat(slug(null, null)).isNull();
        }
    }

    private String slug(String header, String baggage) {
        RecordHeaders headers = new RecordHeaders();
        if (header != null) {
            headers.add("trace-branch", header.getBytes(UTF_8));
        }
        if (baggage != null) {
            headers.add("baggage", baggage.getBytes(UTF_8));
        }
        return slugs.slug(headers);
    }
}
