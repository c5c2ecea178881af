package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.RandomTables;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LiveParts;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.table.delta.TableDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A table that many deltas made, each compiled on the one before, decides as the same table compiled at once. */
class DecisionAfterDeltasTest {

    private static final int DELTAS = 12;
    private static final List<String> HOSTS = List.of(
            "s0.example.com",
            "s1.example.com",
            "x.s2.example.com",
            "s3.example.com:80",
            "r0.example.com",
            "r1.example.com",
            "a-lane-1.example.com",
            "acme.t0.example.com",
            "s0",
            "s1.shop",
            "s2.shop.svc.cluster.local",
            "nowhere.example.com");
    private static final List<String> TARGETS =
            List.of("/", "/r0", "/r0/deep", "/r1?q=true", "/r2/x?trace-branch=lane-2", "/p?t-0=acme", "/r0x");

    private final Random random = new Random(61);
    private final TableCompiler<PublishedState, Void> compiler = new TableCompiler<>(LiveParts.PUBLISHED, null);

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Some objects of one table and some of another, by name. */
    private <T> List<T> mixed(List<T> some, List<T> others, Function<T, Object> name) {
        List<T> result = new ArrayList<>(some);
        result.removeIf(one -> random.nextInt(6) == 0);
        for (T other : others) {
            if (random.nextInt(5) == 0) {
                result.removeIf(one -> name.apply(one).equals(name.apply(other)));
                result.add(random.nextInt(result.size() + 1), other);
            }
        }
        return result;
    }

    /** With a deployment in the base lane for most services, so that most requests are served. */
    private List<Service> based(List<Service> services) {
        List<Service> all = new ArrayList<>();
        for (Service service : services) {
            List<Deployment> deployments = new ArrayList<>(service.deployments());
            if (random.nextInt(5) > 0
                    && deployments.stream().noneMatch(one -> one.lane().equals("master"))) {
                deployments.add(Deployment.of("master", Protocol.HTTP1, List.of(Endpoint.at("h:1"))));
            }
            all.add(new Service(service.id(), service.hosts(), service.shift(), deployments, service.policy()));
        }
        return all;
    }

    private LaneTable next(LaneTable now, LaneTable other) {
        List<Service> services = based(mixed(now.services(), other.services(), Service::id));
        List<Route> routes = new ArrayList<>(random.nextInt(3) == 0 ? other.routes() : now.routes());
        if (random.nextInt(4) == 0) {
            Collections.shuffle(routes, random);
        }
        return new LaneTable(
                now.revision() + 1,
                random.nextInt(8) == 0 ? "lane-0" : now.base(),
                random.nextInt(4) == 0 ? other.carriers() : now.carriers(),
                mixed(now.lanes(), other.lanes(), lane -> lane.name()),
                services,
                routes,
                random.nextInt(3) == 0 ? other.shifts() : now.shifts());
    }

    private RequestDraft request() {
        RequestDraft request = new RequestDraft(any(List.of("GET", "PUT")), any(HOSTS), any(TARGETS));
        if (random.nextBoolean()) {
            request.header(any(List.of("trace-branch", "x-lane")), "lane-" + random.nextInt(5));
        }
        if (random.nextBoolean()) {
            request.header(any(List.of("t-0", "t-1")), any(List.of("acme", "in lane-0", "out", "true")));
        }
        if (random.nextInt(3) == 0) {
            request.header("baggage", "k=lane-" + random.nextInt(5));
        }
        request.header("x-a", any(List.of("plain", "true", "")));
        request.header("x-request-id", "r" + random.nextInt());
        return request;
    }

    @Test
    void decidesAsTheTableCompiledAtOnce() {
        int served = 0;
        for (long seed = 0; seed < 60; seed++) {
            LaneTable now = new RandomTables(seed).table().atRevision(1);
            CompiledTable<PublishedState, Void> grown =
                    compiler.compile(now, null).table();
            for (int i = 0; i < DELTAS; i++) {
                LaneTable wanted = next(now, new RandomTables(1_000 + seed * DELTAS + i).table());
                now = TableDelta.between(now, wanted).applyTo(now).orElseThrow(IllegalStateException::new);
                grown = compiler.compile(now, grown).table();
                CompiledTable<PublishedState, Void> whole = TableCompiler.published(now);
                for (int n = 0; n < 25; n++) {
                    ListenerTraits listener = random.nextBoolean() ? ListenerTraits.INTERNAL : ListenerTraits.EXTERNAL;
                    RequestDraft request = request();
                    Explanation expected = Explanation.of(whole, listener, request, null, null);
                    assertThat(Explanation.of(grown, listener, request, null, null))
                            .as("seed %d, delta %d: %s", seed, i, request)
                            .isEqualTo(expected);
                    served += expected.served() == null ? 0 : 1;
                }
            }
        }
        assertThat(served).isGreaterThan(1_000);
    }
}
