package io.laneway.router.shift;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a shift is wanted to be, and the way there that moves as few tenants as can be. Immutable.
 * docs/concepts/slots-and-shifts.md.
 *
 * @param environments the wanted list; an environment that the shift has and this does not name gets 0 %, of requests too,
 *                     and no pins
 * @param enabled      null keeps what the shift says, or enables a new one
 * @param tenant       null keeps what the shift says
 */
public record ShiftChange(
        List<Wanted> environments,
        @Nullable Boolean enabled,
        @Nullable List<TenantSource> tenant) {

    /**
     * One environment as wanted.
     *
     * @param tenants  null keeps the pins that it has
     * @param requests null keeps the share of requests that it has
     */
    public record Wanted(
            String lane,
            Share share,
            @Nullable Pins tenants,
            @Nullable Share requests) {

        /** One that keeps its share of requests. */
        public Wanted(String lane, Share share, @Nullable Pins tenants) {
            this(lane, share, tenants, null);
        }

        private Environment from(@Nullable Environment known) {
            Pins pins = tenants != null ? tenants : known == null ? Pins.NONE : known.tenants();
            List<SlotRange> slots = known == null ? List.of() : known.slots();
            SlotShare had = known == null ? SlotShare.NONE : known.requests();
            return new Environment(
                    lane, share, pins, slots, requests == null ? had : new SlotShare(requests, had.slots()));
        }
    }

    public ShiftChange {
        environments = List.copyOf(environments);
        tenant = tenant == null ? null : List.copyOf(tenant);
    }

    /** Only the environments change. */
    public static ShiftChange of(List<Wanted> environments) {
        return new ShiftChange(environments, null, null);
    }

    /** The shift after the change, or why there is none; {@code old} is null for one that is new. */
    public ShiftOutcome applyTo(String name, @Nullable Shift old) {
        String wrong = wrong();
        if (wrong != null) {
            return new ShiftOutcome.Unfit(wrong);
        }
        List<Environment> target = target(old == null ? List.of() : SlotLedger.filled(old.environments()));
        int requests =
                target.stream().mapToInt(e -> e.requests().share().slots()).sum();
        if (requests > Share.SLOTS) {
            return new ShiftOutcome.Unfit(
                    "environments: requests of " + requests / 100.0 + "% in sum (expected: at most 100%)");
        }
        boolean on = enabled != null ? enabled : old == null || old.enabled();
        List<TenantSource> sources = tenant != null ? tenant : old == null ? List.of() : old.tenant();
        return new ShiftOutcome.Fits(new Shift(name, on, sources, SlotLedger.settled(target)));
    }

    /** What is wrong with the list whatever the shift is; null for nothing. */
    private @Nullable String wrong() {
        Set<String> seen = new HashSet<>();
        int sum = 0;
        for (Wanted wanted : environments) {
            if (!seen.add(Slug.of(wanted.lane))) {
                return "environments: " + wanted.lane + " twice (expected: each lane once)";
            }
            sum += wanted.share.slots();
        }
        return sum > Share.SLOTS
                ? "environments: shares of " + sum / 100.0 + "% in sum (expected: at most 100%)"
                : null;
    }

    /** The wanted environments, and after them those that the shift has beside. */
    private List<Environment> target(List<Environment> before) {
        List<Environment> target = new ArrayList<>();
        for (Wanted wanted : environments) {
            target.add(wanted.from(find(before, wanted.lane)));
        }
        for (Environment environment : before) {
            if (find(target, environment.lane()) == null) {
                target.add(new Wanted(environment.lane(), Share.NONE, Pins.NONE, Share.NONE).from(environment));
            }
        }
        return target;
    }

    private static @Nullable Environment find(List<Environment> environments, String lane) {
        String slug = Slug.of(lane);
        for (Environment environment : environments) {
            if (Slug.of(environment.lane()).equals(slug)) {
                return environment;
            }
        }
        return null;
    }
}
