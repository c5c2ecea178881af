package io.laneway.control.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.TestClock;
import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.Editor;
import io.laneway.control.edit.RevisionListener;
import io.laneway.control.gateways.Fallbacks;
import io.laneway.control.gateways.GatewayReport;
import io.laneway.control.gateways.Measures;
import io.laneway.control.gateways.Totals;
import io.laneway.control.plan.PlanState.Status;
import io.laneway.control.shift.EnvironmentChange;
import io.laneway.control.shift.ShiftPatch;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans by a clock that the test moves: every step, pause, hold and end, and what others do meanwhile. */
class PlansTest {

    private static final String TABLE = """
        lanes: [{name: G0}, {name: G1}]
        services: [{name: a, deployments: [{lane: master, endpoints: ["127.0.0.1:1"]}]}]
        shifts: [{name: default, tenant: [{header: x-tenant-id}], environments: [
          {lane: G0, share: "0%"}, {lane: G1, share: "30%", tenants: {include: [taken]}}]}]
        """;
    private static final String STEPS = """
        {lane: G0, groups: {demo: [d1, d2]},
         steps: [{group: demo, pause: 1m}, {share: "5%", pause: 10m}, {share: "20%"}, {share: "70%", pause: 1m}]}
        """;
    private static final String GUARDED = """
        {lane: G0, steps: [{share: "5%", pause: 1m}, {share: "70%", pause: 1h}],
         guard: {window: 1m, minSamples: 100, errorRate: "1%"}}
        """;
    private static final PlanCall CALL = new PlanCall(new Author("ada", "test", ""), null, false, null);

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private ControlStore store;
    private Editor editor;
    private Measures measures;
    private Plans plans;

    private static final RevisionListener NO_LISTENER = new RevisionListener() {
        @Override
        public void revisions(TableState state, List<PublishedRow> rows) {}

        @Override
        public void reset(TableState state) {}
    };

    @BeforeEach
    void start() {
        open();
        edit(now -> TableObjects.of(read(TABLE, TableReader::table)));
    }

    private void open() {
        store = ControlStore.open(new StoreConfig.Sqlite(directory), clock);
        editor = new Editor(store, clock, 1 << 20, NO_LISTENER);
        measures = new Measures(() -> Set.of("master", "g0"));
        plans = new Plans(store, editor, measures, clock, clock::nanos);
    }

    @AfterEach
    void stop() {
        editor.close();
        store.close();
    }

    private static <T> T read(String document, NodeReader<T> reader) {
        Problems problems = Problems.strict();
        Node node = Documents.parse(document.getBytes(StandardCharsets.UTF_8), "", Format.YAML, problems);
        T value = reader.read(node, problems);
        assertThat(problems.list()).isEmpty();
        return value;
    }

    private void edit(UnaryOperator<TableObjects> edit) {
        editor.submit(EditCall.plain(new Author("bob", "test", ""), "", "put", "table", edit))
                .join();
    }

    private void byHand(String share) {
        edit(now -> {
            ShiftPatch wish = read(
                    "{environments: [{lane: G0, share: '" + share + "'}, {lane: G1, share: '30%'}]}",
                    (n, p) -> ShiftPatch.read("default", n, p));
            return now.with(List.of(new TableChange.PutShift(wish.applyTo(now.shift("default")))));
        });
    }

    private void begin(String plan) {
        plans.begin("default", read(plan, Plan::read), CALL);
    }

    private PlanState state() {
        return plans.get("default").state();
    }

    private String share() {
        return environment().share().toString();
    }

    private Environment environment() {
        return EnvironmentChange.find(editor.state().objects().shift("default"), "G0")
                .orElseThrow();
    }

    private void passes(Duration time) {
        clock.pass(time);
        plans.tick();
    }

    /** What a gateway counted since it started. */
    private void report(long base, long baseErrors, long gray, long grayErrors) {
        Totals stable = new Totals("a", "master", "master", base, baseErrors, Map.of());
        Totals now = new Totals("a", "G0", "G0", gray, grayErrors, Map.of());
        GatewayReport report = new GatewayReport(
                "1", "", "run", "", 0, "following", true, List.of(stable, now), List.of(), Map.of(), List.of());
        clock.pass(Duration.ofMillis(10));
        measures.add("gw", report, clock.millis());
    }

    private HistoryRow last() {
        return store.history().newest(Long.MAX_VALUE, 1).get(0);
    }

