package io.laneway.control.event;

import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.overview.RowWriter;
import io.laneway.control.overview.TableIndexes;
import io.laneway.control.plan.PlanState;
import io.laneway.control.replay.Replays;
import io.laneway.control.store.ControlStore;
import io.laneway.control.traffic.Traffic;
import io.laneway.control.traffic.TrafficView;
import io.laneway.router.source.LintSource;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the events are about, and how often each is looked at. Stateless. */
public final class ConsoleEvents {

    private static final long SOON_MS = 500;
    private static final long SECOND_MS = 1_000;
    private static final long TRAFFIC_MS = 2_000;

    private ConsoleEvents() {}

    /** What is looked at. Immutable. */
    public record Around(
            ControlStore store,
            Editor editor,
            TableIndexes tables,
            Traffic traffic,
            GatewayRegistry gateways,
            Supplier<Map<String, PlanState>> plans,
            List<LintSource> lints,
            Replays replays,
            RowWriter rows,
            Clock clock) {}

    /** Gives a hub its sources and starts it. */
    public static void start(EventHub hub, Around around) {
        Supplier<TrafficView> passed =
                () -> around.traffic().view(around.clock().millis());
        hub.add(new RowEvents(around.tables(), passed, around.plans(), around.rows()), SOON_MS);
        hub.add(new PlanEvents(around.plans()), SOON_MS);
        hub.add(
                new GatewayEvents(
                        around.gateways(),
                        () -> around.store().identity().id(),
                        () -> around.editor().state().revision()),
                SECOND_MS);
        hub.add(new TrafficEvents(around.tables(), passed, around.clock()), TRAFFIC_MS);
        hub.add(
                new LintEvents(
                        around.lints(),
                        () -> around.editor().state().publishedTable(),
                        () -> around.editor().state().revision()),
                SECOND_MS);
        hub.add(new ReplayEvents(around.replays()), SECOND_MS);
        String epoch = Long.toHexString(new SecureRandom().nextLong() >>> 1);
        hub.start(new RevisionEvents(around.store()::history), epoch);
    }
}
