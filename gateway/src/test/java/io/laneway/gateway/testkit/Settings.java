package io.laneway.gateway.testkit;

import io.laneway.gateway.runtime.config.BalancingConfig;
import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.ErrorPagesConfig;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.HeadersConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.OverloadConfig;
import io.laneway.gateway.runtime.config.RatesConfig;
import io.laneway.gateway.runtime.config.RequestsConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.config.Transport;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What tests change in a gateway's configuration. Confined to one change. */
final class Settings {

    int threads;
    Transport transport;
    List<ListenerConfig> listeners;
    TimeoutsConfig timeouts;
    LimitsConfig limits;
    HeadersConfig headers;
    OverloadConfig overload;
    DrainConfig drain;
    RequestsConfig requests;
    BalancingConfig balancing;
    ErrorPagesConfig errorPages;

    @Nullable
    RatesConfig rates;

    private Settings(GatewayConfig from) {
        threads = from.threads();
        transport = from.transport();
        listeners = from.listeners();
        timeouts = from.timeouts();
        limits = from.limits();
        headers = from.headers();
        overload = from.overload();
        drain = from.drain();
        requests = from.requests();
        balancing = from.balancing();
        errorPages = from.errorPages();
        rates = from.rates();
    }

    /** The same configuration but for what the change sets. */
    static GatewayConfig changed(GatewayConfig from, Consumer<Settings> change) {
        Settings to = new Settings(from);
        change.accept(to);
        return new GatewayConfig(
                from.id(),
                to.listeners,
                from.admin(),
                from.table(),
                from.data(),
                to.threads,
                to.transport,
                from.accessLog(),
                to.timeouts,
                to.limits,
                to.headers,
                to.overload,
                to.drain,
                to.requests,
                from.tracing(),
                to.balancing,
                to.errorPages,
                from.filters(),
                to.rates,
                from.recordings());
    }
}
