package io.laneway.control.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.table.Refusal;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.shift.ShiftOutcome;
import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to change a shift, and that slots follow: none moves that does not have to. */
class ShiftChangesTest {

    private static final String THREE = """
        {environments: [
          {lane: G0, share: "20%", tenants: {include: [a], exclude: [x]}, requests: "10%"},
          {lane: G1, share: "30%", tenants: {include: [b]}},
          {lane: G2, share: "0%"}]}
        """;

    private final Random random = new Random(31);

    private static Node node(String document, Problems problems) {
        return Documents.parse(document.getBytes(StandardCharsets.UTF_8), "", Format.YAML, problems);
    }

    private static ShiftPatch patch(String document) {
        Problems problems = Problems.strict();
        ShiftPatch patch = ShiftPatch.read("default", node(document, problems), problems);
        assertThat(problems.list()).isEmpty();
        return patch;
    }

    private static Shift shift(String document) {
        return patch(document).applyTo(null);
    }

    private static Shift document(String document) {
        Problems problems = Problems.strict();
        Shift shift = TableReader.shift(node(document, problems), problems);
        assertThat(problems.list()).isEmpty();
        return shift;
    }

    private static Environment in(Shift shift, String lane) {
        return EnvironmentChange.find(shift, lane).orElseThrow();
    }

    private static BitSet slots(Shift shift, String lane) {
        BitSet bits = new BitSet();
        for (SlotRange range : in(shift, lane).slots()) {
            bits.set(range.first(), range.last() + 1);
        }
        return bits;
    }

    @Test
    void aPatchKeepsWhatItLeavesOut() {
        Shift old = shift(THREE);

        Shift off = patch("{enabled: false}").applyTo(old);
        Shift tenant = patch("{tenant: [{header: x-tenant-id}]}").applyTo(off);
        Shift share = patch("{environments: [{lane: G0, share: \"25%\"}]}").applyTo(tenant);

        assertThat(off.environments()).isEqualTo(old.environments());
        assertThat(tenant.enabled()).as("as before").isFalse();
        assertThat(tenant.environments()).isEqualTo(old.environments());
        assertThat(share.enabled()).isFalse();
        assertThat(share.tenant()).isEqualTo(tenant.tenant());
        assertThat(in(share, "G0").tenants())
                .as("pins that it does not name")
                .isEqualTo(in(old, "G0").tenants());
        assertThat(in(share, "G1").share()).as("one that the list leaves out").isEqualTo(Share.NONE);
        assertThat(slots(share, "G0").cardinality()).isEqualTo(2_500);
    }

