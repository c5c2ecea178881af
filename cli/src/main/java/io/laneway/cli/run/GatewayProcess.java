package io.laneway.cli.run;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.config.GatewayConfig;
import java.util.concurrent.CompletableFuture;

/** A gateway as a process of its own. */
public final class GatewayProcess {

    private GatewayProcess() {}

    /**
     * Runs until a signal comes or somebody asked for a drain by the admin interface; then finishes what runs, within
     * the grace time, and ends.
     */
    public static void run(GatewayConfig config, GatewayEnvironment environment) {
        Lifetime lifetime = new Lifetime();
        try (Gateway gateway = Gateway.start(config, environment)) {
            CompletableFuture<Integer> drained = gateway.drained().toCompletableFuture();
            drained.thenRun(lifetime::end);
            lifetime.await(null);
            gateway.drain();
            drained.join();
        } finally {
            lifetime.closed();
        }
    }
}
