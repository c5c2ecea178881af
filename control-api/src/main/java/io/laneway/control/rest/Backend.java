package io.laneway.control.rest;

import io.laneway.control.auth.StoreAuthenticator;
import io.laneway.control.auth.Tokens;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.store.ControlStore;
import io.laneway.control.table.Editor;
import io.laneway.control.watch.WatchHub;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What the resources stand on. Immutable; its parts are safe for many threads. */
public record Backend(
        ControlStore store,
        Editor editor,
        WatchHub hub,
        GatewayRegistry gateways,
        LaneLife life,
        Tokens tokens,
        StoreAuthenticator authenticator,
        PrometheusMeterRegistry metrics) {}
