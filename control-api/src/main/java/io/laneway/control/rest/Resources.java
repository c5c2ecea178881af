package io.laneway.control.rest;

import io.laneway.control.http.Routes;
import io.laneway.control.rest.edits.Lanes;
import io.laneway.control.rest.edits.Mutations;
import io.laneway.control.rest.edits.PlansResource;
import io.laneway.control.rest.edits.Renewals;
import io.laneway.control.rest.edits.Revisions;
import io.laneway.control.rest.edits.Services;
import io.laneway.control.rest.edits.Shifts;
import io.laneway.control.rest.edits.TableHistory;
import io.laneway.control.rest.edits.Tables;
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
        Lanes lanes = new Lanes(backend.editor(), mutations, backend.life(), backend.cleanup());
        return List.of(
                lanes::mount,
                new Renewals(backend.editor(), lanes, backend.life(), backend.seal())::mount,
                new Services(backend.editor(), mutations)::mount,
                new Shifts(backend.editor(), mutations, history, backend.gateways())::mount,
                new PlansResource(backend.plans(), backend.editor(), mutations)::mount,
                new Tables(backend.editor(), mutations, backend.life(), backend.store(), backend.hub())::mount,
                new Watches(backend)::mount,
                new Explains(backend.editor())::mount,
                new Revisions(history, mutations, backend.editor())::mount,
                new Gateways(backend)::mount,
                new TokensResource(backend)::mount,
                new BackupResource(backend)::mount,
                new LintResource(backend.editor(), backend.lints())::mount,
                new Probes(backend.editor(), backend.store(), backend.metrics(), backend.publishing())::mount);
    }
}
