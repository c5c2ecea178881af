package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.names.Lookup;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Endpoints by host name while the resolver is gone, silent, or says other things than before. */
class NamesIT {

    private static final Duration OLD = Duration.ofSeconds(11);
    private static final String LANE = "trace-branch: f-1\n";

    /** Looks a name up, and may block. */
    private interface Directory {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static TestGateway gateway(Directory names, Tables tables) {
        Lookup lookup = host -> {
            CompletableFuture<List<InetAddress>> response = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    response.complete(List.of(names.addresses(host)));
                } catch (UnknownHostException e) {
                    response.completeExceptionally(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            return response;
        };
        return TestGateway.over(
                tables.build(), config -> config, new TestGateway.Hands(System::nanoTime, () -> 0, lookup));
    }

    private static Endpoint named(String host, Upstream upstream) {
        return Endpoint.at(host + ":" + upstream.port());
    }

    private static InetAddress[] is(String address) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(address)};
    }

    @Test
    void goesOnWithTheAddressesThatItKnowsWhenTheResolverIsGone() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Directory gone = host -> {
            if (asked.getAndIncrement() > 0) {
                throw new UnknownHostException(host);
            }
            return is("127.0.0.1");
        };
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(gone, new Tables().service("a", "master", named("one.test", upstream)));
                RawClient client = gateway.client()) {
            for (int round = 1; round <= 3; round++) {
                assertThat(client.get("/").status()).isEqualTo(200);
                int before = asked.get();
                gateway.pass(OLD);
                upstream.cut();
                await().until(() -> upstream.open() == 0);
                assertThat(client.get("/").status()).isEqualTo(200);
                await().until(() -> asked.get() > before);
            }
        }
    }

    @Test
    void aNameThatNobodyAnswersForHoldsARequestNoLongerThanConnectingMay() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger silent = new AtomicInteger();
        Directory mute = host -> {
            try {
                silent.incrementAndGet();
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        Timeouts hasty = new Timeouts(Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofMinutes(5));
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(
                        mute,
                        new Tables()
                                .service(
                                        "a",
                                        "master",
                                        named("silent.test", upstream),
                                        Endpoint.at("127.0.0.1:" + upstream.port()))
                                .policy(Policies.with(hasty, Balancer.ROUND_ROBIN)));
                RawClient client = gateway.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
            assertThat(silent.get()).isPositive();
            assertThat(upstream.requests()).hasSize(20);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aLaneWhoseNameIsNotFoundFallsBackAndReturnsWhenItIs() {
        AtomicBoolean known = new AtomicBoolean();
        Directory late = host -> {
            if (!known.get()) {
                throw new UnknownHostException(host);
            }
            return is("127.0.0.1");
        };
        try (Upstream base = Upstream.saying("base");
                Upstream lane = Upstream.saying("lane");
                TestGateway gateway = gateway(
                        late,
                        new Tables()
                                .lane("f-1")
                                .service("a", "master", base.port())
                                .service("a", "f-1", named("lane.test", lane)));
                RawClient client = gateway.client()) {
            assertThat(client.get("/", LANE).status()).isEqualTo(503);
            RawClient.Response second = client.get("/", LANE);
            assertThat(second.body()).isEqualTo("base");
            assertThat(second.header("x-laneway-decision")).isEqualTo("fallback_unready");
            known.set(true);
            await().until(() -> client.get("/", LANE).body().equals("lane"));
        }
    }

    @Test
    void newConnectionsFollowANameToItsNewAddress() throws IOException {
        AtomicInteger last = new AtomicInteger(1);
        try (Upstream before = Upstream.saying("before");
                Upstream after = Upstream.saying(
                        new ServerSocket(before.port(), 200, InetAddress.getByName("127.0.0.2")), "after");
                TestGateway gateway = gateway(
                        host -> is("127.0.0." + last.get()),
                        new Tables().service("a", "master", named("moves.test", before)));
                RawClient client = gateway.client()) {
            assertThat(client.get("/").body()).isEqualTo("before");
            last.set(2);
            assertThat(client.get("/").body())
                    .as("on the connection that stands")
                    .isEqualTo("before");
            await().until(() -> {
                gateway.pass(OLD);
                before.cut();
                return client.get("/").body().equals("after");
            });
            assertThat(after.connections()).isPositive();
        }
    }
}