    @Test
    void aPatchThatCannotFitSaysWhereAndLeavesNoShift() {
        Shift old = shift(THREE);
        ShiftPatch requests =
                patch("{environments: [{lane: G0, share: \"1%\"}, {lane: G1, share: \"1%\", requests: \"90.01%\"}]}");

        assertThatThrownBy(() -> requests.applyTo(old)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNSOUND);
            assertThat(refusal.detail()).isEqualTo("environments: requests of 100.01% in sum (expected: at most 100%)");
            assertThat(refusal.problems()).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"G0, 100, 0,   true", "g0, 100, 0,   true", "G1, 0,   100, true", "master, 0, 0, false"})
    void aSwitchSendsAllToOnePlace(String to, int first, int second, boolean enabled) {
        Shift off = patch("{enabled: false}").applyTo(shift(THREE));

        Shift next = new TenantSwitch(to).applyTo(off, "master");

        assertThat(in(next, "G0").share().slots()).isEqualTo(100 * first);
        assertThat(in(next, "G1").share().slots()).isEqualTo(100 * second);
        assertThat(in(next, "G2").share()).isEqualTo(Share.NONE);
        assertThat(next.enabled())
                .as("switched on where an environment gets all")
                .isEqualTo(enabled);
        assertThat(slots(next, "G0").cardinality()).isEqualTo(100 * first);
        assertThat(in(next, "G0").requests().share().slots())
                .as("requests without a tenant go along, since the shift divides them")
                .isEqualTo(100 * first);
    }

    @Test
    void aSwitchDropsThePinsThatWouldKeepATenantElsewhere() {
        Shift next = new TenantSwitch("G0").applyTo(shift(THREE), "master");
        Shift home = new TenantSwitch("Master").applyTo(shift(THREE), "master");

        assertThat(in(next, "G0").tenants()).isEqualTo(new Pins(List.of("a"), List.of()));
        assertThat(in(next, "G1").tenants()).isEqualTo(Pins.NONE);
        assertThat(in(home, "G0").tenants()).isEqualTo(new Pins(List.of(), List.of("x")));
        assertThat(in(home, "G1").tenants()).isEqualTo(Pins.NONE);
    }

    @Test
    void aSwitchLeavesRequestsWithoutATenantWithBaseWhereNoEnvironmentHasAny() {
        Shift next = new TenantSwitch("G0").applyTo(shift("{environments: [{lane: G0, share: \"5%\"}]}"), "master");

        assertThat(in(next, "G0").requests().share()).isEqualTo(Share.NONE);
    }

    @Test
    void aSwitchToWhatTheShiftDoesNotHaveNamesWhatItHas() {
        assertThatThrownBy(() -> new TenantSwitch("G9").applyTo(shift(THREE), "master"))
                .isInstanceOf(Refusal.class)
                .hasMessage("to: G9 (expected: an environment of shift default: G0, G1, G2; or the base lane master)");
    }

    @Test
    void anEnvironmentIsWidenedAndEmptiedWhileTheOthersStay() {
        Shift old = shift(THREE);

        Shift wide = fitting(EnvironmentChange.widened(old, "g0", Share.parse("40%"), List.of("a", "d")));
        Shift empty = fitting(EnvironmentChange.emptied(wide, "G0"));

        assertThat(in(wide, "G0").tenants()).isEqualTo(new Pins(List.of("a", "d"), List.of("x")));
        assertThat(in(wide, "G0").requests()).isEqualTo(in(old, "G0").requests());
        assertThat(in(wide, "G1")).isEqualTo(in(old, "G1"));
        BitSet kept = slots(old, "G0");
        kept.and(slots(wide, "G0"));
        assertThat(kept).as("who was there stays").isEqualTo(slots(old, "G0"));
        assertThat(in(empty, "G0").share()).isEqualTo(Share.NONE);
        assertThat(in(empty, "G0").requests().share()).isEqualTo(Share.NONE);
        assertThat(in(empty, "G0").tenants()).isEqualTo(new Pins(List.of(), List.of("x")));
        assertThat(in(empty, "G1")).isEqualTo(in(old, "G1"));
    }

    @Test
    void whatDoesNotFitIsAnOutcomeAndNoException() {
        ShiftOutcome outcome = EnvironmentChange.widened(shift(THREE), "G0", Share.parse("70.01%"), List.of());

        assertThat(outcome)
                .isEqualTo(new ShiftOutcome.Unfit("environments: shares of 100.01% in sum (expected: at most 100%)"));
    }

    private static Shift fitting(ShiftOutcome outcome) {
        return outcome.orElseThrow(Misfit::new);
    }

    /** A shift that was thought to fit. */
    private static final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message);
        }
    }

    @Test
    void aWholeDocumentMovesOnlyTheSlotsThatItMust() {
        Shift now = KeptSlots.kept(null, document(environments(List.of(20, 30, 0))));
        for (int run = 0; run < 500; run++) {
            List<Integer> wanted = new ArrayList<>();
            int left = 100;
            for (int i = 0; i < 3; i++) {
                int share = random.nextInt(3) == 0 ? 0 : random.nextInt(left + 1);
                wanted.add(share);
                left -= share;
            }
            Shift next = KeptSlots.kept(now, document(environments(wanted)));
            BitSet owned = new BitSet();
            for (int i = 0; i < 3; i++) {
                String lane = "G" + i;
                BitSet before = slots(now, lane);
                BitSet after = slots(next, lane);
                assertThat(after.cardinality()).as("run %d, %s", run, lane).isEqualTo(100 * wanted.get(i));
                assertThat(owned.intersects(after)).isFalse();
                owned.or(after);
                int stay = Math.min(before.cardinality(), after.cardinality());
                before.and(after);
                assertThat(before.cardinality())
                        .as("run %d: who stays in %s", run, lane)
                        .isEqualTo(stay);
            }
            now = next;
        }
    }

    private static String environments(List<Integer> shares) {
        StringBuilder list = new StringBuilder("{name: default, environments: [");
        for (int i = 0; i < shares.size(); i++) {
            list.append("{lane: G")
                    .append(i)
                    .append(", share: \"")
                    .append(shares.get(i))
                    .append("%\"},");
        }
        return list.append("]}").toString();
    }

    @Test
    void aWholeDocumentForgetsTheEnvironmentsThatItLeavesOut() {
        Shift old = KeptSlots.kept(null, document(environments(List.of(20, 30))));

        Shift next = KeptSlots.kept(old, document(environments(List.of(10))));

        assertThat(next.environments()).extracting(Environment::lane).containsExactly("G0");
    }
}