    @Test
    void groupsGoFirstThenSharesEachAfterItsPause() {
        begin(STEPS);
        assertThat(share()).isEqualTo("0%");
        assertThat(environment().tenants().include()).containsExactly("d1", "d2");
        passes(Duration.ofSeconds(59));
        assertThat(state().step()).isZero();
        passes(Duration.ofSeconds(1));
        assertThat(share()).isEqualTo("5%");
        assertThat(environment().tenants().include()).containsExactly("d1", "d2");
        passes(Duration.ofMinutes(10));
        assertThat(share()).isEqualTo("20%");
        passes(Duration.ofDays(9));
        assertThat(share()).as("no pause: waits for promote").isEqualTo("20%");
        plans.promote("default", CALL);
        assertThat(share()).isEqualTo("70%");
        passes(Duration.ofMinutes(1));
        assertThat(state().status()).isEqualTo(Status.COMPLETE);
        plans.finish("default", CALL);
        assertThat(share()).isEqualTo("0%");
        assertThat(environment().tenants().include()).isEmpty();
        assertThat(state().status()).isEqualTo(Status.FINISHED);
    }

    @Test
    void aRestartInTheMiddleOfAPauseGoesOnWhereItStood() {
        begin(STEPS);
        passes(Duration.ofMinutes(1));
        clock.pass(Duration.ofMinutes(4));
        stop();
        clock.pass(Duration.ofMinutes(5));
        open();
        assertThat(state().step()).isEqualTo(1);
        plans.tick();
        passes(Duration.ofSeconds(59));
        assertThat(share()).isEqualTo("5%");
        passes(Duration.ofSeconds(1));
        assertThat(share()).as("the time of the restart counts").isEqualTo("20%");
    }

    @Test
    void aClockThatIsSetNeitherEndsNorLengthensAPause() {
        begin(STEPS);
        passes(Duration.ofSeconds(30));
        clock.set(Duration.ofHours(5));
        passes(Duration.ofSeconds(29));
        assertThat(state().step()).as("five hours that did not pass").isZero();
        clock.set(Duration.ofHours(-8));
        passes(Duration.ofMillis(500));
        assertThat(state().step()).isZero();
        passes(Duration.ofMillis(501));
        assertThat(state().step()).isEqualTo(1);
    }

    @Test
    void aGuardSeesWhatIsReportedAfterTheClockWasSetBack() {
        begin(GUARDED);
        report(1_000, 0, 0, 0);
        clock.set(Duration.ofHours(-8));
        plans.tick();
        report(1_000, 0, 0, 0);
        report(2_000, 0, 1_000, 50);
        plans.tick();
        assertThat(state().status()).isEqualTo(Status.ABORTED);
    }

    @Test
    void aShiftThatSomebodyChangesMeanwhileIsTheirs() {
        begin(STEPS);
        passes(Duration.ofMinutes(1));
        byHand("7%");
        passes(Duration.ofHours(1));
        assertThat(state().status()).isEqualTo(Status.PAUSED);
        assertThat(state().why()).contains("by hand");
        assertThat(share()).isEqualTo("7%");
        plans.promote("default", CALL);
        assertThat(share()).as("until it is told to continue").isEqualTo("20%");
    }

    @Test
    void aGroupThatSomebodyTakesOutStopsThePlanToo() {
        begin(STEPS);
        edit(now -> {
            ShiftPatch wish = read(
                    "{environments: [{lane: G0, share: '0%', tenants: {include: [d1]}}, {lane: G1, share: '30%'}]}",
                    (n, p) -> ShiftPatch.read("default", n, p));
            return now.with(List.of(new TableChange.PutShift(wish.applyTo(now.shift("default")))));
        });
        passes(Duration.ofHours(1));
        assertThat(state().status()).isEqualTo(Status.PAUSED);
        assertThat(environment().tenants().include()).containsExactly("d1");
    }

    @Test
    void aGuardStillLooksAtAPlanThatStands() {
        begin(GUARDED);
        report(1_000, 0, 0, 0);
        byHand("7%");
        plans.tick();
        assertThat(state().status()).isEqualTo(Status.PAUSED);
        report(2_000, 0, 1_000, 50);
        plans.tick();
        assertThat(state().status()).isEqualTo(Status.ABORTED);
        assertThat(share()).isEqualTo("0%");
    }

    @Test
    void anEnvironmentThatIsWorseIsLeftByEverybodyAtOnceAndHistorySaysWhy() {
        begin(GUARDED);
        report(1_000, 10, 0, 0);
        report(2_000, 20, 1_000, 20);
        plans.tick();
        assertThat(state().status()).as("one percent more than base is allowed").isEqualTo(Status.RUNNING);
        report(3_000, 30, 1_200, 30);
        plans.tick();
        assertThat(state().status()).as("2.50 %, which chance may do").isEqualTo(Status.RUNNING);
        report(4_000, 40, 4_000, 140);
        plans.tick();
        assertThat(state().status()).isEqualTo(Status.ABORTED);
        assertThat(share()).isEqualTo("0%");
        assertThat(last().action()).isEqualTo("abort");
        assertThat(last().who()).isEqualTo("laneway");
        assertThat(last().why()).contains("a has 3.50% errors, base 1.00%");
    }

