package io.laneway.control;

import io.laneway.control.auth.AdminCheck;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.Grants;
import io.laneway.control.auth.JwtIssuer;
import io.laneway.control.auth.StoreAuthenticator;
import io.laneway.control.auth.Tokens;
import io.laneway.control.auth.oidc.OidcIssuer;
import io.laneway.control.broker.BrokerLooks;
import io.laneway.control.certificate.CertificateWatch;
import io.laneway.control.check.TableLint;
import io.laneway.control.edit.Editor;
import io.laneway.control.edit.RevisionListener;
import io.laneway.control.event.EventHub;
import io.laneway.control.gateways.ClaimLint;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.LostLanesLint;
import io.laneway.control.gateways.Measures;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.MemoryBounds;
import io.laneway.control.join.JoinLint;
import io.laneway.control.join.Joins;
import io.laneway.control.lane.LaneCleanup;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.lane.LaneSweeper;
import io.laneway.control.lane.RenewSeal;
import io.laneway.control.overview.TableIndexes;
import io.laneway.control.plan.PlanNotice;
import io.laneway.control.plan.Plans;
import io.laneway.control.question.Questions;
import io.laneway.control.recording.RecordingLint;
import io.laneway.control.replay.Replays;
import io.laneway.control.sources.Publishing;
import io.laneway.control.store.ControlStore;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.TableObjects;
import io.laneway.control.traffic.Traffic;
import io.laneway.control.watch.WatchHub;
import io.laneway.control.webhook.Webhooks;
import io.laneway.router.access.HostNames;
import io.laneway.router.source.LintSource;
import io.laneway.router.text.Slug;
import io.laneway.router.tls.RenewedTls;
import io.laneway.router.tls.TlsFiles;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a control API and how they hang together. */
final class ControlParts implements AutoCloseable {

    private static final int SECRET_BYTES = 32;
    private static final int TAIL_ROWS = 2_000;
    private static final int TAIL_BYTES = 8 << 20;

    private final ControlConfig config;
    private final Vertx vertx;
    private final ControlStore store;
    private final WatchHub hub;
    private final EventHub events;
    private final Editor editor;
    private final StoreAuthenticator authenticator;
    private final Tokens tokens;
    private final Components components;
    private final List<Consumer<Routes>> resources;
    private final Servers servers;
    private final @Nullable RenewedTls tls;
    private final ControlJobs jobs;

    private ControlParts(ControlConfig config, Vertx vertx, ControlStore store, @Nullable RenewedTls tls) {
        this.config = config;
        this.tls = tls;
        this.vertx = vertx;
        this.store = store;
        this.hub = new WatchHub(vertx, store::identity, state -> Bodies.table(state.publishedTable()));
        this.events = new EventHub();
        this.servers = new Servers(config.around().servers());
        this.editor = new Editor(
                store,
                config.clock(),
                MemoryBounds.here().table(),
                servers.hearing(RevisionListener.both(hub, events)));
        hub.remember(store.publishedTail(TAIL_ROWS, TAIL_BYTES));
        SecureRandom random = new SecureRandom();
        this.tokens = tokens(config, store, random);
        JwtIssuer issuer = issuer(config, vertx);
        Logins logins = Logins.of(config, store, issuer, random);
        this.authenticator =
                new StoreAuthenticator(tokens, issuer, config.auth().certificates(), logins.sessions());
        this.components =
                components(config, tls, vertx, store, hub, events, editor, tokens, authenticator, seal(store, random));
        this.resources = Stream.concat(Resources.of(components).stream(), logins.resources().stream())
                .toList();
        this.jobs = new ControlJobs(config, components, servers::beat, certificates(tls, components.metrics()));
    }

    private static Tokens tokens(ControlConfig config, ControlStore store, SecureRandom random) {
        Tokens tokens = new Tokens(store, config.clock(), random);
        tokens.first(config.auth().first());
        ControlConfig.Tls tls = config.listen().tls();
        AdminCheck.look(
                config.auth(),
                tls != null && tls.clientCa() != null,
                tokens.all(),
                config.clock().millis());
        return tokens;
    }

    private static RenewSeal seal(ControlStore store, SecureRandom random) {
        byte[] fresh = new byte[SECRET_BYTES];
        random.nextBytes(fresh);
        return new RenewSeal(store.secret("renew", HexFormat.of().formatHex(fresh)));
    }

    private static Runnable certificates(@Nullable RenewedTls tls, PrometheusRegistry metrics) {
        return tls == null ? () -> {} : new CertificateWatch(tls, metrics)::look;
    }

