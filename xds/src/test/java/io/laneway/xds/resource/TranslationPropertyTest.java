package io.laneway.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.laneway.router.decision.Assigned;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.model.LaneTable;
import io.laneway.router.request.RequestDraft;
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

    private final Random random = new Random(7);
    private int compared;
    private int refused;

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
    }

    @Test
    void resourcesKeepEnvoysPublishedRules() throws Exception {
        int held = 0;
        for (int seed = 0; seed < SEEDS / 2; seed++) {
            World world = new World(0);
            world.apply(new Tables(seed).first(), 0);
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
            Tables tables = new Tables(seed);
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
        EnvoyModel envoys = new EnvoyModel(new View(world, ENVOY));
        GrpcModel grpcs = new GrpcModel(new View(world, GRPC));
        for (int i = 0; i < ASKS; i++) {
            Ask ask = ask(table);
            Decision<PublishedState, Void> decision = new Decision<>();
            new Decider().decide(compiled, ListenerTraits.INTERNAL, draft(ask), decision);
            Ask.Outcome envoy = envoys.outcome(ask);
            Ask.Outcome grpc = grpcs.outcome(ask);
            compare(ask, decision, envoy, true, where + ": Envoy: " + ask);
            if (ask.query().isEmpty() && !grpc.stamp().equals("no route")) {
                compare(ask, decision, grpc, false, where + ": gRPC: " + ask);
            }
        }
    }

    private void compare(
            Ask ask, Decision<PublishedState, Void> decision, Ask.Outcome said, boolean stamps, String what) {
        if (decision.service() == null) {
            assertThat(said).as(what).isEqualTo(new Ask.Outcome("-", "no route"));
            return;
        }
        if (decision.assigned() != Assigned.NO && shares(decision.table().model())) {
            assertThat(said.served()).as(what).isEqualTo("-");
            refused++;
            return;
        }
        compared++;
        assertThat(said.served())
                .as(what)
                .isEqualTo(decision.served() == null ? "-" : decision.served().name());
        boolean handedOn = Slug.of(said.stamp()).isEmpty() && ask.header("baggage") != null;
        if (stamps
                && !handedOn
                && decision.stamped()
                && decision.assigned() == Assigned.NO
                && decision.served() != null) {
            Slice stamp = new Slice();
            decision.stamp(stamp);
            assertThat(Slug.of(said.stamp())).as(what).isEqualTo(Slug.of(stamp.toString()));
        }
    }

    private static boolean shares(LaneTable table) {
        return table.shifts().get(0).environments().get(0).share().slots() > 0;
    }

    private static RequestDraft draft(Ask ask) {
        List<String> pairs = new ArrayList<>();
        ask.query().forEach((name, value) -> pairs.add(name + "=" + value));
        RequestDraft draft = new RequestDraft(ask.host(), pairs.isEmpty() ? "/" : "/?" + String.join("&", pairs));
        ask.headers().forEach(draft::header);
        return draft;
    }

    private Ask ask(LaneTable table) {
        List<String> hosts = new ArrayList<>(List.of("s0", "s1", "s2", "s1.shop", "s1.shop.svc", "nobody", "s0.shop"));
        table.services()
                .forEach(each -> each.hosts()
                        .forEach(host -> hosts.add(
                                host.toLowerCase(java.util.Locale.ROOT).replace("*", "deep.er"))));
        Map<String, String> headers = new HashMap<>();
        Map<String, String> query = new HashMap<>();
        maybe(headers, "trace-branch");
        if (random.nextBoolean()) {
            maybe(headers, "x-lane");
        }
        if (random.nextInt(4) == 0) {
            maybe(query, table.carriers().query().get(0));
        }
        if (random.nextInt(4) == 0) {
            Map<String, String> member = new HashMap<>();
            maybe(member, "v");
            if (member.containsKey("v")) {
                headers.put("baggage", "a=b;c, trace-branch = " + member.get("v") + ";p=1,d=e");
            }
        }
        if (random.nextInt(3) == 0) {
            (random.nextBoolean() ? headers : query).put(random.nextBoolean() ? "x-tenant" : "tenant", "acme");
        }
        return new Ask(hosts.get(random.nextInt(hosts.size())), headers, query);
    }

    /** Names as they stand and as slugs; values that are no lane, and such as count for absent. */
    private void maybe(Map<String, String> carriers, String carrier) {
        String name = Tables.NAMES.get(random.nextInt(Tables.NAMES.size()));
        boolean plain = name.chars().allMatch(c -> c < 128 && c != '+');
        switch (random.nextInt(6)) {
            case 0 -> carriers.put(carrier, plain ? name : Slug.of(name));
            case 1 -> carriers.put(carrier, Slug.of(name));
            case 2 -> carriers.put(carrier, "master");
            case 3 -> carriers.put(carrier, random.nextBoolean() ? "unknown" : "--");
            default -> {
                // none
            }
        }
    }
}
