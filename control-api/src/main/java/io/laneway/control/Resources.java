package io.laneway.control;

import io.laneway.control.event.ConsoleEvents;
import io.laneway.control.event.EventsResource;
import io.laneway.control.flag.FlagsResource;
import io.laneway.control.http.Routes;
import io.laneway.control.join.JoinResource;
import io.laneway.control.link.LinkSecrets;
import io.laneway.control.overview.OverviewResource;
import io.laneway.control.overview.RowWriter;
import io.laneway.control.question.AnswersResource;
import io.laneway.control.question.RequestsResource;
import io.laneway.control.question.TailResource;
import io.laneway.control.replay.ReplaysResource;
import io.laneway.control.rest.operations.BackupResource;
import io.laneway.control.rest.operations.ExplainResource;
import io.laneway.control.rest.operations.GatewaysResource;
import io.laneway.control.rest.operations.LintResource;
import io.laneway.control.rest.operations.MessagesResource;
import io.laneway.control.rest.operations.ProbesResource;
import io.laneway.control.rest.operations.TokensResource;
import io.laneway.control.rest.operations.TrafficResource;
import io.laneway.control.rest.operations.WatchResource;
import io.laneway.control.rest.table.LanesResource;
import io.laneway.control.rest.table.LinksResource;
import io.laneway.control.rest.table.PlansResource;
import io.laneway.control.rest.table.RecordingsResource;
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
import java.util.stream.Stream;

/** Every resource of the API, made once and mounted on the router of each event loop. */
final class Resources {

    private Resources() {}

    /** How each resource mounts its routes. */
    static List<Consumer<Routes>> of(Components components) {
        ProbesResource.gauges(components.metrics(), components.editor(), components.hub());
        return Stream.of(table(components), requests(components), console(components), operations(components))
                .flatMap(List::stream)
                .toList();
    }

    /** What the table holds. */
    private static List<Consumer<Routes>> table(Components components) {
        TableEdits edits = new TableEdits(components.editor(), components.gateways());
        TableHistory history = new TableHistory(components.store());
        LanesResource lanes = new LanesResource(
                components.editor(), edits, components.life(), components.cleanup(), components.joins());
        return List.of(
                lanes::mount,
                new RenewalsResource(components.editor(), lanes, components.life(), components.seal())::mount,
                new LinksResource(
                        components.editor(),
                        edits,
                        new LinkSecrets(components.store()),
                        components.store().history(),
                        components.clock())::mount,
                new ServicesResource(components.editor(), edits)::mount,
                new ShiftsResource(components.editor(), edits, history, components.gateways())::mount,
                new RecordingsResource(components.editor(), edits, components.gateways(), components.clock())::mount,
                new PlansResource(components.plans(), components.editor(), edits)::mount,
                new TableResource(components.editor(), edits, components.life(), components.store(), components.hub())
                        ::mount,
                new RevisionsResource(history, edits, components.editor())::mount);
    }

    /** What gateways are asked of requests. */
    private static List<Consumer<Routes>> requests(Components components) {
        Supplier<Collection<Shift>> shifts =
                () -> components.editor().state().objects().shifts().values();
        return List.of(
                new JoinResource(components.joins(), components.grants())::mount,
                new AnswersResource(components.questions())::mount,
                new RequestsResource(components.questions(), shifts)::mount,
                new TailResource(components.questions(), components.grants(), shifts)::mount,
                new ReplaysResource(
                        components.replays(), components.gateways(), components.editor(), components.clock())::mount);
    }

    /** What the console shows, beside what the table holds. */
    private static List<Consumer<Routes>> console(Components components) {
        RowWriter rows = new RowWriter(components.life());
        ConsoleEvents.start(
                components.events(),
                new ConsoleEvents.Around(
                        components.store(),
                        components.editor(),
                        components.tables(),
                        components.traffic(),
                        components.gateways(),
                        components.plans()::seen,
                        components.lints(),
                        components.replays(),
                        rows,
                        components.clock()));
        Supplier<String> store = () -> components.store().identity().id();
        return List.of(
                new OverviewResource(
                        components.tables(),
                        components.traffic(),
                        components.gateways(),
                        components.plans()::seen,
                        components.life(),
                        store,
                        components.clock())::mount,
                new TrafficResource(components.traffic(), components.clock())::mount,
                new MessagesResource(components.brokers())::mount,
                new EventsResource(components.events(), components.grants(), components.editor()::state, store)::mount);
    }

    /** What runs the installation. */
    private static List<Consumer<Routes>> operations(Components components) {
        return List.of(
                new WatchResource(
                        components.hub(),
                        components.gateways(),
                        components.store(),
                        components.editor(),
                        components.grants())::mount,
                new FlagsResource(components.editor())::mount,
                new ExplainResource(components.editor())::mount,
                new GatewaysResource(
                        components.gateways(),
                        components.sweeper(),
                        components.editor(),
                        components.store(),
                        components.clock())::mount,
                new TokensResource(
                        components.tokens(),
                        components.authenticator(),
                        components.grants(),
                        components.editor(),
                        components.store())::mount,
                new BackupResource(components.store(), components.clock())::mount,
                new LintResource(components.editor(), components.lints())::mount,
                new ProbesResource(
                        components.editor(), components.store(), components.metrics(), components.publishing())::mount);
    }
}
