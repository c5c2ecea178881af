package io.laneway.control.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.gateways.Measure;
import io.laneway.control.guard.Verdict.Chances;
import io.laneway.control.guard.Verdict.OfService;
import io.laneway.control.guard.Verdict.Word;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanCurvesTest {

    private static Verdict verdict(int services) {
        List<OfService> all = IntStream.range(0, services)
                .mapToObj(n -> new OfService(
                        "s-%03d".formatted(n), Word.FINE, "", true, Measure.NONE, Measure.NONE, null, Chances.UNKNOWN))
                .toList();
        return Verdict.of(all, List.of());
    }

    @Test
    void aLongPlanKeepsItsBeginningAndItsEndWithinItsBounds() {
        PlanCurves curves = new PlanCurves();
        long last = 14 * 24 * 3_600_000L;
        for (long at = 0; at <= last; at += 1_000) {
            curves.add(at, verdict(1));
        }
        List<Long> times = curves.json().getJsonArray("times").stream()
                .map(at -> Instant.parse((String) at).toEpochMilli())
                .toList();

        assertThat(times)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeBetween(PlanCurves.MOST_POINTS / 2, PlanCurves.MOST_POINTS);
        assertThat(times.get(0)).isZero();
        assertThat(times.get(times.size() - 1)).isGreaterThan(last - last / 100);
    }

    @Test
    void asManyValuesAsTimesAndNullForWhatIsUnknown() {
        PlanCurves curves = new PlanCurves();
        curves.add(0, verdict(0));
        curves.add(PlanCurves.EVERY_MS, verdict(PlanCurves.MOST_SERVICES + 9));
        var services = curves.json().getJsonArray("services");

        assertThat(services).hasSize(PlanCurves.MOST_SERVICES);
        assertThat(services.getJsonObject(0).getJsonArray("p99")).hasSize(2).containsOnlyNulls();
    }
}
