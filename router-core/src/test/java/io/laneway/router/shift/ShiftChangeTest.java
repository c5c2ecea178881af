package io.laneway.router.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.shift.ShiftChange.Wanted;
import io.laneway.router.text.Slice;
import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShiftChangeTest {

    private static Wanted want(String lane, String share) {
        return new Wanted(lane, Share.parse(share), null);
    }

    private static Shift apply(Shift old, Wanted... wanted) {
        return fitting(ShiftChange.of(List.of(wanted)).applyTo("default", old));
    }

    static Shift fitting(ShiftOutcome outcome) {
        return outcome.orElseThrow(IllegalArgumentException::new);
    }

    private static List<SlotRange> slots(Shift shift, String lane) {
        return shift.environments().stream()
                .filter(environment -> environment.lane().equals(lane))
                .findFirst()
                .map(Environment::slots)
                .orElseThrow();
    }

    private static Set<String> in(Shift shift, String lane) {
        Assignment assignment = new Assignment(shift);
        Set<String> tenants = new HashSet<>();
        IntStream.range(0, 10_000).mapToObj(i -> "tenant-" + i).forEach(tenant -> {
            if (lane.equals(assignment.lane(assignment.assign(Slice.of(tenant))))) {
                tenants.add(tenant);
            }
        });
        return tenants;
    }

    @Test
    void hashesAsThePublishedVectorsOfMurmur3Say() {
        assertThat(murmur("")).isZero();
        assertThat(murmur("test")).isEqualTo(0xba6bd213);
        assertThat(murmur("Hello, world!")).isEqualTo(0xc0363e43);
        assertThat(murmur("The quick brown fox jumps over the lazy dog")).isEqualTo(0x2e4ff723);
        assertThat(TenantSlots.murmur3(new byte[] {0x21, 0x43, 0x65, (byte) 0x87}))
                .isEqualTo(0xf55b516b);
        assertThat(TenantSlots.murmur3(new byte[] {0x21, 0x43, 0x65})).isEqualTo(0x7e4a8634);
        assertThat(TenantSlots.murmur3(new byte[] {0x21, 0x43})).isEqualTo(0xa0f7b07a);
        assertThat(TenantSlots.murmur3(new byte[] {0x21})).isEqualTo(0x72661cf4);
        assertThat(TenantSlots.murmur3(new byte[] {0, 0, 0, 0})).isEqualTo(0x2362f9de);
        assertThat(TenantSlots.murmur3(new byte[] {-1, -1, -1, -1})).isEqualTo(0x76293b50);
    }

    private static int murmur(String text) {
        return TenantSlots.murmur3(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSlotIsTheHashOfShiftAndTenantUnsignedModTenThousand() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            String shift = "s".repeat(1 + random.nextInt(9));
            String tenant = "ü" + "x".repeat(random.nextInt(12)) + random.nextInt();
            long unsigned = murmur(shift + ":" + tenant) & 0xffffffffL;
            assertThat(new TenantSlots(shift).of(tenant)).isEqualTo((int) (unsigned % 10_000));
        }
    }

    @Test
    void twentyPercentAreExactlyTheTenantsThatOwnTheSlots() {
        Shift shift = apply(null, want("G0", "20%"));
        assertThat(slots(shift, "G0")).containsExactly(new SlotRange(0, 1999));
        TenantSlots slots = new TenantSlots("default");
        Set<String> expected = new HashSet<>();
        IntStream.range(0, 10_000)
                .mapToObj(i -> "tenant-" + i)
                .filter(tenant -> slots.of(tenant) < 2_000)
                .forEach(expected::add);
        assertThat(in(shift, "G0")).isEqualTo(expected).hasSizeBetween(1_850, 2_150);
    }

    @Test
    void raisingAShareMovesNobodyOutAndZeroBringsAllBack() {
        Shift twenty = apply(null, want("G0", "20%"), want("G1", "10%"));
        Shift more = apply(twenty, want("G0", "35%"), want("G1", "10%"));
        assertThat(in(more, "G0")).containsAll(in(twenty, "G0"));
        assertThat(in(more, "G1")).isEqualTo(in(twenty, "G1"));
        assertThat(slots(more, "G0")).containsExactly(new SlotRange(0, 1999), new SlotRange(3000, 4499));
        Shift none = apply(more, want("G0", "0%"), want("G1", "10%"));
        assertThat(in(none, "G0")).isEmpty();
        assertThat(in(none, "G1")).isEqualTo(in(twenty, "G1"));
    }

    @Test
    void decreasesComeFirstAndGiveBackWhatWasTakenLast() {
        Shift start = apply(apply(null, want("G0", "20%"), want("G1", "10%")), want("G0", "35%"), want("G1", "10%"));
        Shift next = apply(start, want("G1", "15%"), want("G0", "25%"));
        assertThat(slots(next, "G0")).containsExactly(new SlotRange(0, 1999), new SlotRange(3000, 3499));
        assertThat(slots(next, "G1")).containsExactly(new SlotRange(2000, 2999), new SlotRange(3500, 3999));
    }

    @Test
    void environmentsNotNamedGetNothingAndOmittedPartsKeepTheirValue() {
        Shift start = fitting(new ShiftChange(
                        List.of(
                                new Wanted("G0", Share.parse("20%"), new Pins(List.of("demo"), List.of())),
                                new Wanted("G1", Share.parse("5%"), new Pins(List.of("acme"), List.of()))),
                        false,
                        List.of())
                .applyTo("default", null));
        Shift next = apply(start, want("G0", "30%"));
        assertThat(next.enabled()).isFalse();
        assertThat(next.environments()).hasSize(2);
        assertThat(next.environments().get(0).tenants().include()).containsExactly("demo");
        assertThat(next.environments().get(1).share()).isEqualTo(Share.NONE);
        assertThat(next.environments().get(1).tenants()).isEqualTo(Pins.NONE);
        assertThat(next.environments().get(1).slots()).isEmpty();
    }

    @Test
    void refusesMoreThanAllAndTheSameLaneTwice() {
        assertThatThrownBy(() -> apply(null, want("G0", "60%"), want("G1", "40.01%")))
                .hasMessageContaining("at most 100%");
        assertThatThrownBy(() -> apply(null, want("G0", "1%"), want("g0", "1%")))
                .hasMessageContaining("twice");
    }

    @Test
    void anyChainOfChangesKeepsSharesExactAndMovesOnlyWhatItMust() {
        Random random = new Random(7);
        Shift shift = apply(null);
        for (int round = 0; round < 2_000; round++) {
            List<Wanted> wanted = new ArrayList<>();
            int left = Share.SLOTS;
            for (String lane : List.of("G0", "G1", "G2")) {
                int share = random.nextInt(4) == 0 ? 0 : random.nextInt(left + 1);
                left -= share;
                wanted.add(new Wanted(lane, new Share(share), null));
            }
            Shift next = fitting(ShiftChange.of(wanted).applyTo("default", shift));
            BitSet all = new BitSet();
            for (Environment environment : next.environments()) {
                BitSet now = bits(environment);
                assertThat(now.cardinality()).isEqualTo(environment.share().slots());
                assertThat(all.intersects(now)).isFalse();
                all.or(now);
                BitSet before = shift.environments().stream()
                        .filter(old -> old.lane().equals(environment.lane()))
                        .findFirst()
                        .map(ShiftChangeTest::bits)
                        .orElseGet(BitSet::new);
                BitSet both = (BitSet) before.clone();
                both.and(now);
                assertThat(both.cardinality()).isEqualTo(Math.min(before.cardinality(), now.cardinality()));
            }
            shift = next;
        }
    }

    private static BitSet bits(Environment environment) {
        BitSet bits = new BitSet();
        environment.slots().forEach(range -> bits.set(range.first(), range.last() + 1));
        return bits;
    }

    @Test
    void previewCountsSlotsAndNamesTenants() {
        Shift before = apply(null, want("G0", "20%"));
        Shift after = apply(before, want("G0", "10%"), want("G1", "5%"));
        ShiftPreview preview = ShiftPreview.of(before, after, "master", List.of("demo", "acme"));
        assertThat(preview.slots())
                .containsExactlyInAnyOrder(
                        new ShiftPreview.SlotMove("G0", "G1", 500), new ShiftPreview.SlotMove("G0", "master", 500));
        assertThat(preview.tenants())
                .extracting(ShiftPreview.TenantMove::tenant)
                .containsExactly("demo", "acme");
    }

    @Test
    void pinsWinOverSlotsAndExcludedTenantsGoToBase() {
        TenantSlots slots = new TenantSlots("default");
        String inside = IntStream.range(0, 99)
                .mapToObj(i -> "t" + i)
                .filter(t -> slots.of(t) < 5_000)
                .findFirst()
                .orElseThrow();
        Pins pins = new Pins(List.of("vip"), List.of(inside));
        Assignment assignment =
                new Assignment(fitting(new ShiftChange(List.of(new Wanted("G0", Share.parse("50%"), pins)), true, null)
                        .applyTo("default", null)));
        int vip = assignment.assign(Slice.of("vip"));
        assertThat(Assignment.pinned(vip)).isTrue();
        assertThat(assignment.lane(vip)).isEqualTo("G0");
        int excluded = assignment.assign(Slice.of(inside));
        assertThat(assignment.lane(excluded)).isNull();
        assertThat(Assignment.pinned(excluded)).isTrue();
        assertThat(Assignment.pinned(assignment.owner(9_999))).isFalse();
    }
}
