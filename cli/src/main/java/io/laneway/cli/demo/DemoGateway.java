package io.laneway.cli.demo;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.AccessLogConfig;
import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.AdminConfig;
import io.laneway.gateway.runtime.config.BalancingConfig;
import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.ErrorPagesConfig;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.HeadersConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.OverloadConfig;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.RequestsConfig;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The demo's gateway: an edge whose one service is A, and an internal listener for calls between services. */
final class DemoGateway {

    static final String EDGE = "edge";
    static final String OUTBOUND = "outbound";

    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final String LOOPBACK = "127.0.0.1";

    private DemoGateway() {}

    static Gateway start(DemoPorts ports, String control, Path data, boolean accessLog, GatewayEnvironment around) {
        TimeoutsConfig defaults = TimeoutsConfig.DEFAULT;
        return Gateway.start(
                new GatewayConfig(
                        "demo",
                        List.of(edge(ports.edge()), outbound(ports.outbound())),
                        new AdminConfig(new Address(LOOPBACK, ports.admin()), null),
                        new TableConfig.Control(URI.create(control), null),
                        data,
                        0,
                        Transport.AUTO,
                        accessLog ? AccessLogConfig.DEFAULT : AccessLogConfig.OFF,
                        new TimeoutsConfig(defaults.head(), defaults.body(), defaults.idle(), DRAIN),
                        LimitsConfig.DEFAULT,
                        HeadersConfig.DEFAULT,
                        OverloadConfig.DEFAULT,
                        DrainConfig.DEFAULT,
                        RequestsConfig.DEFAULT,
                        null,
                        BalancingConfig.DEFAULT,
                        ErrorPagesConfig.NONE,
                        null,
                        null,
                        null),
                around);
    }

    private static ListenerConfig edge(int port) {
        return new ListenerConfig(
                EDGE,
                new Address(LOOPBACK, port),
                Trust.EXTERNAL,
                true,
                null,
                DemoTable.SERVICES.get(0),
                UnknownHost.REFUSE,
                null,
                false,
                0,
                PathConfig.DEFAULT);
    }

    private static ListenerConfig outbound(int port) {
        return ListenerConfig.of(OUTBOUND, new Address(LOOPBACK, port), Trust.INTERNAL);
    }
}
