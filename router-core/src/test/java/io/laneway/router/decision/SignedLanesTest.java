package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.table.PublishedState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Carriers of a listener with {@code lanes: signed}: they count only if they name the granted lane. */
class SignedLanesTest {

    private static final ListenerTraits SIGNED = ListenerTraits.EXTERNAL.withSigned(true);
    private static final DecisionProbe PROBE = DecisionProbe.over("""
                    carriers: {header: [trace-branch, x-lane], host: ["app-{lane}.test"]}
                    lanes: [{name: f-1}, {name: Feature/X}]
                    services:
                      - name: app
                        hosts: [app.test]
                        shift: default
                        deployments:
                          - {lane: master, endpoints: ["10.0.0.1:80"]}
                          - {lane: f-1, endpoints: ["10.0.0.2:80"]}
                          - {lane: Feature/X, endpoints: ["10.0.0.3:80"]}
                    shifts:
                      - name: default
                        tenant: [{header: x-tenant}]
                        environments: [{lane: f-1, share: "0%", tenants: {include: [acme]}}]
                    """).at(SIGNED);

    private static Decision<PublishedState, Void> decide(
            String granted, String host, String target, String... headers) {
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider()
                .decide(
                        PROBE.table(),
                        PROBE.listener(),
                        DecisionProbe.draft(host, target, headers).granted(granted),
                        decision);
        return decision;
    }

    private static String served(Decision<PublishedState, Void> decision) {
        return decision.served() == null
                ? decision.reason().word()
                : decision.served() + " " + decision.origin().word() + (decision.ignored() ? " ignored" : "");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, /?trace-branch=f-1, x: y, master none ignored",
                "-, /, trace-branch: f-1, master none ignored",
                "-, /, x-lane: f-1, master none ignored",
                "-, /, cookie: trace-branch=f-1, master none ignored",
                "-, /, baggage: trace-branch=f-1, master none ignored",
                "-, /, trace-branch: nope, master none ignored",
                "-, /, origin: http://app-f-1.test, master none ignored",
                "-, /, x: y, master none",
                "f-1, /, x: y, master none",
                "f-1, /?trace-branch=F-1, x: y, f-1 query",
                "f-1, /, trace-branch: f-1, f-1 header",
                "f-1, /, cookie: trace-branch=f-1, f-1 cookie",
                "f-1, /, baggage: trace-branch=f-1, f-1 baggage",
                "feature-x, /?trace-branch=Feature/X, x: y, Feature/X query",
                "f-1, /?trace-branch=Feature/X, cookie: trace-branch=f-1, f-1 cookie ignored",
                "f-1, /?trace-branch=Feature/X, x: y, master none ignored",
                "nope, /?trace-branch=nope, x: y, master none ignored",
                "-, /?trace-branch=f-1, x-tenant: acme, f-1 tenant ignored",
            })
    void aCarrierCountsWhereItNamesTheGrantedLane(String granted, String target, String header, String expected) {
        assertThat(served(decide(granted, "app.test", target, header))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, no_route", "f-1, f-1 host", "feature-x, no_route"})
    void aHostOfALaneIsOneOnlyWithItsGrant(String granted, String expected) {
        assertThat(served(decide(granted, "app-f-1.test", "/"))).isEqualTo(expected);
    }

    @Test
    void anExplanationSaysThatTheCarrierIsNotSigned() {
        Explanation explanation = Explanation.of(
                PROBE.table(), SIGNED, DecisionProbe.draft("app.test", "/?trace-branch=f-1"), null, null);

        assertThat(explanation.lines())
                .anyMatch(line ->
                        line.contains("query trace-branch names lane f-1: carrier not signed, so it is ignored"));
        assertThat(explanation.served()).isEqualTo("master");
    }

    @Test
    void aQuestionAsksAsASignedLinkDoes() {
        assertThat(Explanation.of(PROBE.table(), SIGNED, DecisionProbe.draft("app.test", "/"), "f-1", null)
                        .served())
                .isEqualTo("f-1");
    }

    @Test
    void theMemoryOfATraceGrantsStrangersNothing() {
        LaneRecall recall = new LaneRecall() {
            @Override
            public boolean recall(io.laneway.router.request.RequestView request, io.laneway.router.text.Slice into) {
                byte[] name = "f-1".getBytes(java.nio.charset.StandardCharsets.UTF_8);
                into.set(name, 0, name.length);
                return true;
            }

            @Override
            public Assigned assigned() {
                return Assigned.NO;
            }
        };
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider(recall).decide(PROBE.table(), SIGNED, DecisionProbe.draft("app.test", "/"), decision);

        assertThat(served(decision)).isEqualTo("master none");
    }
}