    @Test
    void tooFewSamplesHoldHoweverLongAndEnoughOfThemGoOn() {
        begin(GUARDED);
        report(1_000, 0, 0, 0);
        report(2_000, 0, 99, 99);
        passes(Duration.ofSeconds(30));
        assertThat(state().why()).contains("too few requests: 99");
        passes(Duration.ofHours(23));
        assertThat(state().step()).isZero();
        report(3_000, 0, 200, 99);
        report(4_000, 0, 300, 99);
        plans.tick();
        assertThat(share()).isEqualTo("70%");
        assertThat(state().why()).isEmpty();
    }

    @Test
    void aBaseWithoutRequestsIsComparedAsItWasWhenItHadThem() {
        begin(GUARDED);
        report(0, 0, 0, 0);
        report(10_000, 300, 1_000, 30);
        passes(Duration.ofMinutes(1));
        report(10_100, 303, 1_200, 36);
        plans.tick();
        assertThat(share()).isEqualTo("70%");
        report(10_100, 303, 5_200, 156);
        plans.tick();
        assertThat(state().status()).as("3 % errors are what base had").isEqualTo(Status.RUNNING);
        stop();
        open();
        report(10_100, 303, 6_000, 160);
        plans.tick();
        report(10_100, 303, 11_000, 410);
        plans.tick();
        assertThat(state().status()).as("5 % are not").isEqualTo(Status.ABORTED);
    }

    @Test
    void aStepThatNoLongerFitsStandsAndSaysWhy() {
        begin(STEPS);
        edit(now -> {
            ShiftPatch wish = read(
                    "{environments: [{lane: G0, share: '0%'}, {lane: G1, share: '96%'}]}",
                    (n, p) -> ShiftPatch.read("default", n, p));
            return now.with(List.of(new TableChange.PutShift(wish.applyTo(now.shift("default")))));
        });
        passes(Duration.ofMinutes(1));
        assertThat(state().status()).isEqualTo(Status.PAUSED);
        assertThat(state().why()).startsWith("step 2 cannot be taken").contains("101");
        assertThat(share()).isEqualTo("0%");
    }

    @Test
    void aPlanThatCannotBeCarriedOutIsRefusedBeforeItsFirstStep() {
        assertThatThrownBy(() -> begin("{lane: G0, steps: ['5%', '71%', '100%']}"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problems())
                                .extracting(problem -> problem.pointer())
                                .containsExactly("/steps/1", "/steps/2"));
        assertThatThrownBy(() -> begin("{lane: G0, groups: {x: [taken]}, steps: [{group: x}]}"))
                .hasMessageContaining("taken");
        assertThat(plans.find("default")).isEmpty();
        edit(now -> {
            ShiftPatch wish = read("{enabled: false}", (n, p) -> ShiftPatch.read("default", n, p));
            return now.with(List.of(new TableChange.PutShift(wish.applyTo(now.shift("default")))));
        });
        assertThatThrownBy(() -> begin(STEPS)).hasMessageContaining("not enabled");
    }

    @Test
    void aShiftHasOnePlanAtATime() {
        begin(STEPS);
        assertThatThrownBy(() -> begin(GUARDED)).hasMessageContaining("running");
        plans.abort("default", "no", CALL);
        begin(GUARDED);
        assertThat(share()).isEqualTo("5%");
    }

    @Test
    void whatIsDoneTwiceIsDoneOnce() {
        begin("{lane: G0, steps: ['5%', '20%']}");
        plans.pause("default", CALL);
        String tag = plans.get("default").tag();
        plans.pause("default", CALL);
        assertThat(plans.get("default").tag()).isEqualTo(tag);
        plans.promote("default", CALL);
        plans.promote("default", CALL);
        assertThat(state().status()).isEqualTo(Status.COMPLETE);
        long revision = editor.state().revision();
        plans.promote("default", CALL);
        plans.pause("default", CALL);
        assertThat(state().status()).isEqualTo(Status.COMPLETE);
        plans.abort("default", "no", CALL);
        assertThat(editor.state().revision()).isEqualTo(revision + 1);
        byHand("40%");
        plans.abort("default", "again, late", CALL);
        assertThat(share()).as("what came after the plan is not the plan's").isEqualTo("40%");
        assertThatThrownBy(() -> plans.promote("default", CALL)).hasMessageContaining("aborted");
    }

