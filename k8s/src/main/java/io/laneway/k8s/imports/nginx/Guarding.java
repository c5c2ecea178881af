package io.laneway.k8s.imports.nginx;

import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What refuses some requests of a location: its own directives, else those around it. Stateless. */
final class Guarding {

    /** Each holds from the innermost level that has it. */
    private static final Set<String> INHERITED = Set.of("auth_basic", "auth_request", "auth_jwt", "ssl_verify_client");

    private static final Set<String> NONE = Set.of("off", "optional", "optional_no_ca");

    private Guarding() {}

    /** The guards of a location; what says that there is none is taken. */
    static List<Tracked> of(List<Directive> own, List<List<Directive>> around) {
        List<List<Directive>> levels = new ArrayList<>(List.of(own));
        levels.addAll(around);
        List<Directive> guards = new ArrayList<>(addresses(levels));
        for (String name : INHERITED) {
            for (Directive one : inner(levels, Set.of(name))) {
                if (one.arg(0).equals("off")) {
                    one.take();
                } else if (!NONE.contains(one.arg(0))) {
                    guards.add(one);
                }
            }
        }
        guards.addAll(Directive.named(own, "limit_except"));
        for (List<Directive> level : levels) {
            Directive.named(level, "if").stream().filter(Guarding::refuses).forEach(guards::add);
        }
        return guards.stream().map(Directive::node).toList();
    }

    /** The status of the response that every client gets, null if some may pass. */
    static @Nullable Integer closed(List<Directive> own, List<List<Directive>> around) {
        Directive internal = Directive.first(own, "internal");
        if (internal != null) {
            internal.take();
            return 404;
        }
        List<List<Directive>> levels = new ArrayList<>(List.of(own));
        levels.addAll(around);
        List<Directive> addresses = inner(levels, Set.of("allow", "deny"));
        boolean all = !addresses.isEmpty()
                && addresses.get(0).name().equals("deny")
                && addresses.get(0).arg(0).equals("all");
        if (all) {
            addresses.get(0).take();
        }
        return all ? 403 : null;
    }

    private static List<Directive> addresses(List<List<Directive>> levels) {
        List<Directive> found = inner(levels, Set.of("allow", "deny"));
        boolean open = !found.isEmpty()
                && found.get(0).name().equals("allow")
                && found.get(0).arg(0).equals("all");
        if (open) {
            found.get(0).take();
        }
        return open ? List.of() : found;
    }

    private static List<Directive> inner(List<List<Directive>> levels, Set<String> names) {
        for (List<Directive> level : levels) {
            List<Directive> found =
                    level.stream().filter(one -> names.contains(one.name())).toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Whether it answers with an error, or has rules for addresses. */
    private static boolean refuses(Directive condition) {
        return condition.block().stream()
                .anyMatch(one ->
                        one.name().equals("deny") || (one.name().equals("return") && Action.isResponse(one.arg(0))));
    }
}
