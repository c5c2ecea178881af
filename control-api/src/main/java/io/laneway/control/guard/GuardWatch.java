package io.laneway.control.guard;

import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.Measure;
import io.laneway.control.gateways.Measures;
import io.laneway.control.gateways.ServiceLane;
import io.laneway.control.gateways.Tally;
import io.laneway.control.guard.Judge.Figures;
import io.laneway.control.guard.Verdict.OfQuery;
import io.laneway.control.guard.Verdict.OfService;
import io.laneway.control.guard.Verdict.Word;
import io.laneway.control.table.TableState;
import io.laneway.router.text.Slug;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has seen of each plan since it began: the evidence, and the verdict of the last look. Each replica
 * has its own, from the reports that all of them hear. {@link #judge} and {@link #begin} hold a lock; {@link #last} does
 * not wait.
 */
public final class GuardWatch {

    /** Errors, slowness and falling back. */
    private static final int SIGNALS = 3;

    private final Measures measures;
    private final Editor editor;
    private final Prometheus prometheus;
    private final Clock clock;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Set<String>> having = new HashMap<>();
    private long found = -1;
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    /** One plan, by when it began. */
    record Seen(long begun, Tally tally, Map<String, ServiceEvidence> services, PlanCurves curves) {}

    public GuardWatch(Measures measures, Editor editor, Prometheus prometheus, Clock clock) {
        this.measures = measures;
        this.editor = editor;
        this.prometheus = prometheus;
        this.clock = clock;
    }

    /** A plan begins: what was asked for before is not its own. */
    public synchronized void begin(String shift, GuardedPlan state) {
        seenFrom(shift, state);
    }

    private Seen seenFrom(String shift, GuardedPlan state) {
        editor.refresh();
        Tally tally = measures.begin(editor.state().revision(), state.begun());
        Seen plan = new Seen(state.begun(), tally, new HashMap<>(), new PlanCurves());
        Seen former = seen.put(Slug.of(shift), plan);
        if (former != null) {
            measures.end(former.tally());
        }
        verdicts.remove(Slug.of(shift));
        return plan;
    }

    /** Takes what was reported since, and says what it means. */
    public synchronized Verdict judge(String shift, GuardedPlan state) {
        Guard guard = state.guard();
        if (guard == null) {
            return Verdict.NONE;
        }
        Seen plan = seen.get(Slug.of(shift));
        if (plan == null || plan.begun() != state.begun()) {
            plan = seenFrom(shift, state);
        }
        Verdict verdict = judged(plan, state, guard);
        verdicts.put(Slug.of(shift), verdict);
        plan.curves().add(clock.millis(), verdict);
        return verdict;
    }

    /** What the services of a plan were like since this process saw it first. */
    public synchronized JsonObject curves(String shift) {
        Seen plan = seen.get(Slug.of(shift));
        return (plan == null ? new PlanCurves() : plan.curves()).json();
    }

    /** What the last look at a plan said, if there was one. */
    public Optional<Verdict> last(String shift) {
        return Optional.ofNullable(verdicts.get(Slug.of(shift)));
    }

    private Verdict judged(Seen plan, GuardedPlan state, Guard guard) {
        long now = clock.millis();
        Map<ServiceLane, Measure> totals = measures.totals(plan.tally());
        Map<ServiceLane, Measure> window = window(plan, state, guard);
        Set<String> taking = taking(state);
        Set<String> names = new TreeSet<>(taking);
        String environment = Slug.of(state.lane());
        window.forEach((asked, measure) -> {
            if (asked.lane().equals(environment) && measure.requests() >= guard.minSamples()) {
                names.add(asked.service());
            }
        });
        double t = (now - state.begun()) / (double) guard.window().toMillis();
        Judge judge = new Judge(guard, Math.max(1, names.size()) * SIGNALS);
        List<OfService> services = new ArrayList<>();
        for (String name : names) {
            Figures seenNow = figures(name, taking.contains(name), window, state, guard);
            boolean alone = base(totals, name).requests() == 0 && seenNow.known() == null;
            Figures figures = alone ? seenNow.against(Baseline.allowed(guard)) : seenNow;
            ServiceEvidence evidence =
                    plan.services().computeIfAbsent(name, service -> new ServiceEvidence(Measure.NONE, Measure.NONE));
            Measure base = base(totals, name);
            evidence.add(
                    guard,
                    totals.getOrDefault(new ServiceLane(name, environment), Measure.NONE),
                    base,
                    figures.base(),
                    figures.known(),
                    t);
            services.add(judge.of(figures, evidence));
        }
        List<OfQuery> queries = guard.prometheus().stream()
                .map(query -> judge.of(query, prometheus.last(query.query())))
                .toList();
        Verdict verdict = Verdict.of(services, queries);
        boolean seenEnough = services.stream().anyMatch(one -> one.environment().requests() >= guard.minSamples());
        return seenEnough || verdict.word() != Word.FINE ? verdict : verdict.holding(few(window, environment, guard));
    }

    /** Where no service takes part that the table knows of, some service must be seen all the same. */
    private static String few(Map<ServiceLane, Measure> window, String environment, Guard guard) {
        long most = window.entrySet().stream()
                .filter(one -> one.getKey().lane().equals(environment))
                .mapToLong(one -> one.getValue().requests())
                .max()
                .orElse(0);
        return "too few requests: " + most + " (expected: >= " + guard.minSamples() + ")";
    }

    private Figures figures(
            String service, boolean takesPart, Map<ServiceLane, Measure> window, GuardedPlan state, Guard guard) {
        Measure environment = window.getOrDefault(new ServiceLane(service, Slug.of(state.lane())), Measure.NONE);
        Measure base = base(window, service);
        Baseline known =
                base.requests() < guard.minSamples() ? state.baselines().get(service) : null;
        return new Figures(service, takesPart, environment, base, known);
    }

    /** What base did since the plan began, for each service of which that is enough and more than was known. */
    public synchronized Map<String, Baseline> baselines(String shift, GuardedPlan state, Guard guard) {
        Seen plan = seen.get(Slug.of(shift));
        Map<String, Baseline> baselines = new HashMap<>();
        if (plan == null || plan.begun() != state.begun()) {
            return baselines;
        }
        Map<ServiceLane, Measure> totals = measures.totals(plan.tally());
        totals.keySet().forEach(asked -> {
            Measure base = base(totals, asked.service());
            Baseline known = state.baselines().get(asked.service());
            if (base.requests() >= guard.minSamples() && (known == null || base.requests() >= known.requests())) {
                baselines.put(asked.service(), Baseline.of(base));
            }
        });
        return baselines;
    }

    private Map<ServiceLane, Measure> window(Seen plan, GuardedPlan state, Guard guard) {
        long from = Math.max(state.since(), clock.millis() - guard.window().toMillis());
        return measures.since(from, plan.tally());
    }

    /** Requests that asked for base, or for nothing, which is base. */
    private Measure base(Map<ServiceLane, Measure> of, String service) {
        Measure named = of.getOrDefault(
                new ServiceLane(service, Slug.of(editor.state().objects().base())), Measure.NONE);
        Measure nothing = of.get(new ServiceLane(service, ""));
        return nothing == null ? named : named.plus(nothing);
    }

    /** The services that the environment has, or had in this plan: one that it lost is missed. */
    public Set<String> taking(GuardedPlan state) {
        Set<String> names = new TreeSet<>(state.services());
        names.addAll(having(Slug.of(state.lane())));
        return names;
    }

    /** Found once for each revision: a table has tens of thousands of deployments, and is looked at often. */
    private synchronized Set<String> having(String lane) {
        TableState now = editor.state();
        if (now.revision() != found) {
            found = now.revision();
            having.clear();
        }
        return having.computeIfAbsent(lane, slug -> {
            Set<String> names = new TreeSet<>();
            now.publishedTable().services().forEach(service -> {
                if (service.deployments().stream()
                        .anyMatch(one -> Slug.of(one.lane()).equals(slug))) {
                    names.add(service.id().toString());
                }
            });
            return names;
        });
    }
}
