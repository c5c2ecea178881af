package io.laneway.control.shift;

import io.laneway.control.table.Refusal;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.shift.ShiftChange;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Blue-green: all tenants of a shift go to one place at once. Pins that would keep a tenant elsewhere are dropped:
 * tenants included in other environments, and those excluded from the one that gets all. Requests without a tenant go
 * along if the shift gives an environment a share of them, else they stay with base. Immutable.
 *
 * @param to an environment of the shift, or the base lane
 */
public record TenantSwitch(String to) {

    private static final Share ALL = new Share(Share.SLOTS);

    /** Reads {@code {"to": "G0"}}. */
    public static @Nullable TenantSwitch read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String to = fields.text("to");
        return fields.build(() -> new TenantSwitch(to));
    }

    /** The shift after it. A shift that is switched off is switched on where an environment gets all. */
    public Shift applyTo(Shift shift, String base) {
        boolean home = Slug.of(to).equals(Slug.of(base));
        if (!home && shift.environments().stream().noneMatch(this::isTarget)) {
            throw unknown(shift, base);
        }
        boolean divided =
                shift.environments().stream().anyMatch(e -> e.requests().share().slots() > 0);
        List<ShiftChange.Wanted> wanted = new ArrayList<>();
        for (Environment environment : shift.environments()) {
            Pins pins = environment.tenants();
            wanted.add(
                    !home && isTarget(environment)
                            ? new ShiftChange.Wanted(
                                    environment.lane(),
                                    ALL,
                                    new Pins(pins.include(), List.of()),
                                    divided ? ALL : Share.NONE)
                            : new ShiftChange.Wanted(
                                    environment.lane(), Share.NONE, new Pins(List.of(), pins.exclude()), Share.NONE));
        }
        return new ShiftChange(wanted, home ? null : Boolean.TRUE, null)
                .applyTo(shift.name(), shift)
                .orElseThrow(problem -> new Refusal(Refusal.Kind.UNSOUND, problem));
    }

    private boolean isTarget(Environment environment) {
        return Slug.of(environment.lane()).equals(Slug.of(to));
    }

    private Refusal unknown(Shift shift, String base) {
        String known = shift.environments().stream().map(Environment::lane).collect(Collectors.joining(", "));
        String expected = (known.isEmpty() ? "" : "an environment of shift " + shift.name() + ": " + known + "; or ")
                + "the base lane " + base;
        return new Refusal(
                Refusal.Kind.UNSOUND,
                "to: " + to + " (expected: " + expected + ")",
                List.of(Problem.at("to", to, expected)));
    }
}
