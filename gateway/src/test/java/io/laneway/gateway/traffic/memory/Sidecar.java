package io.laneway.gateway.traffic.memory;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import java.util.List;

/**
 * A gateway beside one application: listener {@code in} in front of it, {@code out} for its calls, which go by their path
 * ({@code /NAME}) to other services.
 */
final class Sidecar implements AutoCloseable {

    private final TestGateway gateway;
    private final String service;

    private Sidecar(TestGateway gateway, String service) {
        this.gateway = gateway;
        this.service = service;
    }

    /**
     * Beside an application on that port.
     *
     * @param next name and port of a service that the application calls, null and 0 for none
     */
    static Sidecar of(String service, int application, String next, int port) {
        Tables tables = new Tables().lane("f-1").lane("f-2").lane("G0").service(service, "master", application);
        if (next != null) {
            tables.service(next, "master", port).route("/" + next, next, false);
        }
        return new Sidecar(
                TestGateway.over(
                        tables.build(),
                        config -> TestGateway.with(
                                TestGateway.with(config, List.of(listener("in", service), listener("out", null))),
                                2,
                                Transport.AUTO)),
                service);
    }

    private static ListenerConfig listener(String name, String service) {
        return new ListenerConfig(
                name,
                new Address("127.0.0.1", 0),
                Trust.INTERNAL,
                true,
                null,
                service,
                UnknownHost.REFUSE,
                null,
                false,
                0,
                PathConfig.DEFAULT);
    }

    /** Where requests for the application come in. */
    int in() {
        return gateway.port("in");
    }

    /** Where the application sends its calls. */
    int out() {
        return gateway.port("out");
    }

    /** What is known of all services. */
    LaneContexts contexts() {
        return gateway.plane().laneContexts();
    }

    /** What is known of its application's service. */
    LaneContexts.Counts counts() {
        return contexts().of(service);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
