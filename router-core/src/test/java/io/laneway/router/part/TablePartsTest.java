package io.laneway.router.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.RandomTables;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.decision.Explanation;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.decision.Reason;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.TableCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A part of a table decides for what was asked as the whole table does. */
class TablePartsTest {

    private static final List<String> HOSTS = List.of(
            "s0.example.com",
            "s1.example.com",
            "x.s2.example.com",
            "s3.example.com",
            "r0.example.com",
            "r1.example.com",
            "a-lane-1.example.com",
            "acme.t0.example.com",
            "s0",
            "s0.lane-1",
            "s1.shop",
            "s2.shop.svc.cluster.local",
            "nowhere.example.com");
    private static final List<String> TARGETS =
            List.of("/", "/r0", "/r0/deep", "/r1?q=true", "/r2/x?trace-branch=lane-2", "/p?t-0=acme", "/r0x");

    private static final List<String> ALL_LANES =
            IntStream.range(0, 6).mapToObj(i -> "lane-" + i).toList();

    private final Random random = new Random(500);

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private RequestDraft request(String host) {
        RequestDraft request = new RequestDraft(any(List.of("GET", "PUT")), host, any(TARGETS));
        if (random.nextBoolean()) {
            request.header(any(List.of("trace-branch", "x-lane")), "lane-" + random.nextInt(6));
        }
        if (random.nextBoolean()) {
            request.header(any(List.of("t-0", "t-1")), any(List.of("acme", "in lane-0", "out", "true")));
        }
        request.header("x-request-id", "r" + random.nextInt());
        return request;
    }

    /** With a deployment in the base lane for each service, so that most requests are served. */
    private static LaneTable based(LaneTable table) {
        List<Service> services = new ArrayList<>();
        for (Service service : table.services()) {
            List<Deployment> deployments = new ArrayList<>(service.deployments());
            if (deployments.stream().noneMatch(one -> one.lane().equals(table.base()))) {
                deployments.add(at(table.base(), "h:1"));
            }
            services.add(new Service(service.id(), service.hosts(), service.shift(), deployments, service.policy()));
        }
        return new LaneTable(
                table.revision(),
                table.base(),
                table.carriers(),
                table.lanes(),
                services,
                table.routes(),
                table.shifts(),
                table.recordings());
    }

    private static Explanation explained(LaneTable table, RequestDraft request) {
        return Explanation.of(TableCompiler.published(table), ListenerTraits.INTERNAL, request, null, null);
    }

    @Test
    void decidesWhatWasAskedAsTheWholeTable() {
        int served = 0;
        for (long seed = 0; seed < 400; seed++) {
            LaneTable table = based(new RandomTables(seed).table());
            TableParts parts = TableParts.of(table, null);
            for (int n = 0; n < 20; n++) {
                String host = any(HOSTS);
                RequestDraft request = request(host);
                Explanation whole = explained(table, request);
                Interest interest = Interest.of(Set.of(host), List.of());
                Explanation first = explained(ImpliedLanes.in(parts.part(interest)), request);
                assertThat(first.served()).as("seed %d, %s", seed, host).isEqualTo(whole.served());
                assertThat(first.service()).isEqualTo(whole.service());
                assertThat(first.endpoints()).isEqualTo(whole.endpoints());
                assertThat(first.passthrough()).isEqualTo(whole.passthrough());
                if (first.reason() == Reason.LANE_UNKNOWN) {
                    interest = Interest.of(Set.of(host), ALL_LANES);
                }
                Explanation then = explained(ImpliedLanes.in(parts.part(interest)), request);
                assertThat(then.reason()).as("seed %d, %s", seed, host).isEqualTo(whole.reason());
                assertThat(then.requested()).isEqualTo(whole.requested());
                assertThat(then.assigned()).isEqualTo(whole.assigned());
                served += whole.served() == null ? 0 : 1;
            }
        }
        assertThat(served).isGreaterThan(500);
    }

    @Test
    void eightOfEightHundredServicesAreLessThanAHundredthOfTheTable() {
        List<Lane> lanes =
                IntStream.range(0, 6_000).mapToObj(i -> Lane.named("lane-" + i)).toList();
        List<Service> services = new ArrayList<>();
        for (int s = 0; s < 800; s++) {
            List<Deployment> deployments = new ArrayList<>();
            deployments.add(at("master", "10.0.0.1:80"));
            for (int i = 0; i < 37; i++) {
                deployments.add(at("lane-" + (s * 37 + i) % 6_000, "10.0.1.1:80"));
            }
            services.add(new Service(
                    ServiceId.of("s-" + s), List.of("s-" + s + ".test"), null, deployments, Policy.DEFAULT));
        }
        LaneTable table = new LaneTable(7, "master", Carriers.DEFAULT, lanes, services, List.of(), List.of());
        List<String> called =
                IntStream.range(0, 8).mapToObj(i -> "s-" + i * 100).toList();
        LaneTable part = TableParts.of(table, null).part(Interest.of(called, List.of("lane-5")));
        assertThat(part.services()).hasSize(8);
        int whole = TableWriter.json(table).length;
        int bytes = TableWriter.json(part).length;
        assertThat(bytes * 100).as("%d of %d bytes", bytes, whole).isLessThan(whole);
        assertThat(ImpliedLanes.in(part).lanes()).hasSize(8 * 37);
    }

    private static Deployment at(String lane, String address) {
        return Deployment.of(lane, Protocol.HTTP1, List.of(Endpoint.at(address)));
    }

    @Test
    void indexesAreKeptWhereNamesStay() {
        LaneTable table = new RandomTables(3).table();
        TableParts before = TableParts.of(table, null);
        TableParts after = TableParts.of(table.atRevision(99), before);
        Interest interest = Interest.of(HOSTS, List.of());
        assertThat(after.part(interest)).isEqualTo(before.part(interest).atRevision(99));
    }
}
