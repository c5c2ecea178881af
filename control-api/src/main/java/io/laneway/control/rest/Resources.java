package io.laneway.control.rest;

import io.laneway.control.history.TableHistory;
import java.util.List;
import java.util.function.Consumer;

/** Every resource of the API, made once and mounted on the router of each event loop. */
public final class Resources {

    private Resources() {}

    /** How each resource mounts its routes, in the order of the documentation. */
    public static List<Consumer<Routes>> of(Backend backend) {
        Mutations mutations = new Mutations(backend.editor(), backend.gateways());
        TableHistory history = new TableHistory(backend.store());
        Probes.gauges(backend.metrics(), backend.editor(), backend.hub());
        return List.of(
                new Lanes(backend.editor(), mutations, backend.life(), backend.cleanup())::mount,
                new Services(backend.editor(), mutations)::mount,
                new Shifts(backend.editor(), mutations, history, backend.gateways())::mount,
                new PlansResource(backend.plans(), backend.editor())::mount,
                new Tables(backend.editor(), mutations, backend.store(), backend.hub())::mount,
                new Watches(backend)::mount,
                new Explains(backend.editor())::mount,
                new Revisions(history, mutations, backend.editor())::mount,
                new Gateways(backend)::mount,
                new TokensResource(backend.tokens(), backend.authenticator())::mount,
                new LintResource(backend.editor(), backend.lints())::mount,
                new Probes(backend.editor(), backend.store(), backend.metrics())::mount);
    }
}
