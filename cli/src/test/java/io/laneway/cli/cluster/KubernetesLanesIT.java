package io.laneway.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.cli.cluster.Calls.Response;
import io.laneway.cli.command.Laneway;
import io.laneway.cli.control.ClusterControl;
import io.laneway.cli.run.Sources;
import io.laneway.control.ControlConfig;
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
import io.laneway.gateway.runtime.config.RequestsConfig;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.k8s.ClusterDuties;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesSettings;
import io.laneway.testkit.Crowd;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mission on Kubernetes: what is deployed is a lane, for a real gateway behind a real control API, and for a gateway
 * alone. Only the API server is a mock.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KubernetesLanesIT {

    private static final Logger log = LoggerFactory.getLogger(KubernetesLanesIT.class);
    private static final String LISTENER = "outbound";
    private static final String LANE = "f-20200624-hltest-010";
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("laneway.away", 5));

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static ApiServer api;
    private static Shop shop;
    private static ClusterControl control;
    private static Gateway gateway;
    private static Gateway alone;
    private static Calls calls;
    private static Calls callsAlone;
    private static Pod base;

    private final Pod pod = new Pod(vertx, LANE);

    @BeforeAll
    static void start() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        vertx = Vertx.vertx();
        api = new ApiServer();
        shop = new Shop(api.client());
        base = new Pod(vertx, "master");
        shop.deploy("master", base);
        KubernetesConfig cluster = KubernetesSettings.of(Set.of(), Map.of("url", api.url()));
        control = ClusterControl.start(
                ControlConfig.in(directory, 0), cluster, new ClusterDuties("test", null, true, null), List.of());
        gateway = gateway(new TableConfig.Control(URI.create(control.api().url()), null));
        alone = gateway(new TableConfig.Kubernetes(List.of(), Map.of("url", api.url())));
        calls = new Calls(vertx, gateway, LISTENER, Shop.APP);
        callsAlone = new Calls(vertx, alone, LISTENER, Shop.APP);
        await().atMost(Duration.ofSeconds(30)).until(() -> calls.get("").status() == 200);
        await().atMost(Duration.ofSeconds(30)).until(() -> callsAlone.get("").status() == 200);
    }

    @AfterAll
    static void stop() {
        alone.close();
        gateway.close();
        control.close();
        api.close();
        vertx.close().await();
        Awaitility.reset();
    }

    @AfterEach
    void undeploy() {
        pod.release();
        shop.remove(LANE);
        await().until(() -> calls.get(LANE).lane().equals("master"));
        await().until(() -> callsAlone.get(LANE).lane().equals("master"));
    }

    @Test
    void aLaneThatIsDeployedIsReachedWithinASecondByBothItsProtocols() {
        assertThat(calls.get(LANE).body()).isEqualTo("master http1");

        shop.deploy(LANE, pod);

        within("a lane", () -> calls.get(LANE).body().equals(LANE + " http1"));
        assertThat(calls.get(LANE).reason()).isEqualTo("lane");
        assertThat(calls.h2c(LANE).body()).isEqualTo(LANE + " h2c");
        assertThat(calls.h2c("master").body()).isEqualTo("master h2c");
    }

    @Test
    void aGatewayAloneFindsTheSame() {
        shop.deploy(LANE, pod);

        within("a lane, by a gateway alone", () -> callsAlone.get(LANE).body().equals(LANE + " http1"));
        assertThat(callsAlone.h2c(LANE).body()).isEqualTo(LANE + " h2c");
        shop.change(LANE, pod, false, false, false);
        within(
                "an unready pod, by a gateway alone",
                () -> callsAlone.get(LANE).reason().equals("fallback_unready"));
    }

    @Test
    void aLaneThatIsDeletedFallsBackToMasterWithoutAFailedRequest() {
        shop.deploy(LANE, pod);
        within("a lane", () -> calls.get(LANE).lane().equals(LANE));
        Load load = new Load(calls, LANE);

        shop.remove(LANE);

        within("a deletion", () -> calls.get(LANE).reason().equals("fallback_absent"));
        List<Response> answers = load.stop();
        assertThat(answers).isNotEmpty().allMatch(answer -> answer.status() == 200);
        assertThat(answers).extracting(Response::reason).containsOnly("lane", "fallback_absent");
    }

    @Test
    void anUnreadyPodFallsBackWithinASecondAndComesBack() {
        shop.deploy(LANE, pod);
        within("a lane", () -> calls.get(LANE).lane().equals(LANE));

        shop.change(LANE, pod, false, false, false);

        within("an unready pod", () -> calls.get(LANE).reason().equals("fallback_unready"));
        shop.change(LANE, pod, true, true, false);
        within("a ready pod", () -> calls.get(LANE).reason().equals("lane"));
    }

    @Test
    void aTerminatingPodGetsNoNewRequestAndFinishesItsOwn() {
        shop.deploy(LANE, pod);
        within("a lane", () -> calls.get(LANE).lane().equals(LANE));
        Future<Response> slow = calls.get(LANE, "/slow");
        await().until(() -> pod.waiting() == 1);

        shop.change(LANE, pod, false, true, true);

        within("a terminating pod", () -> calls.get(LANE).reason().equals("fallback_unready"));
        int requests = pod.requests();
        for (int i = 0; i < 50; i++) {
            assertThat(calls.get(LANE).body()).isEqualTo("master http1");
        }
        assertThat(pod.requests()).isEqualTo(requests);
        pod.release();
        assertThat(Calls.wait(slow).body()).isEqualTo(LANE + " http1");
    }

    @Test
    void anApiServerThatIsAwayDisturbsNobodyAndTheTableIsRightAfterwards() {
        shop.deploy(LANE, pod);
        within("a lane", () -> calls.get(LANE).lane().equals(LANE));
        within("a lane", () -> callsAlone.get(LANE).lane().equals(LANE));
        Load load = new Load(calls, LANE);
        Load loadAlone = new Load(callsAlone, LANE);

        api.cut();
        try {
            shop.deploy("f-while-away", base);
            shop.change(LANE, pod, false, false, false);
            long end = System.nanoTime() + AWAY.toNanos();
            await().atMost(AWAY.plusSeconds(10)).until(() -> System.nanoTime() > end);
            assertThat(calls.get(LANE).lane()).isEqualTo(LANE);
        } finally {
            api.mend();
        }

        long mended = System.nanoTime();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> calls.get(LANE).reason().equals("fallback_unready"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> callsAlone.get(LANE).reason().equals("fallback_unready"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> calls.get("f-while-away").reason().equals("lane"));
        said("the table after an API server away for " + AWAY.toSeconds() + " s", mended);
        assertThat(load.stop()).isNotEmpty().allMatch(answer -> answer.status() == 200);
        assertThat(loadAlone.stop()).isNotEmpty().allMatch(answer -> answer.status() == 200);
        shop.remove("f-while-away");
    }

    @Test
    void theProxyPatternIsInstalledAndTakenBackWithoutAFailedRequest() {
        shop.deployPlain("order", base);
        Calls orders = new Calls(vertx, gateway, LISTENER, "order");
        within("a plain Service", () -> orders.get("").status() == 200);
        Load load = new Load(orders, "");

        CompletableFuture<Integer> installed = laneway("kubernetes", "proxy", "install", "shop/order");
        await().until(() -> shop.named("order-master") != null);
        assertThat(shop.named("order").getSpec().getSelector()).containsOnlyKeys("app");
        shop.point("order-master", base);
        assertThat(installed.join()).isZero();
        assertThat(shop.named("order").getSpec().getSelector()).containsEntry("version", "proxy");
        assertThat(orders.get("").body()).isEqualTo("master http1");

        assertThat(laneway("kubernetes", "proxy", "remove", "shop/order").join())
                .isZero();
        assertThat(shop.named("order").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
        assertThat(shop.named("order-master")).isNull();
        within("the end of the pattern", () -> orders.get("").status() == 200);
        assertThat(load.stop()).isNotEmpty().allMatch(answer -> answer.status() == 200);
    }

    private static CompletableFuture<Integer> laneway(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--server", api.url(), "--control", control.api().url(), "--patience", "30s"));
        return CompletableFuture.supplyAsync(() -> Laneway.execute(all.toArray(String[]::new)));
    }

    /** Within a second, and more only as far as the machine has more to run than processors to run it. */
    private static void within(String what, java.util.concurrent.Callable<Boolean> there) {
        long start = System.nanoTime();
        await().atMost(Crowd.allows(Duration.ofSeconds(1)))
                .pollInterval(Duration.ofMillis(5))
                .until(there);
        said(what, start);
    }

    private static void said(String what, long start) {
        log.atInfo()
                .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                .log(what);
    }

    private static Gateway gateway(TableConfig table) {
        return gateway(table, ListenerConfig.of(LISTENER, new Address("127.0.0.1", 0), Trust.INTERNAL));
    }

    /** A gateway of one event loop with one listener. */
    static Gateway gateway(TableConfig table, ListenerConfig outbound) {
        GatewayConfig config = new GatewayConfig(
                "test",
                List.of(outbound),
                new AdminConfig(new Address("127.0.0.1", 0), null),
                table,
                null,
                1,
                Transport.AUTO,
                AccessLogConfig.OFF,
                TimeoutsConfig.DEFAULT,
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
                null);
        return Gateway.start(config, GatewayEnvironment.system("test").withSources(Sources::of));
    }
}
