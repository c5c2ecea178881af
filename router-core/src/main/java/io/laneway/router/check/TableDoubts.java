package io.laneway.router.check;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.policy.Policy;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a valid table says to no effect: routes behind an equal one, shifts that no service uses, bounds on an attempt that
 * another bound comes before. Confined to one thread.
 */
public final class TableDoubts {

    private final LaneTable table;
    private final List<Doubt> doubts = new ArrayList<>();

    private TableDoubts(LaneTable table) {
        this.table = table;
    }

    /**
     * One of them. Immutable.
     *
     * @param rule    a short fixed name, such as {@code shadowed-route}
     * @param subject such as {@code shift default}
     * @param problem where it is, what is odd, and what was expected
     */
    public record Doubt(String rule, String subject, Problem problem) {}

    /** All of them, in document order within each kind. */
    public static List<Doubt> of(LaneTable table) {
        TableDoubts look = new TableDoubts(table);
        look.shifts();
        look.attempts();
        look.routes();
        return List.copyOf(look.doubts);
    }

    private void add(String rule, String subject, String path, String what, String expected) {
        doubts.add(new Doubt(rule, subject, Problem.at(path, what, expected)));
    }

    private void shifts() {
        Set<String> used = new HashSet<>();
        for (Service service : table.services()) {
            used.add(Slug.of(service.shift() == null ? Shift.DEFAULT : service.shift()));
        }
        for (int i = 0; i < table.shifts().size(); i++) {
            Shift shift = table.shifts().get(i);
            if (!used.contains(Slug.of(shift.name()))) {
                add(
                        "unused-shift",
                        "shift " + shift.name(),
                        "shifts[" + i + "]",
                        "no service uses shift " + shift.name(),
                        "a service with `shift: " + shift.name() + "`");
            }
        }
    }

    private void attempts() {
        Map<Object, Policy> policies = new HashMap<>();
        for (int i = 0; i < table.services().size(); i++) {
            Service service = table.services().get(i);
            Policy policy = service.policy();
            policies.put(service.id(), policy);
            Duration perTry = policy.retries().perTryTimeout();
            String path = "services[" + i + "].policy.retries.perTryTimeout";
            attempt("service " + service.id(), path, perTry, policy.timeouts().request(), "timeouts.request");
            attempt("service " + service.id(), path, perTry, policy.timeouts().total(), "timeouts.total");
        }
        for (int i = 0; i < table.routes().size(); i++) {
            Route route = table.routes().get(i);
            attempt(route, "routes[" + i + "]", route.service() == null ? null : policies.get(route.service()));
        }
    }

    private void attempt(Route route, String path, @Nullable Policy policy) {
        Duration perTry = route.action().perTry();
        Duration timeout = route.action().timeout();
        String subject = "route " + route.path();
        if (timeout != null) {
            Duration ofPolicy = policy == null ? null : policy.retries().perTryTimeout();
            boolean own = perTry != null;
            attempt(subject, path + (own ? ".perTryTimeout" : ".timeout"), own ? perTry : ofPolicy, timeout, "timeout");
        } else if (policy != null) {
            attempt(subject, path + ".perTryTimeout", perTry, policy.timeouts().request(), "timeouts.request");
        }
    }

    private void attempt(String subject, String path, @Nullable Duration perTry, Duration bound, String name) {
        if (perTry != null && !bound.isZero() && perTry.compareTo(bound) > 0) {
            add(
                    "per-try-timeout-unused",
                    subject,
                    path,
                    "perTryTimeout " + Durations.format(perTry) + " ends no attempt: " + name + " is "
                            + Durations.format(bound),
                    "a shorter perTryTimeout than " + name);
        }
    }

    private void routes() {
        Map<List<Object>, Integer> first = new HashMap<>();
        for (int i = 0; i < table.routes().size(); i++) {
            Route route = table.routes().get(i);
            for (String host : route.hosts().isEmpty() ? List.of("any host") : route.hosts()) {
                Integer earlier = first.putIfAbsent(key(route, host), i);
                if (earlier != null && earlier != i) {
                    add(
                            "shadowed-route",
                            "route " + host + " " + route.path(),
                            "routes[" + i + "]",
                            "never used for " + host + ": routes[" + earlier + "] has the same host, path and match",
                            "another host, path or match");
                }
            }
        }
    }

    private static List<Object> key(Route route, String host) {
        RouteMatch match = route.match();
        String path = route.path();
        boolean slash = !match.exact() && path.length() > 1 && path.endsWith("/");
        Map<String, String> headers = new HashMap<>();
        match.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return List.of(
                host.toLowerCase(Locale.ROOT),
                slash ? path.substring(0, path.length() - 1) : path,
                match.exact(),
                String.valueOf(match.method()),
                headers,
                match.query(),
                Set.copyOf(match.ports()),
                match.tls(),
                match.regex());
    }
}
