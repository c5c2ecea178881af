package io.laneway.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.laneway.router.decision.Assigned;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.decision.Origin;
import io.laneway.router.model.LaneTable;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.text.Slice;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is said in xDS, read as its clients read it, against the decision itself on random tables and requests. */
class TranslationPropertyTest {

    private static final int SEEDS = Integer.getInteger("laneway.xds.seeds", 8);
    private static final int STEPS = 8;
    private static final int ASKS = 25;
    private static final Traits ENVOY = new Traits(Dialect.ENVOY, false, Set.of(), Traits.SIDECAR);
    private static final Traits EDGE = new Traits(Dialect.ENVOY, true, Set.of(), "0.0.0.0:80");
    private static final Traits GRPC = new Traits(Dialect.GRPC, false, Set.of(), Traits.SIDECAR);

    private final SomeAsks asks = new SomeAsks(new Random(7));
    private int compared;
    private int refused;
    private int redirected;
    private int routed;

    @Test
    void clientsServeTheLaneThatTheDecisionServes() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Tables tables = new Tables(seed);
            World world = new World(0);
            LaneTable table = tables.first();
            for (int step = 0; step < STEPS; step++) {
                world.apply(table, 0);
                world.sweep(0);
                compare(table, world, "seed " + seed + ", step " + step);
                table = tables.next(table);
            }
        }
        assertThat(compared).isGreaterThan(SEEDS * STEPS * ASKS / 2);
        assertThat(refused).isGreaterThan(SEEDS);
        assertThat(redirected).isPositive();
        assertThat(routed).isGreaterThan(SEEDS * STEPS);
    }

    @Test
    void resourcesKeepEnvoysPublishedRules() throws Exception {
        int held = 0;
        for (int seed = 0; seed < SEEDS / 2; seed++) {
            World world = new World(0);
            world.apply(new Tables(seed, seed % 2 == 1).first(), 0);
            for (View view : List.of(new View(world, ENVOY), new View(world, EDGE))) {
                for (ResourceType type : ResourceType.values()) {
                    for (Message message : Packed.all(view.all(type))) {
                        assertThat(RuleCheck.problems(message))
                                .as(message.getClass().getSimpleName())
                                .isEmpty();
                        held++;
                    }
                }
            }
            for (Message message : Packed.all(grpc(world))) {
                assertThat(RuleCheck.problems(message))
                        .as(message.getClass().getSimpleName())
                        .isEmpty();
                held++;
            }
        }
        assertThat(held).isGreaterThan(SEEDS * 10);
    }

    @Test
    void stepsLeadToTheSameResourcesAsTheWholeTable() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Tables tables = new Tables(seed, seed % 2 == 1);
            World stepwise = new World(0);
            LaneTable table = tables.first();
            for (int step = 0; step < STEPS; step++) {
                stepwise.apply(table, 0);
                stepwise.sweep(0);
                World whole = new World(0);
                whole.apply(table, 0);
                assertThat(differing(versions(stepwise), versions(whole)))
                        .as("seed %d, step %d", seed, step)
                        .isEmpty();
                assertThat(stepwise.findings()).isEqualTo(whole.findings());
                table = tables.next(table);
            }
        }
    }

    private static Set<String> differing(Map<String, String> one, Map<String, String> other) {
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return names;
    }

    private static Map<String, String> versions(World world) {
        Map<String, String> versions = new HashMap<>();
        for (Traits traits : List.of(ENVOY, EDGE)) {
            View view = new View(world, traits);
            for (ResourceType type : ResourceType.values()) {
                view.all(type).forEach(each -> versions.put(traits + " " + type + each.name(), each.version()));
            }
        }
        grpc(world).forEach(each -> versions.put("grpc " + each.type() + each.name(), each.version()));
        return versions;
    }

    private static List<Resource> grpc(World world) {
        List<Resource> all = new ArrayList<>();
        world.services().values().forEach(service -> {
            all.addAll(service.grpcClusters().values());
            all.addAll(service.listeners().values());
            all.addAll(service.routes().values());
        });
        return all;
    }

    private void compare(LaneTable table, World world, String where) throws Exception {
        CompiledTable<PublishedState, Void> compiled = TableCompiler.published(table);
        CompiledTable<PublishedState, Void> byName = TableCompiler.published(withoutRoutes(table));
        EnvoyModel envoys = new EnvoyModel(new View(world, ENVOY));
        EnvoyModel edges = new EnvoyModel(new View(world, EDGE));
        GrpcModel grpcs = new GrpcModel(new View(world, GRPC));
        for (int i = 0; i < ASKS; i++) {
            Ask ask = asks.some(table);
            Decision<PublishedState, Void> inside = decided(compiled, ListenerTraits.INTERNAL, ask);
            Ask one = ask.withChance(Expected.chance(inside));
            compare(one, inside, envoys.outcome(one), where + ": sidecar: " + one);
            Decision<PublishedState, Void> outside = decided(compiled, ListenerTraits.EXTERNAL, ask);
            Ask other = ask.withChance(Expected.chance(outside));
            compare(other, outside, edges.outcome(other), where + ": edge: " + other);
            Ask.Outcome grpc = grpcs.outcome(ask);
            boolean asked = ask.query().isEmpty() && ask.header("cookie") == null;
            if (asked && !grpc.stamp().equals("no route")) {
                serves(decided(byName, ListenerTraits.INTERNAL, ask.call()), grpc, where + ": gRPC: " + ask);
            }
        }
    }

    private static LaneTable withoutRoutes(LaneTable table) {
        return new LaneTable(
                table.revision(),
                table.base(),
                table.carriers(),
                table.lanes(),
                table.services(),
                List.of(),
                table.shifts());
    }

    private static Decision<PublishedState, Void> decided(
            CompiledTable<PublishedState, Void> table, ListenerTraits listener, Ask ask) {
        Decision<PublishedState, Void> decision = new Decision<>();
        RequestDraft draft = new RequestDraft(ask.method(), ask.host(), ask.target());
        ask.headers().forEach(draft::header);
        new Decider().decide(table, listener, draft, decision);
        return decision;
    }

    private void compare(Ask ask, Decision<PublishedState, Void> decision, Ask.Outcome said, String what) {
        CompiledRoute route = decision.route();
        if (decision.redirected()) {
            if (!Expected.dropsPort(route.route(), ask)) {
                assertThat(said.target().replaceFirst("(https://[^/]*):443/", "$1/"))
                        .as(what)
                        .isEqualTo(Expected.location(route.route(), ask));
            }
            redirected++;
        } else if (decision.routeStatus() != 0) {
            assertThat(said.target()).as(what).isEqualTo(String.valueOf(decision.routeStatus()));
        } else if (decision.service() == null) {
            assertThat(said).as(what).isEqualTo(new Ask.Outcome("-", "no route"));
        } else if (serves(decision, said, what) && decision.served() != null) {
            assertThat(said.service()).as(what).isEqualTo(decision.service().name());
            assertThat(said.target())
                    .as(what)
                    .isEqualTo(route == null ? ask.target() : Expected.target(route.route(), ask));
            stamps(decision, said, what);
            routed += route == null ? 0 : 1;
        }
    }

    /** Whether tenants let it be compared at all. */
    private boolean serves(Decision<PublishedState, Void> decision, Ask.Outcome said, String what) {
        if (decision.assigned() != Assigned.NO && shares(decision.table().model())) {
            assertThat(said.served()).as(what).isEqualTo("-");
            refused++;
            return false;
        }
        compared++;
        assertThat(said.served())
                .as(
                        "%s: %s, service %s, origin %s",
                        what, said, decision.service().name(), decision.origin())
                .isEqualTo(decision.served() == null ? "-" : decision.served().name());
        return true;
    }

    private static void stamps(Decision<PublishedState, Void> decision, Ask.Outcome said, String what) {
        boolean handedOn =
                decision.origin() == Origin.BAGGAGE && Slug.of(said.stamp()).isEmpty();
        if (decision.stamped() && decision.assigned() == Assigned.NO && !handedOn) {
            Slice stamp = new Slice();
            decision.stamp(stamp);
            assertThat(Slug.of(said.stamp())).as(what).isEqualTo(Slug.of(stamp.toString()));
        }
        if (!decision.stamped()) {
            assertThat(Slug.of(said.stamp())).as(what).isEmpty();
        }
    }

    private static boolean shares(LaneTable table) {
        return table.shifts().get(0).environments().get(0).share().slots() > 0;
    }
}
