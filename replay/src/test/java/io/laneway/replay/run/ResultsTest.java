package io.laneway.replay.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.Records;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ReplayedResponse;
import io.laneway.replay.result.ResultWriter;
import io.laneway.replay.result.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final Instant THEN = Instant.parse("2026-11-30T01:30:00Z");

    @TempDir
    private Path directory;

    private static ReplayedRequest line(long sequence, Side... failed) {
        List<ReplayedResponse> sides = Arrays.stream(new Side[] {Side.BASE1, Side.LANE, Side.BASE2})
                .map(side -> side(side, List.of(failed).contains(side)))
                .toList();
        return new ReplayedRequest(sequence, Records.record().make(), sides);
    }

    private static ReplayedResponse side(Side side, boolean failed) {
        RecordedResponse response = new RecordedResponse(200, List.of(), RecordedBody.NONE, List.of());
        return new ReplayedResponse(
                side, THEN, Duration.ZERO, Duration.ofMillis(1), failed ? null : response, failed ? "refused" : "");
    }

    private Compared compared(ReplayedRequest... lines) throws Exception {
        Path file = directory.resolve("results.jsonl.gz");
        try (ResultWriter writer =
                ResultWriter.create(file, new ReplayHeader("r-1", "a", "http://gw", "f-1", "master", THEN))) {
            for (ReplayedRequest line : lines) {
                writer.write(line);
            }
        }
        return new Results(file).compare(DiffRules.NONE, null);
    }

    @Test
    void aRequestWithoutAResponseOfTheLaneIsADifference() throws Exception {
        Compared away = compared(line(0), line(1, Side.LANE), line(2, Side.values()), line(3));
        assertThat(away.report().requests()).isEqualTo(4);
        assertThat(away.report().findings()).isNotEmpty();
    }

    @Test
    void whatFailedFirstIsNoDifferenceOnceItHasAResponse() throws Exception {
        Compared back = compared(
                line(0), line(1, Side.LANE), line(2, Side.values()), line(1, Side.LANE), line(1), line(2), line(3));
        assertThat(back.report().requests()).isEqualTo(4);
        assertThat(back.report().findings()).isEmpty();
    }
}
