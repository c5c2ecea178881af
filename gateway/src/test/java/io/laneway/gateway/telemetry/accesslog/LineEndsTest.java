package io.laneway.gateway.telemetry.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.decision.Reason;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LineEndsTest {

    private final LineEnds tails = new LineEnds();

    private LineEnds.Tail of(String upstream, String lane, Reason reason) {
        return tails.of(upstream, "order", lane, lane, reason);
    }

    @Test
    void theSameCombinationFindsItsBytesAgain() {
        byte[] bytes = {1};
        Objects.requireNonNull(of("10.0.0.1:80", "f-1", Reason.LANE)).keep(bytes);
        assertThat(Objects.requireNonNull(of("10.0.0.1:80", "f-1", Reason.LANE)).bytes())
                .isSameAs(bytes);
    }

    @Test
    void anyPartThatDiffersIsAnotherTail() {
        Objects.requireNonNull(of("10.0.0.1:80", "f-1", Reason.LANE)).keep(new byte[] {1});
        assertThat(tails.of("10.0.0.1:80", "order", "f-1", "f-1", Reason.FALLBACK_ABSENT))
                .isNull();
        assertThat(tails.of("10.0.0.1:80", "pay", "f-1", "f-1", Reason.LANE)).isNull();
        assertThat(tails.of("10.0.0.1:80", "order", "f-1x".substring(0, 3), "f-1", Reason.LANE))
                .isNull();
    }

    @Test
    void aNewcomerTakesThePlaceOfOneThatWasMissedOften() {
        of("10.0.0.1:80", "f-1", Reason.LANE);
        LineEnds.Tail newcomer = null;
        int asked = 0;
        while (newcomer == null) {
            newcomer = of("10.0.0.1:80", "f-1", Reason.SHIFT);
            asked++;
        }
        assertThat(asked).isEqualTo(17);
        assertThat(of("10.0.0.1:80", "f-1", Reason.SHIFT)).isSameAs(newcomer);
    }
}
