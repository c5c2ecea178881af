package io.laneway.control;

import io.laneway.control.auth.AuthConfig;
import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.router.source.DeploymentSource;
import io.laneway.router.source.LaneLeftovers;
import io.laneway.router.source.LintSource;
import io.laneway.router.source.MessageLanes;
import io.laneway.router.source.TablePublisher;
import io.laneway.router.source.TableServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the control API runs. Immutable.
 *
 * @param auth     how clients are authenticated
 * @param laneLife how long lanes live
 * @param around   what it is connected with in this process
 * @param prometheus a Prometheus server that guards of plans may query, null for none
 */
public record ControlConfig(
        StoreConfig store,
        Listen listen,
        AuthConfig auth,
        LaneLifeConfig laneLife,
        Bounds bounds,
        Around around,
        @Nullable URI prometheus,
        Clock clock) {

    /** The default port. */
    public static final int PORT = 9900;

    /**
     * Where it listens. Immutable.
     *
     * @param host without any way to authenticate clients only on loopback, whatever this says
     * @param port  0 takes a free one
     * @param tls   null for plain HTTP
     * @param origins whose pages may evaluate flags, {@code *} for all
     * @param names of this API, beside {@code localhost} and loopback addresses, that requests without a token may name
     */
    public record Listen(String host, int port, @Nullable Tls tls, List<String> names, List<String> origins) {

        /** Without further names. */
        public Listen(String host, int port, @Nullable Tls tls) {
            this(host, port, tls, List.of());
        }

        /** For no page of another site. */
        public Listen(String host, int port, @Nullable Tls tls, List<String> names) {
            this(host, port, tls, names, List.of());
        }

        public Listen {
            Objects.requireNonNull(host, "host");
            names = List.copyOf(names);
            origins = List.copyOf(origins);
            for (String origin : origins) {
                if (!origin.equals("*") && !origin.matches("https?://[^/?#\\s]+")) {
                    throw new IllegalArgumentException(
                            "origin: " + origin + " (expected: such as https://shop.example.com, or *)");
                }
            }
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
            }
        }
    }

    /**
     * Certificates of the server, PEM files. Immutable.
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

    /**
     * Bounds of what is taken and kept. Immutable.
     *
     * @param gatewaySilence    a gateway that was not heard of for so long, and does not watch, is gone
     * @param requestsPerSecond calls of each subject, and refused ones of each address; twice as many at once; 0 for any
     * @param historyRetention  how long edits are kept, null for ever
     */
    public record Bounds(
            Duration gatewaySilence,
            int requestsPerSecond,
            @Nullable Duration historyRetention) {

        /** Gateways are gone after 15 s; nothing else is bounded. */
        public static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(15), 0, null);

        public Bounds {
            if (requestsPerSecond < 0) {
                throw new IllegalArgumentException("requestsPerSecond: " + requestsPerSecond + " (expected: >= 0)");
            }
            if (historyRetention != null && (historyRetention.isNegative() || historyRetention.isZero())) {
                throw new IllegalArgumentException("historyRetention: " + historyRetention + " (expected: above 0)");
            }
        }
    }

    /**
     * What it is connected with in this process. Immutable.
     *
     * @param sources    discoveries whose findings are laid over the table
     * @param publishers who else gets every published revision
     * @param lints      who says what is odd, beside those sources that do
     * @param leftovers  what lanes leave behind elsewhere, removed when they are gone
     * @param messages   brokers whose message lanes are shown
     * @param servers    who serves the published table on ports of their own
     */
    public record Around(
            List<DeploymentSource> sources,
            List<TablePublisher> publishers,
            List<LintSource> lints,
            List<LaneLeftovers> leftovers,
            List<MessageLanes> messages,
            List<TableServer> servers) {

        /** Nothing. */
        public static final Around NOTHING =
                new Around(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

        public Around {
            sources = List.copyOf(sources);
            publishers = List.copyOf(publishers);
            lints = List.copyOf(lints);
            leftovers = List.copyOf(leftovers);
            messages = List.copyOf(messages);
            servers = List.copyOf(servers);
        }
    }

    public ControlConfig {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(clock, "clock");
    }

    /** SQLite in a directory, on a port of loopback, with every default. */
    public static ControlConfig in(Path directory, int port) {
        return new ControlConfig(
                new StoreConfig.Sqlite(directory),
                new Listen("127.0.0.1", port, null),
                AuthConfig.NONE,
                LaneLifeConfig.DEFAULT,
                Bounds.DEFAULT,
                Around.NOTHING,
                null,
                Clock.systemUTC());
    }

    /** The same with another store. */
    public ControlConfig with(StoreConfig other) {
        return new ControlConfig(other, listen, auth, laneLife, bounds, around, prometheus, clock);
    }

    /** The same somewhere else. */
    public ControlConfig with(Listen other) {
        return new ControlConfig(store, other, auth, laneLife, bounds, around, prometheus, clock);
    }

    /** The same with other ways to authenticate clients. */
    public ControlConfig with(AuthConfig other) {
        return new ControlConfig(store, listen, other, laneLife, bounds, around, prometheus, clock);
    }

    /** The same with another life of lanes. */
    public ControlConfig with(LaneLifeConfig other) {
        return new ControlConfig(store, listen, auth, other, bounds, around, prometheus, clock);
    }

    /** The same with other bounds. */
    public ControlConfig with(Bounds other) {
        return new ControlConfig(store, listen, auth, laneLife, other, around, prometheus, clock);
    }

    /** The same, connected with other things. */
    public ControlConfig with(Around other) {
        return new ControlConfig(store, listen, auth, laneLife, bounds, other, prometheus, clock);
    }

    /** The same with discoveries and publishers. */
    public ControlConfig with(List<DeploymentSource> sources, List<TablePublisher> publishers) {
        return with(new Around(
                sources, publishers, around.lints(), around.leftovers(), around.messages(), around.servers()));
    }

    /** The same, removing what lanes leave behind. */
    public ControlConfig removing(List<LaneLeftovers> leftovers) {
        return with(new Around(
                around.sources(), around.publishers(), around.lints(), leftovers, around.messages(), around.servers()));
    }

    /** The same, showing the message lanes of brokers. */
    public ControlConfig showing(List<MessageLanes> messages) {
        return with(new Around(
                around.sources(), around.publishers(), around.lints(), around.leftovers(), messages, around.servers()));
    }

    /** The same, serving the table on ports of their own. */
    public ControlConfig serving(List<TableServer> servers) {
        return with(new Around(
                around.sources(), around.publishers(), around.lints(), around.leftovers(), around.messages(), servers));
    }

    /** The same by another clock. */
    public ControlConfig with(Clock other) {
        return new ControlConfig(store, listen, auth, laneLife, bounds, around, prometheus, other);
    }

    /** The same with a Prometheus server that guards of plans may query. */
    public ControlConfig with(URI server) {
        return new ControlConfig(store, listen, auth, laneLife, bounds, around, server, clock);
    }
}
