package io.laneway.router.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.policy.Policy;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a check finds in random tables, against the rules written down again without haste. */
class CheckPropertyTest {

    private final Random random = new Random(17);

    private static Set<String> paths(LaneTable table, String under) {
        Set<String> paths = new TreeSet<>();
        for (Problem problem : TableCheck.check(table)) {
            if (problem.path().startsWith(under)) {
                paths.add(problem.path());
            }
        }
        return paths;
    }

    private static LaneTable lanes(List<Lane> lanes) {
        return new LaneTable(1, "master", Carriers.DEFAULT, lanes, List.of(), List.of(), List.of());
    }

    @Test
    void aParentIsWrongIfItIsMissingOrLeadsBack() {
        int wrong = 0;
        for (int round = 0; round < 5_000; round++) {
            List<Lane> lanes = new ArrayList<>();
            Map<String, String> parents = new HashMap<>();
            int count = 1 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                String parent = random.nextInt(4) == 0 ? "master" : "l" + random.nextInt(count + 1);
                lanes.add(new Lane("l" + i, parent, LaneMode.PERMISSIVE, "", null, false, LaneState.ACTIVE));
                parents.put("l" + i, parent);
            }
            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < count; i++) {
                if (!parents.get("l" + i).equals("master")
                        && (!parents.containsKey(parents.get("l" + i)) || leadsBack(parents, "l" + i))) {
                    expected.add("lanes[" + i + "].parent");
                }
            }
            assertThat(paths(lanes(lanes), "lanes")).as("%s", parents).isEqualTo(expected);
            wrong += expected.size();
        }
        assertThat(wrong).isGreaterThan(3_000);
    }

    private static boolean leadsBack(Map<String, String> parents, String start) {
        String at = start;
        for (int i = 0; i <= parents.size() && at != null; i++) {
            at = parents.get(at);
            if (start.equals(at)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aSlotHasOneOwnerAndThereAreAsManyAsTheShare() {
        for (int round = 0; round < 3_000; round++) {
            List<Environment> environments = new ArrayList<>();
            List<Lane> lanes = new ArrayList<>();
            int[] owners = new int[Share.SLOTS];
            Set<String> expected = new TreeSet<>();
            int sum = 0;
            for (int i = 0; i < 3; i++) {
                List<SlotRange> slots = new ArrayList<>();
                int size = 0;
                for (int n = random.nextInt(3); n > 0; n--) {
                    int first = random.nextInt(60) * 100;
                    SlotRange range = new SlotRange(first, first + random.nextInt(200));
                    boolean taken = false;
                    for (int slot = range.first(); slot <= range.last(); slot++) {
                        taken |= owners[slot]++ > 0;
                        size++;
                    }
                    if (taken) {
                        expected.add("shifts[0].environments[" + i + "].slots[" + slots.size() + "]");
                    }
                    slots.add(range);
                }
                Share share = new Share(Math.min(Share.SLOTS, random.nextInt(4) == 0 ? size + 1 : size));
                sum += share.slots();
                if (share.slots() != size) {
                    expected.add("shifts[0].environments[" + i + "].slots");
                }
                lanes.add(Lane.named("G" + i));
                environments.add(new Environment("G" + i, share, Pins.NONE, slots));
            }
            assertThat(sum).isLessThanOrEqualTo(Share.SLOTS);
            Shift shift = new Shift("default", true, List.of(), environments);
            LaneTable table = new LaneTable(1, "master", Carriers.DEFAULT, lanes, List.of(), List.of(), List.of(shift));
            assertThat(paths(table, "shifts")).as("%s", environments).isEqualTo(expected);
        }
    }

    @Test
    void aHostBelongsToTheFirstServiceThatHasIt() {
        for (int round = 0; round < 3_000; round++) {
            List<Service> services = new ArrayList<>();
            Set<String> owned = new HashSet<>();
            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < 4; i++) {
                List<String> hosts = new ArrayList<>();
                for (int n = random.nextInt(3); n > 0; n--) {
                    String host = List.of("a.example.com", "A.example.com", "*.example.com", "b.example.com", "c")
                            .get(random.nextInt(5));
                    if (!owned.add(host.toLowerCase(Locale.ROOT))) {
                        expected.add("services[" + i + "].hosts[" + hosts.size() + "]");
                    }
                    hosts.add(host);
                }
                services.add(new Service(ServiceId.of("s" + i), hosts, null, List.of(), Policy.DEFAULT));
            }
            LaneTable table = new LaneTable(1, "master", Carriers.DEFAULT, List.of(), services, List.of(), List.of());
            assertThat(paths(table, "services")).as("%s", services).isEqualTo(expected);
        }
    }
}
