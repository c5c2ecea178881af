package io.laneway.control;

import io.laneway.control.auth.Grants;
import io.laneway.control.auth.StoreAuthenticator;
import io.laneway.control.auth.Tokens;
import io.laneway.control.broker.BrokerLooks;
import io.laneway.control.edit.Editor;
import io.laneway.control.event.EventHub;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.join.Joins;
import io.laneway.control.lane.LaneCleanup;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.lane.LaneSweeper;
import io.laneway.control.lane.RenewSeal;
import io.laneway.control.overview.TableIndexes;
import io.laneway.control.plan.Plans;
import io.laneway.control.question.Questions;
import io.laneway.control.replay.Replays;
import io.laneway.control.sources.Publishing;
import io.laneway.control.store.ControlStore;
import io.laneway.control.traffic.Traffic;
import io.laneway.control.watch.WatchHub;
import io.laneway.control.webhook.Webhooks;
import io.laneway.router.source.LintSource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;

/** The parts of a running control API, each made once. Immutable; its parts are safe for many threads. */
record Components(
        ControlStore store,
        Editor editor,
        WatchHub hub,
        GatewayRegistry gateways,
        Traffic traffic,
        TableIndexes tables,
        EventHub events,
        LaneLife life,
        LaneSweeper sweeper,
        RenewSeal seal,
        LaneCleanup cleanup,
        BrokerLooks brokers,
        Webhooks webhooks,
        Plans plans,
        Questions questions,
        Replays replays,
        Joins joins,
        Tokens tokens,
        StoreAuthenticator authenticator,
        Grants grants,
        List<LintSource> lints,
        Clock clock,
        PrometheusRegistry metrics,
        Publishing publishing) {

    Components {
        lints = List.copyOf(lints);
    }
}