    private static Components components(
            ControlConfig config,
            @Nullable RenewedTls tls,
            Vertx vertx,
            ControlStore store,
            WatchHub hub,
            EventHub events,
            Editor editor,
            Tokens tokens,
            StoreAuthenticator authenticator,
            RenewSeal seal) {
        Clock clock = config.clock();
        Measures measures = new Measures(() -> compared(editor.state().objects()));
        Traffic traffic = new Traffic();
        GatewayRegistry gateways = new GatewayRegistry(
                vertx,
                store,
                clock,
                config.bounds().gatewaySilence(),
                MemoryBounds.here().table(),
                measures,
                traffic);
        LaneLife life = new LaneLife(config.laneLife(), store, clock);
        PrometheusRegistry metrics = new PrometheusRegistry();
        Webhooks webhooks = new Webhooks(config.laneLife().webhooks(), store.notices(), clock);
        LaneSweeper sweeper = new LaneSweeper(config.laneLife(), life, editor, store, seal, webhooks);
        Joins joins = new Joins(vertx, tls, editor, store, sweeper, clock, metrics);
        return new Components(
                store,
                editor,
                hub,
                gateways,
                traffic,
                new TableIndexes(editor::state),
                events,
                life,
                sweeper,
                seal,
                new LaneCleanup(config.around().leftovers(), editor, store),
                new BrokerLooks(
                        config.around().messages(), () -> slugs(editor.state().published()), vertx, clock),
                webhooks,
                plans(config, store, editor, measures, webhooks),
                new Questions(vertx, hub, gateways, store, clock),
                new Replays(hub, store, clock),
                joins,
                tokens,
                authenticator,
                new Grants(authenticator),
                lints(config, gateways, joins),
                clock,
                metrics,
                new Publishing(metrics));
    }

    private static Plans plans(
            ControlConfig config, ControlStore store, Editor editor, Measures measures, Webhooks webhooks) {
        return new Plans(
                store,
                editor,
                measures,
                config.clock(),
                System::nanoTime,
                config.prometheus(),
                (shift, state, who) -> webhooks.send(PlanNotice.of(shift, state, who)));
    }

    /** The lanes that a guard may look at: the base lane, and the environments of shifts. */
    private static Set<String> compared(TableObjects now) {
        Set<String> slugs = new HashSet<>();
        slugs.add(Slug.of(now.base()));
        now.shifts().values().forEach(shift -> shift.environments().forEach(e -> slugs.add(Slug.of(e.lane()))));
        return slugs;
    }

    private static Set<String> slugs(TableObjects now) {
        return now.lanes().keySet().stream().map(Slug::of).collect(Collectors.toSet());
    }

    static ControlParts make(ControlConfig config, Vertx vertx) {
        RenewedTls tls = read(config.listen().tls());
        ControlStore store = ControlStore.open(config.store(), config.clock());
        try {
            return new ControlParts(config, vertx, store, tls);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static @Nullable RenewedTls read(ControlConfig.@Nullable Tls tls) {
        if (tls == null) {
            return null;
        }
        try {
            return new RenewedTls(new TlsFiles(tls.certificate(), tls.privateKey(), tls.clientCa()));
        } catch (IllegalArgumentException e) {
            throw new UncheckedIOException("tls", new IOException(e.getMessage(), e));
        }
    }

    private static List<LintSource> lints(ControlConfig config, GatewayRegistry gateways, Joins joins) {
        List<LintSource> lints = new ArrayList<>(config.around().lints());
        lints.add(0, new TableLint());
        lints.add(new ClaimLint(gateways::all));
        lints.add(new LostLanesLint(gateways));
        lints.add(new RecordingLint(config.clock()));
        lints.add(new JoinLint(joins));
        Stream.concat(config.around().sources().stream(), config.around().servers().stream())
                .forEach(source -> {
                    if (source instanceof LintSource lint) {
                        lints.add(lint);
                    }
                });
        return lints;
    }

    private static @Nullable JwtIssuer issuer(ControlConfig config, Vertx vertx) {
        AuthConfig.Oidc oidc = config.auth().oidc();
        return oidc == null ? null : OidcIssuer.of(oidc, vertx, config.clock());
    }

    /** Starts the jobs, and the servers beside the API at its address. */
    void run(String host) {
        servers.start(components, vertx, host, tls);
        jobs.start();
    }

    Vertx vertx() {
        return vertx;
    }

    /** What is shown to clients, null for plain HTTP. */
    @Nullable
    RenewedTls tls() {
        return tls;
    }

    ControlStore store() {
        return store;
    }

    Editor editor() {
        return editor;
    }

    GatewayRegistry gateways() {
        return components.gateways();
    }

    Questions questions() {
        return components.questions();
    }

    Joins joins() {
        return components.joins();
    }

    WatchHub hub() {
        return hub;
    }

    EventHub events() {
        return events;
    }

    Tokens tokens() {
        return tokens;
    }

    StoreAuthenticator authenticator() {
        return authenticator;
    }

    /** The host names that count while no credentials are asked for. */
    HostNames names() {
        List<String> names = new ArrayList<>(config.listen().names());
        names.add(config.listen().host());
        return HostNames.of(names, HostNames.Literals.LOOPBACK);
    }

    /** Whose pages may evaluate flags. */
    List<String> origins() {
        return config.listen().origins();
    }

    List<Consumer<Routes>> resources() {
        return resources;
    }

    @Override
    public void close() {
        events.close();
        servers.close();
        jobs.close();
        editor.close();
        store.close();
    }
}