    @Test
    void whatIsFinishedIsNotAborted() {
        begin("{lane: G0, steps: ['5%']}");
        plans.finish("default", CALL);
        byHand("40%");
        assertThatThrownBy(() -> plans.abort("default", "late", CALL)).hasMessageContaining("finished");
        assertThat(share()).isEqualTo("40%");
    }

    @Test
    void aPlanWhoseShiftIsGoneCanBeAborted() {
        begin(STEPS);
        edit(now -> now.with(List.of(new TableChange.RemoveShift("default"))));
        passes(Duration.ofHours(1));
        assertThat(state().status()).isEqualTo(Status.PAUSED);
        plans.abort("default", "gone", CALL);
        assertThat(state().status()).isEqualTo(Status.ABORTED);
        edit(now -> TableObjects.of(read(TABLE, TableReader::table)));
        begin(GUARDED);
        assertThat(share()).isEqualTo("5%");
    }

    private static final String TWO = """
        lanes: [{name: G0}, {name: G1}]
        services:
          - {name: a, deployments: [{lane: master, endpoints: ["127.0.0.1:1"]}, {lane: G0, endpoints: ["127.0.0.1:2"]}]}
          - {name: b, deployments: [{lane: master, endpoints: ["127.0.0.1:3"]}, {lane: G0, endpoints: ["127.0.0.1:4"]}]}
          - {name: c, deployments: [{lane: master, endpoints: ["127.0.0.1:5"]}]}
        shifts: [{name: default, tenant: [{header: x-tenant-id}], environments: [
          {lane: G0, share: "0%"}, {lane: G1, share: "30%", tenants: {include: [taken]}}]}]
        """;
    private static final String TWO_GUARDED = """
        {lane: G0, steps: [{share: "5%", pause: 1m}, {share: "70%", pause: 1h}],
         guard: {window: 1m, minSamples: 100, errorRate: "1%", p99: 1.5}}
        """;

    private static Totals gray(String service, String served, long requests, long errors, Map<String, Long> latency) {
        Fallbacks fallbacks = new Fallbacks(served.equals("G0") ? 0 : requests, 0);
        return new Totals(service, served, "G0", requests, errors, fallbacks, latency);
    }

    private static Totals base(String service, long requests, long errors, Map<String, Long> latency) {
        return new Totals(service, "master", "", requests, errors, new Fallbacks(0, 0), latency);
    }

    private void two(Totals... totals) {
        clock.pass(Duration.ofMillis(10));
        GatewayReport report = new GatewayReport(
                "1", "", "run", "", 0, "following", true, List.of(totals), List.of(), Map.of(), List.of());
        measures.add("gw", report, clock.millis());
        plans.tick();
    }

    private void beginTwo(String plan) {
        edit(now -> TableObjects.of(read(TWO, TableReader::table)));
        begin(plan);
        two();
    }

    @Test
    void aServiceThatTakesPartHoldsTheStepUntilItWasSeen() {
        beginTwo(TWO_GUARDED);
        two(
                base("a", 1_000, 0, Map.of()),
                base("b", 1_000, 0, Map.of()),
                gray("a", "G0", 500, 0, Map.of()),
                gray("b", "G0", 99, 99, Map.of()),
                gray("c", "master", 3, 0, Map.of()));
        passes(Duration.ofSeconds(59));
        plans.tick();
        assertThat(state().step())
                .as("b is broken and has too few requests to say so")
                .isZero();
        assertThat(state().why()).isEqualTo("b: too few requests: 99 (expected: >= 100)");
        two(
                base("a", 2_000, 0, Map.of()),
                base("b", 2_000, 0, Map.of()),
                gray("a", "G0", 900, 0, Map.of()),
                gray("b", "G0", 150, 150, Map.of()));
        assertThat(state().status()).isEqualTo(Status.ABORTED);
        assertThat(state().why()).startsWith("b has 100.00% errors, base 0.00%");
    }

    @Test
    void errorsOfThoseWhoAskedForTheEnvironmentAreItsOwnWhoeverAnswered() {
        beginTwo("""
            {lane: G0, steps: [{share: "5%", pause: 1m}],
             guard: {minSamples: 100, errorRate: "1%", fallback: "100%"}}
            """);
        two(base("c", 5_000, 5, Map.of()), gray("c", "master", 500, 200, Map.of()));
        assertThat(state().status()).isEqualTo(Status.ABORTED);
        assertThat(state().why()).startsWith("c has 40.00% errors, base 0.10%");
    }

