package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of rules behind guards that a table does not have, such as passwords and addresses of clients: they refuse
 * requests, so that nothing is open that was not. Confined to one thread.
 */
public final class Guards {

    private static final int FORBIDDEN = 403;

    private final boolean elsewhere;
    private final Report report;

    public Guards(Intent intent, Report report) {
        this.elsewhere = intent.guardsElsewhere();
        this.report = report;
    }

    /** What rules behind these guards do, each of which is named; null if they are as they would be without. */
    public @Nullable Action refusal(Collection<Tracked> guards) {
        for (Tracked guard : guards) {
            guard.refuse(
                    report,
                    elsewhere
                            ? "a guard: what it guards is open"
                            : "a guard: what it guards answers " + FORBIDDEN + " (--guards-elsewhere leaves it open)",
                    "access, auth or jwt of a listener in laneway.yaml");
        }
        return guards.isEmpty() || elsewhere ? null : Action.response(FORBIDDEN);
    }
}
