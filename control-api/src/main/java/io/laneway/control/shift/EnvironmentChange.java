package io.laneway.control.shift;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.shift.ShiftChange;
import io.laneway.router.shift.ShiftChange.Wanted;
import io.laneway.router.shift.ShiftOutcome;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Changes one environment of a shift, and leaves the others as they are. Stateless. */
public final class EnvironmentChange {

    private EnvironmentChange() {}

    /** The environment of a shift that is this lane. */
    public static Optional<Environment> find(Shift shift, String lane) {
        return shift.environments().stream().filter(e -> is(e, lane)).findFirst();
    }

    /** The shift with another share for an environment, which includes these tenants too. */
    public static ShiftOutcome widened(Shift shift, String lane, Share share, List<String> tenants) {
        return changed(shift, lane, e -> {
            List<String> include = new ArrayList<>(e.tenants().include());
            tenants.stream().filter(tenant -> !include.contains(tenant)).forEach(include::add);
            return new Wanted(e.lane(), share, new Pins(include, e.tenants().exclude()));
        });
    }

    /** The shift with nothing in an environment, requests without a tenant neither. */
    public static ShiftOutcome emptied(Shift shift, String lane) {
        return changed(
                shift,
                lane,
                e -> new Wanted(
                        e.lane(), Share.NONE, new Pins(List.of(), e.tenants().exclude()), Share.NONE));
    }

    private static ShiftOutcome changed(Shift shift, String lane, Function<Environment, Wanted> change) {
        List<Wanted> wanted = new ArrayList<>();
        for (Environment e : shift.environments()) {
            wanted.add(is(e, lane) ? change.apply(e) : new Wanted(e.lane(), e.share(), null));
        }
        return ShiftChange.of(wanted).applyTo(shift.name(), shift);
    }

    private static boolean is(Environment environment, String lane) {
        return Slug.of(environment.lane()).equals(Slug.of(lane));
    }
}