    @Test
    void anEnvironmentWhoseServiceIsDeadIsLeftAndOneThatLacksAServiceIsNot() {
        beginTwo(TWO_GUARDED);
        two(base("a", 5_000, 0, Map.of()), gray("a", "G0", 500, 0, Map.of()), gray("c", "master", 500, 0, Map.of()));
        assertThat(state().status()).as("c is not in the environment").isEqualTo(Status.RUNNING);
        two(base("a", 9_000, 0, Map.of()), gray("a", "G0", 500, 0, Map.of()), gray("a", "master", 500, 0, Map.of()));
        assertThat(state().status()).isEqualTo(Status.ABORTED);
        assertThat(state().why()).startsWith("a falls back with 50.00% of its requests (expected: at most 1%");
    }

    @Test
    void aServiceThatTheEnvironmentLostIsMissed() {
        beginTwo(TWO_GUARDED);
        edit(now -> TableObjects.of(read(TABLE, TableReader::table)));
        two(base("b", 5_000, 0, Map.of()), gray("b", "master", 500, 0, Map.of()));
        assertThat(state().status()).isEqualTo(Status.ABORTED);
        assertThat(state().why()).startsWith("b falls back with 100.00%");
    }

    @Test
    void olderGatewaysTellOfFallingBackByTheLaneThatServed() {
        beginTwo(TWO_GUARDED);
        two(base("a", 5_000, 0, Map.of()), new Totals("a", "master", "G0", 500, 0, Map.of()));
        assertThat(state().why()).startsWith("a falls back with 100.00%");
    }

    @Test
    void aServiceThatIsSlowerIsLeftAndNothingIsInfinite() {
        beginTwo(TWO_GUARDED);
        two(
                base("a", 5_000, 0, Map.of("10", 4_990L, "+Inf", 10L)),
                gray("a", "G0", 500, 0, Map.of("10", 499L, "+Inf", 1L)));
        assertThat(state().status()).as("as fast as base").isEqualTo(Status.RUNNING);
        two(
                base("a", 9_000, 0, Map.of("10", 8_980L, "+Inf", 20L)),
                gray("a", "G0", 1_000, 0, Map.of("10", 599L, "+Inf", 401L)));
        assertThat(state().status()).isEqualTo(Status.ABORTED);
        assertThat(state().why())
                .startsWith("a has a p99 of 60000.0 ms, base 10.0 ms")
                .doesNotContain("Infinity");
    }

    @Test
    void aStepThatIsHeldForTooLongPausesThePlanAndSaysSo() {
        beginTwo("""
            {lane: G0, steps: [{share: "5%", pause: 1m}, {share: "70%", pause: 1h}],
             guard: {minSamples: 100, errorRate: "1%", maxHold: 2h}}
            """);
        passes(Duration.ofMinutes(1));
        assertThat(state().status()).isEqualTo(Status.RUNNING);
        passes(Duration.ofMinutes(119));
        assertThat(state().status()).isEqualTo(Status.RUNNING);
        passes(Duration.ofMinutes(1));
        assertThat(state().status()).isEqualTo(Status.PAUSED);
        assertThat(state().why()).startsWith("held for 2h: a: too few requests: 0");
        assertThat(share()).isEqualTo("5%");
        plans.promote("default", CALL);
        assertThat(share()).isEqualTo("70%");
    }

    @Test
    void eachServiceHasItsVerdictWithFigures() {
        beginTwo(TWO_GUARDED);
        two(
                base("a", 1_000, 10, Map.of("5", 1_000L)),
                gray("a", "G0", 200, 2, Map.of("5", 200L)),
                gray("b", "G0", 7, 7, Map.of()));
        JsonArray services = plans.verdict("default").orElseThrow().json().getJsonArray("services");
        assertThat(services).hasSize(2);
        JsonObject a = services.getJsonObject(0);
        assertThat(a.getString("verdict")).isEqualTo("fine");
        assertThat(a.getJsonObject("environment").getLong("requests")).isEqualTo(200);
        assertThat(a.getJsonObject("base").getDouble("errorRate")).isEqualTo(0.01);
        assertThat(a.getJsonObject("base").getDouble("p99")).isEqualTo(4.98);
        JsonObject b = services.getJsonObject(1);
        assertThat(b.getString("verdict")).isEqualTo("hold");
        assertThat(b.getString("why")).contains("too few requests: 7");
    }

    @Test
    void queriesOfGuardsWantAServer() {
        assertThatThrownBy(() -> begin("{lane: G0, steps: ['5%'], guard: {prometheus: [{query: 'up', max: 1}]}}"))
                .hasMessageContaining("no server is configured");
    }
}
