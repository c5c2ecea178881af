package io.laneway.control;

import io.laneway.control.auth.AuthConfig;
import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.control.store.StoreConfig;
import io.laneway.router.source.DeploymentSource;
import io.laneway.router.source.LaneLeftovers;
import io.laneway.router.source.LintSource;
import io.laneway.router.source.TablePublisher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the control API runs. Immutable.
 *
 * @param host             where to listen; without any way to tell callers apart only on loopback, whatever this says
 * @param port             0 takes a free one
 * @param gatewaySilence   a gateway that was not heard of for so long, and does not watch, is gone
 * @param requestsPerSecond bound of calls for each address, 0 for none
 * @param historyRetention how long edits are kept, null for ever
 * @param sources          discoveries whose findings are laid over the table
 * @param lints            who says what is odd, beside those sources that do
 * @param publishers       who else gets every published revision
 * @param leftovers        what lanes leave behind elsewhere, removed when they are gone
 */
public record ControlConfig(
        StoreConfig store,
        String host,
        int port,
        @Nullable Tls tls,
        AuthConfig auth,
        LaneLifeConfig laneLife,
        Duration gatewaySilence,
        int requestsPerSecond,
        @Nullable Duration historyRetention,
        List<DeploymentSource> sources,
        List<TablePublisher> publishers,
        List<LintSource> lints,
        List<LaneLeftovers> leftovers,
        Clock clock) {

    /** The default port. */
    public static final int PORT = 9900;

    /**
     * Certificates of the server, PEM files.
     *
     * @param clientCa authorities whose client certificates are trusted, null for none
     */
    public record Tls(
            Path certificate, Path privateKey, @Nullable Path clientCa) {
        public Tls {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(privateKey, "privateKey");
        }
    }

    public ControlConfig {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        sources = List.copyOf(sources);
        publishers = List.copyOf(publishers);
        lints = List.copyOf(lints);
        leftovers = List.copyOf(leftovers);
    }

    /** SQLite in a directory, on a port, with every default. */
    public static ControlConfig in(Path directory, int port) {
        return new ControlConfig(
                new StoreConfig.Sqlite(directory),
                "127.0.0.1",
                port,
                null,
                AuthConfig.NONE,
                LaneLifeConfig.DEFAULT,
                Duration.ofSeconds(15),
                0,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Clock.systemUTC());
    }

    /** The same with another store. */
    public ControlConfig with(StoreConfig store) {
        return new ControlConfig(
                store,
                host,
                port,
                tls,
                auth,
                laneLife,
                gatewaySilence,
                requestsPerSecond,
                historyRetention,
                sources,
                publishers,
                lints,
                leftovers,
                clock);
    }

    /** The same on another host. */
    public ControlConfig on(String host) {
        return new ControlConfig(
                store,
                host,
                port,
                tls,
                auth,
                laneLife,
                gatewaySilence,
                requestsPerSecond,
                historyRetention,
                sources,
                publishers,
                lints,
                leftovers,
                clock);
    }

    /** The same with discoveries and publishers. */
    public ControlConfig with(List<DeploymentSource> sources, List<TablePublisher> publishers) {
        return new ControlConfig(
                store,
                host,
                port,
                tls,
                auth,
                laneLife,
                gatewaySilence,
                requestsPerSecond,
                historyRetention,
                sources,
                publishers,
                lints,
                leftovers,
                clock);
    }

    /** The same, removing what lanes leave behind. */
    public ControlConfig removing(List<LaneLeftovers> leftovers) {
        return new ControlConfig(
                store,
                host,
                port,
                tls,
                auth,
                laneLife,
                gatewaySilence,
                requestsPerSecond,
                historyRetention,
                sources,
                publishers,
                lints,
                leftovers,
                clock);
    }

    /** The same with other ways to tell callers apart. */
    public ControlConfig with(AuthConfig auth) {
        return new ControlConfig(
                store,
                host,
                port,
                tls,
                auth,
                laneLife,
                gatewaySilence,
                requestsPerSecond,
                historyRetention,
                sources,
                publishers,
                lints,
                leftovers,
                clock);
    }

    /** The same with another life of lanes and another clock. */
    public ControlConfig with(LaneLifeConfig laneLife, Clock clock) {
        return new ControlConfig(
                store,
                host,
                port,
                tls,
                auth,
                laneLife,
                gatewaySilence,
                requestsPerSecond,
                historyRetention,
                sources,
                publishers,
                lints,
                leftovers,
                clock);
    }

    /** The same over TLS. */
    public ControlConfig with(@Nullable Tls tls) {
        return new ControlConfig(
                store,
                host,
                port,
                tls,
                auth,
                laneLife,
                gatewaySilence,
                requestsPerSecond,
                historyRetention,
                sources,
                publishers,
                lints,
                leftovers,
                clock);
    }
}
