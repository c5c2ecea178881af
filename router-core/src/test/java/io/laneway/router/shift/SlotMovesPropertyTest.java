package io.laneway.router.shift;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Chains of random changes of a shift: who owns which slot, slot by slot. */
class SlotMovesPropertyTest {

    private static final List<String> LANES = List.of("G0", "G1", "G2");

    private static Shift change(Shift old, Random random) {
        List<ShiftChange.Wanted> wanted = new ArrayList<>();
        int left = Share.SLOTS;
        for (String lane : LANES) {
            if (random.nextInt(5) > 0) {
                int share = random.nextInt(4) == 0 ? 0 : random.nextInt(left + 1);
                left -= share;
                wanted.add(new ShiftChange.Wanted(lane, new Share(share), null));
            }
        }
        return ShiftChange.of(wanted).applyTo("default", old).orElseThrow(IllegalArgumentException::new);
    }

    private static String[] owners(Shift shift) {
        String[] owners = new String[Share.SLOTS];
        Arrays.fill(owners, "base");
        for (Environment environment : shift.environments()) {
            for (SlotRange range : environment.slots()) {
                for (int slot = range.first(); slot <= range.last(); slot++) {
                    assertThat(owners[slot]).as("slot %d has one owner", slot).isEqualTo("base");
                    owners[slot] = environment.lane();
                }
            }
        }
        return owners;
    }

    private static int share(Shift shift, String lane) {
        return shift.environments().stream()
                .filter(each -> each.lane().equals(lane))
                .mapToInt(each -> each.share().slots())
                .sum();
    }

    @Test
    void everyEnvironmentOwnsExactlyItsShareAndNobodyMovesBetweenEnvironmentsWithoutNeed() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Shift shift = change(null, random);
            for (int step = 0; step < 8; step++) {
                Shift next = change(shift, random);
                check(shift, next, "seed " + seed + ", step " + step);
                shift = next;
            }
        }
    }

    private static void check(Shift before, Shift after, String where) {
        String[] old = owners(before);
        String[] now = owners(after);
        for (String lane : LANES) {
            int owned = (int) Arrays.stream(now).filter(lane::equals).count();
            assertThat(owned).as("%s: slots of %s", where, lane).isEqualTo(share(after, lane));
            int change = share(after, lane) - share(before, lane);
            int lost = 0;
            int gained = 0;
            for (int slot = 0; slot < Share.SLOTS; slot++) {
                lost += old[slot].equals(lane) && !now[slot].equals(lane) ? 1 : 0;
                gained += !old[slot].equals(lane) && now[slot].equals(lane) ? 1 : 0;
            }
            assertThat(lost)
                    .as("%s: %s loses only what it gives up", where, lane)
                    .isEqualTo(Math.max(0, -change));
            assertThat(gained)
                    .as("%s: %s gains only what it takes", where, lane)
                    .isEqualTo(Math.max(0, change));
        }
    }

    @Test
    void raisingAShareTakesTheLowestSlotsOfBase() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Shift before = change(null, random);
            int used = LANES.stream().mapToInt(lane -> share(before, lane)).sum();
            int more = random.nextInt(Share.SLOTS - used + 1);
            List<ShiftChange.Wanted> wanted = new ArrayList<>();
            for (String lane : LANES) {
                wanted.add(new ShiftChange.Wanted(
                        lane, new Share(share(before, lane) + (lane.equals("G1") ? more : 0)), null));
            }
            String[] old = owners(before);
            String[] now = owners(
                    ShiftChange.of(wanted).applyTo("default", before).orElseThrow(IllegalArgumentException::new));
            int left = more;
            for (int slot = 0; slot < Share.SLOTS; slot++) {
                String expected = old[slot].equals("base") && left-- > 0 ? "G1" : old[slot];
                assertThat(now[slot]).as("seed %d, slot %d", seed, slot).isEqualTo(expected);
            }
        }
    }

    @Test
    void loweringAndRaisingAgainGivesEverybodyBack() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int high = 1 + random.nextInt(Share.SLOTS);
            int low = random.nextInt(high);
            Shift first = only(null, high);
            Shift again = only(only(first, low), high);
            assertThat(owners(again)).as("%d, %d, %d", high, low, high).isEqualTo(owners(first));
        }
    }

    private static Shift only(Shift old, int slots) {
        return ShiftChange.of(List.of(new ShiftChange.Wanted("G0", new Share(slots), Pins.NONE)))
                .applyTo("default", old)
                .orElseThrow(IllegalArgumentException::new);
    }

    @Test
    void anAssignmentGoesByTheOwnerOfTheSlot() {
        for (int seed = 0; seed < 20; seed++) {
            Shift shift = change(null, new Random(seed));
            String[] owners = owners(shift);
            Assignment assignment = new Assignment(shift);
            TenantSlots slots = new TenantSlots("default");
            for (int i = 0; i < 500; i++) {
                String tenant = "tenant-" + i;
                byte[] bytes = tenant.getBytes(StandardCharsets.UTF_8);
                String lane = assignment.lane(assignment.assign(bytes, 0, bytes.length));
                assertThat(lane == null ? "base" : lane).isEqualTo(owners[slots.of(tenant)]);
            }
        }
    }
}
