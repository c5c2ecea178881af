package io.laneway.gateway.runtime.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantSampleTest {

    private final TenantSample seen = new TenantSample();

    private List<String> taken() {
        List<String> taken = new ArrayList<>();
        seen.take((shift, tenant) -> taken.add(shift + "/" + tenant));
        return taken;
    }

    @Test
    void handsOutEachOnceUntilItIsSeenAgain() {
        seen.add("s", Slice.of("bank-1"));
        seen.add("s", Slice.of("bank-1"));
        seen.add("t", Slice.of("bank-1"));
        seen.add("s", Slice.of("租户"));

        assertThat(taken()).containsExactlyInAnyOrder("s/bank-1", "t/bank-1", "s/租户");
        assertThat(taken()).isEmpty();

        seen.add("s", Slice.of("bank-1"));
        assertThat(taken()).containsExactly("s/bank-1");
    }

    @Test
    void keepsNoMoreThanItHasPlacesAndNoneThatIsLong() {
        for (int i = 0; i < 100_000; i++) {
            seen.add("s", Slice.of("tenant-" + i));
        }
        seen.add("s", Slice.of("x".repeat(TenantSample.LONGEST + 1)));

        assertThat(taken())
                .hasSizeBetween(TenantSample.PLACES / 2, TenantSample.PLACES)
                .noneMatch(each -> each.contains("x"));
    }

    @Test
    void looksAtTheFirstAndThenAtSome() {
        assertThat(seen.wanted()).isTrue();
        int wanted = 0;
        for (int i = 0; i < 800; i++) {
            wanted += seen.wanted() ? 1 : 0;
        }
        assertThat(wanted).isEqualTo(100);
    }
}
