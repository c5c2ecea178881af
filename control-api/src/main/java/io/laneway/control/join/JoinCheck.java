package io.laneway.control.join;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Principal;
import io.laneway.control.table.JoinOverlay;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableState;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.JoinAddress;
import io.laneway.router.text.Slug;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a machine may serve a lane of a service, by the table as it is. Stateless. */
final class JoinCheck {

    private static final int NAMED = 20;

    private JoinCheck() {}

    /**
     * Checks a wish.
     *
     * @throws Refusal if the table does not allow it
     */
    static Join.Target of(TableState state, Principal who, ServiceId wanted, String lane, Join.Wish wish) {
        Service service = state.publishedService(wanted);
        if (service == null) {
            throw new Refusal(
                    Refusal.Kind.ABSENT, "service " + wanted + " is not there (expected: " + names(state) + ")");
        }
        Lane there = state.published().lane(lane);
        String name = there == null ? lane : there.name();
        if (!who.mayJoin(name, service.id().name())) {
            throw Denied.insufficient(
                    "service " + service.id() + " in lane " + name + " (expected: what matches " + who.lanes() + ")");
        }
        checkLane(state, name, there, wish);
        Deployment now = JoinOverlay.deployment(service, name);
        String join = JoinOverlay.address(state, service.id(), name);
        if (join != null && !wish.replace() && !JoinIds.isOf(String.valueOf(JoinAddress.id(join)), wish.joiner())) {
            throw Refusal.conflict("service " + service.id() + " in lane " + name
                    + " is served by another machine that joined (expected: none, or --replace to take its place;"
                    + " GET /v1/joins says whose it is)");
        }
        if (now != null && join == null && !wish.replace()) {
            throw Refusal.conflict("service " + service.id() + " has a deployment in lane " + name
                    + " (expected: none, or --replace to serve in its place while this runs)");
        }
        return new Join.Target(service.id(), name, made(state, name, there), now != null && join == null);
    }

    /** The lane that the join brings along, null if it does not need to: one of another join goes with that. */
    private static @Nullable Lane made(TableState state, String name, @Nullable Lane there) {
        if (there == null) {
            return Lane.named(name);
        }
        return state.objects().lane(name) == null ? JoinOverlay.made(state, name) : null;
    }

    private static void checkLane(TableState state, String name, @Nullable Lane lane, Join.Wish wish) {
        String slug = Slug.of(name);
        if (slug.isEmpty()) {
            throw unsound("lane: '" + name + "' (expected: a letter or digit in it)");
        }
        if (state.objects().isBase(name)) {
            throw unsound("lane " + name + " is the base lane, which serves everybody (expected: another lane)");
        }
        boolean environment = state.published().shifts().values().stream()
                .flatMap(shift -> shift.environments().stream())
                .anyMatch(one -> Slug.of(one.lane()).equals(slug));
        if (environment) {
            throw unsound(
                    "lane " + name + " is an environment, which tenants are assigned to (expected: another lane)");
        }
        if (lane != null && lane.state() == LaneState.EXPIRED) {
            throw Refusal.conflict("lane " + name + " is expired (expected: a lane in use; laneway lanes renew " + name
                    + " renews it)");
        }
        if (lane != null && lane.mode() == LaneMode.STRICT && !wish.strict()) {
            throw unsound("lane " + name + " is strict: while this machine is away its requests get 503"
                    + " (expected: a permissive lane, or --strict to serve it all the same)");
        }
    }

    private static Refusal unsound(String detail) {
        return new Refusal(Refusal.Kind.UNSOUND, detail);
    }

    private static String names(TableState state) {
        String names = state.published().services().keySet().stream()
                .map(ServiceId::toString)
                .sorted()
                .limit(NAMED)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "a service of the table, which has none" : "one of " + names;
    }
}
