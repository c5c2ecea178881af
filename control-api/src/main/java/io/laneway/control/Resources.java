package io.laneway.control;

import io.laneway.control.http.Routes;
import io.laneway.control.question.AnswersResource;
import io.laneway.control.question.RequestsResource;
import io.laneway.control.question.TailResource;
import io.laneway.control.rest.operations.BackupResource;
import io.laneway.control.rest.operations.ExplainResource;
import io.laneway.control.rest.operations.GatewaysResource;
import io.laneway.control.rest.operations.LintResource;
import io.laneway.control.rest.operations.ProbesResource;
import io.laneway.control.rest.operations.TokensResource;
import io.laneway.control.rest.operations.WatchResource;
import io.laneway.control.rest.table.LanesResource;
import io.laneway.control.rest.table.PlansResource;
import io.laneway.control.rest.table.RenewalsResource;
import io.laneway.control.rest.table.RevisionsResource;
import io.laneway.control.rest.table.ServicesResource;
import io.laneway.control.rest.table.ShiftsResource;
import io.laneway.control.rest.table.TableEdits;
import io.laneway.control.rest.table.TableHistory;
import io.laneway.control.rest.table.TableResource;
import io.laneway.router.model.shift.Shift;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every resource of the API, made once and mounted on the router of each event loop. */
final class Resources {

    private Resources() {}

    /** How each resource mounts its routes, in the order of the documentation. */
    static List<Consumer<Routes>> of(Backend backend) {
        TableEdits edits = new TableEdits(backend.editor(), backend.gateways());
        TableHistory history = new TableHistory(backend.store());
        ProbesResource.gauges(backend.metrics(), backend.editor(), backend.hub());
        LanesResource lanes = new LanesResource(backend.editor(), edits, backend.life(), backend.cleanup());
        Supplier<Collection<Shift>> shifts =
                () -> backend.editor().state().objects().shifts().values();
        return List.of(
                lanes::mount,
                new RenewalsResource(backend.editor(), lanes, backend.life(), backend.seal())::mount,
                new ServicesResource(backend.editor(), edits)::mount,
                new ShiftsResource(backend.editor(), edits, history, backend.gateways())::mount,
                new PlansResource(backend.plans(), backend.editor(), edits)::mount,
                new TableResource(backend.editor(), edits, backend.life(), backend.store(), backend.hub())::mount,
                new WatchResource(
                        backend.hub(), backend.gateways(), backend.store(), backend.editor(), backend.grants())::mount,
                new ExplainResource(backend.editor())::mount,
                new RevisionsResource(history, edits, backend.editor())::mount,
                new GatewaysResource(
                                backend.gateways(),
                                backend.sweeper(),
                                backend.editor(),
                                backend.store(),
                                backend.clock())::mount,
                new AnswersResource(backend.questions())::mount,
                new RequestsResource(backend.questions(), shifts)::mount,
                new TailResource(backend.questions(), backend.grants(), shifts)::mount,
                new TokensResource(
                                backend.tokens(),
                                backend.authenticator(),
                                backend.grants(),
                                backend.editor(),
                                backend.store())::mount,
                new BackupResource(backend.store(), backend.clock())::mount,
                new LintResource(backend.editor(), backend.lints())::mount,
                new ProbesResource(backend.editor(), backend.store(), backend.metrics(), backend.publishing())::mount);
    }
}
