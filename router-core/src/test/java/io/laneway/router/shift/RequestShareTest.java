package io.laneway.router.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.shift.ShiftChange.Wanted;
import io.laneway.router.text.Slice;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shares of requests without a tenant. */
class RequestShareTest {

    private static final List<String> LANES = List.of("G0", "G1", "G2");

    private static Wanted want(String lane, String share, String requests) {
        return new Wanted(lane, Share.parse(share), null, requests == null ? null : Share.parse(requests));
    }

    private static Shift apply(Shift old, Wanted... wanted) {
        return ShiftChange.of(List.of(wanted)).applyTo("default", old).orElseThrow(IllegalArgumentException::new);
    }

    private static int[] requests(Shift shift) {
        Assignment assignment = new Assignment(shift);
        return IntStream.range(0, Share.SLOTS).map(assignment::requestOwner).toArray();
    }

    private static int[] tenants(Shift shift) {
        Assignment assignment = new Assignment(shift);
        return IntStream.range(0, Share.SLOTS).map(assignment::owner).toArray();
    }

    private static int count(int[] owners, int environment) {
        return (int) Arrays.stream(owners).filter(owner -> owner == environment).count();
    }

    /** A share of each lane, at most all in sum. */
    private static int[] shares(Random random) {
        int left = Share.SLOTS;
        int[] shares = new int[LANES.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(left + 1);
            left -= shares[i];
        }
        return shares;
    }

    private static Shift apply(Shift old, int[] tenants, int[] requests) {
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < LANES.size(); i++) {
            wanted.add(new Wanted(LANES.get(i), new Share(tenants[i]), null, new Share(requests[i])));
        }
        return ShiftChange.of(wanted).applyTo("default", old).orElseThrow(IllegalArgumentException::new);
    }

    @Test
    void anyChainOfChangesKeepsSharesExactAndMovesOnlyWhatItMust() {
        Random random = new Random(20_261_129);
        int[] had = new int[LANES.size()];
        Shift shift = apply(null, had, had);
        for (int round = 0; round < 500; round++) {
            int[] before = requests(shift);
            int[] wanted = shares(random);
            shift = apply(shift, shares(random), wanted);
            int[] now = requests(shift);
            for (int i = 0; i < LANES.size(); i++) {
                int lane = i;
                long stay = IntStream.range(0, Share.SLOTS)
                        .filter(slot -> before[slot] == lane && now[slot] == lane)
                        .count();
                assertThat(count(now, lane)).isEqualTo(wanted[lane]);
                assertThat(stay).isEqualTo(Math.min(had[lane], wanted[lane]));
            }
            had = wanted;
        }
    }

    @Test
    void raisingAShareTakesFromBaseOnlyAndLoweringOneGivesToBaseOnly() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            int[] wanted = shares(random);
            Shift shift = apply(apply(null, wanted, shares(random)), wanted, wanted);
            int[] before = requests(shift);
            int lane = random.nextInt(LANES.size());
            int most = wanted[lane] + count(before, Assignment.BASE);
            int share = random.nextInt(most + 1);
            boolean raised = share > wanted[lane];
            int[] next = wanted.clone();
            next[lane] = share;
            int[] now = requests(apply(shift, wanted, next));
            for (int slot = 0; slot < Share.SLOTS; slot++) {
                if (before[slot] != now[slot]) {
                    assertThat(before[slot]).isEqualTo(raised ? Assignment.BASE : lane);
                    assertThat(now[slot]).isEqualTo(raised ? lane : Assignment.BASE);
                }
            }
        }
    }

    @Test
    void tenantsAndRequestsDoNotMoveEachOther() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            int[] tenants = shares(random);
            int[] requests = shares(random);
            Shift shift = apply(apply(null, shares(random), shares(random)), tenants, requests);
            assertThat(tenants(apply(shift, tenants, shares(random)))).isEqualTo(tenants(shift));
            assertThat(requests(apply(shift, shares(random), requests))).isEqualTo(requests(shift));
        }
    }

    @Test
    void aRequestGoesWhereTheSlotOfItsIdBelongs() {
        Random random = new Random(3);
        Shift shift = apply(apply(null, want("G0", "0%", "10%"), want("G1", "0%", "5%")), want("G0", "0%", "20%"));
        assertThat(shift.environments().get(0).requests().slots()).containsExactly(new SlotRange(0, 1_999));
        shift = apply(
                apply(null, want("G0", "30%", "10%"), want("G1", "0%", "5%")),
                want("G0", "30%", "12%"),
                want("G1", "0%", null));
        assertThat(shift.environments().get(0).requests().slots())
                .containsExactly(new SlotRange(0, 999), new SlotRange(1_500, 1_699));
        Assignment assignment = new Assignment(shift);
        int[] counts = new int[2];
        for (int i = 0; i < 100_000; i++) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            int slot = new TenantSlots("default").of(id);
            int assigned = assignment.assignRequest(Slice.of(id));
            boolean first = slot < 1_000 || (slot >= 1_500 && slot < 1_700);
            assertThat(assignment.lane(assigned)).isEqualTo(first ? "G0" : slot < 1_500 ? "G1" : null);
            assertThat(Assignment.pinned(assigned)).isFalse();
            if (assigned >= 0) {
                counts[assigned]++;
            }
        }
        // Five standard deviations of the binomial distribution.
        assertThat(counts[0]).isBetween(11_486, 12_514);
        assertThat(counts[1]).isBetween(4_655, 5_345);
    }

    @Test
    void anOmittedShareOfANamedEnvironmentIsKeptAndOneNotNamedGetsNone() {
        Shift shift = apply(null, want("G0", "0%", "10%"), want("G1", "0%", "5%"));
        Shift next = apply(shift, want("G0", "20%", null));
        assertThat(next.environments().get(0).requests())
                .isEqualTo(shift.environments().get(0).requests());
        assertThat(next.environments().get(1).requests()).isEqualTo(SlotShare.NONE);
        assertThat(new Assignment(apply(next, want("G0", "20%", "0%"))).dividesRequests())
                .isFalse();
    }

    @Test
    void refusesMoreThanAllWithWhatIsKept() {
        Shift shift = apply(null, want("G0", "0%", "60%"), want("G1", "0%", "40%"));
        assertThatThrownBy(() -> apply(shift, want("G0", "0%", "60.01%"), want("G1", "0%", null)))
                .hasMessage("environments: requests of 100.01% in sum (expected: at most 100%)");
        assertThat(requests(apply(shift, want("G0", "0%", "100%")))).containsOnly(0);
    }

    @Test
    void previewCountsTheSlotsOfRequestsByThemselves() {
        Shift before = apply(null, want("G0", "20%", "10%"));
        Shift after = apply(before, want("G0", "20%", "4%"), want("G1", "0%", "1%"));
        ShiftPreview preview = ShiftPreview.of(before, after, "master", List.of());
        assertThat(preview.slots()).isEmpty();
        assertThat(preview.requests())
                .containsExactlyInAnyOrder(
                        new ShiftPreview.SlotMove("G0", "G1", 100), new ShiftPreview.SlotMove("G0", "master", 500));
        assertThat(ShiftPreview.of(
                                before,
                                new Shift("default", false, List.of(), before.environments()),
                                "master",
                                List.of())
                        .requests())
                .containsExactly(new ShiftPreview.SlotMove("G0", "master", 1_000));
    }
}
