package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.decision.ObviousModel.Answer;
import io.laneway.router.decision.ObviousModel.Ask;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Policy;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.text.Slice;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decision against {@link ObviousModel}, on random tables and requests. */
class DecisionPropertyTest {

    private static final List<String> NAMES = List.of("f-1", "Feature/X", "G0", "G1", "über", "x".repeat(70), "f_2");
    private static final List<String> VALUES = List.of(
            "f-1",
            "F-1",
            "feature/x",
            "feature-x",
            "g0",
            "G1",
            "über",
            "x".repeat(70),
            "f 2",
            "nope",
            "---",
            "",
            "master",
            "MASTER",
            "-f-1-",
            "a\u0001b",
            "f%2D1",
            "y".repeat(300));

    @Test
    void decidesAsTheObviousModelDoes() throws Exception {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 2_000; round++) {
            LaneTable model = table(random);
            CompiledTable<PublishedState, Void> table = TableCompiler.published(model);
            for (int i = 0; i < 20; i++) {
                Ask ask = ask(random);
                assertThat(decide(table, ask)).as("%s%n%s", ask, model).isEqualTo(new ObviousModel(model).answer(ask));
            }
        }
    }

    private static Answer decide(CompiledTable<PublishedState, Void> table, Ask ask) {
        RequestDraft request = new RequestDraft("h", "/p?" + ask.query());
        ask.headers().forEach(request::header);
        ListenerTraits listener = (ask.internal() ? ListenerTraits.INTERNAL : ListenerTraits.EXTERNAL)
                .withLanes(ask.lanes())
                .withDefaultLane(ask.fallback())
                .withService(ServiceId.of(ask.service()));
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider().decide(table, listener, request, decision);
        Slice stamp = new Slice();
        decision.stamp(stamp);
        Explanation explained = Explanation.of(table, listener, request, null, null);
        assertThat(explained.reason()).isEqualTo(decision.reason());
        return new Answer(
                decision.stamped() ? Slug.of(stamp.toString()) : null,
                decision.served() == null ? null : decision.served().slug(),
                decision.reason().word(),
                decision.assigned().word());
    }

    private static LaneTable table(Random random) {
        List<Lane> lanes = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(4) > 0) {
                String parent = lanes.isEmpty() || random.nextBoolean()
                        ? (random.nextBoolean() ? null : "master")
                        : lanes.get(random.nextInt(lanes.size())).name();
                lanes.add(new Lane(
                        name,
                        parent,
                        random.nextInt(4) == 0 ? LaneMode.STRICT : LaneMode.PERMISSIVE,
                        "",
                        null,
                        false,
                        random.nextInt(5) == 0 ? LaneState.EXPIRED : LaneState.ACTIVE));
            }
        }
        List<Service> services = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            List<Deployment> deployments = new ArrayList<>();
            for (Lane lane : lanes) {
                if (random.nextBoolean()) {
                    deployments.add(deployment(lane.name(), random));
                }
            }
            if (random.nextInt(8) > 0) {
                deployments.add(deployment("master", random));
            }
            services.add(new Service(ServiceId.of(name), List.of(), null, deployments, Policy.DEFAULT));
        }
        List<Shift> shifts = random.nextInt(5) == 0 ? List.of() : List.of(shift(lanes, random));
        return new LaneTable(1, "master", Carriers.DEFAULT, lanes, services, List.of(), shifts);
    }

    private static Deployment deployment(String lane, Random random) {
        Endpoint endpoint = new Endpoint(
                "127.0.0.1:1", random.nextInt(6) == 0 ? 0 : 1, "", random.nextInt(5) > 0, random.nextInt(6) == 0);
        return Deployment.of(lane, Protocol.HTTP1, random.nextInt(8) == 0 ? List.of() : List.of(endpoint));
    }

    private static Shift shift(List<Lane> lanes, Random random) {
        List<Environment> environments = new ArrayList<>();
        int from = 0;
        for (Lane lane : lanes) {
            if (random.nextBoolean() && from < 8_000) {
                int size = random.nextInt(2_000);
                List<SlotRange> slots = size == 0 ? List.of() : List.of(new SlotRange(from, from + size - 1));
                Pins pins = from == 0
                        ? new Pins(random.nextBoolean() ? List.of("vip") : List.of(), List.of("bank"))
                        : new Pins(List.of(), random.nextBoolean() ? List.of("acme") : List.of());
                environments.add(new Environment(lane.name(), new Share(size), pins, slots, requests(random, from)));
                from += Math.max(size, 1_000);
            }
        }
        List<TenantSource> places = List.of(new TenantSource(TenantSource.Kind.HEADER, "x-tenant-id"));
        return new Shift("default", random.nextInt(6) > 0, places, environments);
    }

    /** Some of the slots from one on; those of environments never overlap. */
    private static SlotShare requests(Random random, int from) {
        int size = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000);
        List<SlotRange> slots = size == 0 ? List.of() : List.of(new SlotRange(from, from + size - 1));
        return new SlotShare(new Share(size), slots);
    }

    private static Ask ask(Random random) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (random.nextInt(3) == 0) {
            headers.put("trace-branch", value(random));
        }
        if (random.nextInt(4) == 0) {
            headers.put("cookie", "a=b; trace-branch=" + value(random) + "; c=d");
        }
        if (random.nextInt(4) == 0) {
            headers.put("baggage", "k=v, trace-branch = " + value(random) + ";p=1,z=y");
        }
        if (random.nextInt(2) == 0) {
            headers.put(
                    "x-tenant-id",
                    List.of("vip", "bank", "acme", " ", "t" + random.nextInt(999))
                            .get(random.nextInt(5)));
        }
        if (random.nextInt(4) > 0) {
            headers.put("x-request-id", List.of(" ", "r-" + random.nextInt()).get(random.nextInt(8) == 0 ? 0 : 1));
        }
        if (random.nextInt(4) == 0) {
            headers.put("x-laneway-assigned", List.of("shift", "pinned", "x").get(random.nextInt(3)));
        }
        String query = random.nextInt(4) == 0 ? "q=1&trace-branch=" + value(random) : "q=1";
        String fallback = random.nextInt(5) == 0 ? value(random) : null;
        return new Ask(
                random.nextBoolean() ? "a" : "b",
                headers,
                query,
                random.nextBoolean(),
                random.nextInt(5) > 0,
                fallback);
    }

    private static String value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
