package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.table.PublishedState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Carriers of a listener with lanes off: none counts, and of those that stay on the request it is known. */
class LanesOffTest {

    private static final DecisionProbe PROBE = DecisionProbe.over("""
                    carriers: {header: [trace-branch, x-lane], host: ["app-{lane}.test"], baggage: [trace-branch, lane]}
                    lanes: [{name: f-1}]
                    services:
                      - name: app
                        hosts: ["*.test", "*.f-1"]
                        shift: default
                        deployments:
                          - {lane: master, endpoints: ["10.0.0.1:80"]}
                          - {lane: f-1, endpoints: ["10.0.0.2:80"]}
                    shifts:
                      - name: default
                        tenant: [{header: x-tenant}]
                        environments: [{lane: f-1, share: "0%", tenants: {include: [acme]}}]
                    """);

    private static String decided(ListenerTraits listener, String host, String target, String header) {
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider().decide(PROBE.table(), listener, DecisionProbe.draft(host, target, header), decision);
        return decision.served() + " " + decision.reason().word() + (decision.ignored() ? " ignored" : "");
    }

    @ParameterizedTest
    @CsvSource({
        "app.test, /, x: y, master base",
        "app.test, /?trace-branch=f-1, x: y, master base ignored",
        "app.test, /?trace-branch=f-7, x: y, master base ignored",
        "app.test, /?trace-branch=, x: y, master base",
        "app.test, /, cookie: trace-branch=f-1, master base ignored",
        "app.test, /, x-lane: f-1, master base ignored",
        "app.test, /, baggage: lane=f-1, master base ignored",
        "app-f-1.test, /, x: y, master base ignored",
        "app.f-1, /, x: y, master base ignored",
        "app.test, /, origin: https://app-f-1.test, master base ignored",
        "app.test, /, origin: https://app.test, master base",
        "app.test, /?trace-branch=f-1, x-tenant: acme, f-1 pinned",
        // what is written over in any case
        "app.test, /, trace-branch: f-1, master base",
        "app.test, /, baggage: trace-branch=f-1, master base",
    })
    void noCarrierCounts(String host, String target, String header, String expected) {
        assertThat(decided(ListenerTraits.EXTERNAL.withLanes(false), host, target, header))
                .isEqualTo(expected);
        assertThat(decided(ListenerTraits.INTERNAL.withLanes(false), host, target, header))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"app.test, /?trace-branch=f-1, x: y, f-1 lane", "app.test, /, x: y, master base"})
    void withLanesOnNothingIsIgnored(String host, String target, String header, String expected) {
        assertThat(decided(ListenerTraits.EXTERNAL, host, target, header)).isEqualTo(expected);
    }
}
