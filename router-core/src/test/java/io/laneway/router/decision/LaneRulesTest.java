package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.PublishedState;
import org.junit.jupiter.api.Test;

/** docs/concepts/decision.md, rule by rule. */
class LaneRulesTest {

    private static final DecisionProbe TABLE = DecisionProbe.over("""
            schema: 1
            carriers: {header: [trace-branch, x-lane], host: ["a-{lane}.example.com"]}
            lanes:
              - {name: f-1}
              - {name: F-2, parent: f-1}
              - {name: strict, mode: strict, parent: f-1}
              - {name: old, parent: f-1, mode: strict, state: expired}
              - {name: G0}
              - {name: feature/x}
              - {name: sick}
              - {name: child, parent: sick}
            services:
              - name: a
                hosts: [a.example.com, "*.example.com"]
                deployments:
                  - {lane: master, endpoints: ["h:1"]}
                  - {lane: f-1, endpoints: ["h:2"]}
                  - {lane: old, endpoints: ["h:3"]}
                  - {lane: G0, endpoints: ["h:4"]}
                  - {lane: feature/x, endpoints: ["h:5"]}
                  - {lane: sick, endpoints: [{address: "h:6", ready: false}, {address: "h:7", draining: true}, {address: "h:8", weight: 0}]}
              - {name: b, hosts: [b.example.org], deployments: [{lane: f-1, endpoints: ["h:9"]}, {lane: master, endpoints: []}]}
            shifts:
              - {name: default, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: "0%", tenants: {include: [acme]}}]}
            """);

    private static final String A = "a.example.com";

    private static String ask(String... headers) {
        return TABLE.to(A, "/", headers);
    }

    @Test
    void carriersAreReadInTheirOrder() {
        String[] all = {"x-lane: strict", "cookie: trace-branch=sick", "baggage: trace-branch=G0"};
        assertThat(TABLE.to("a-child.example.com", "/?trace-branch=F-2", all)).endsWith(" strict");
        assertThat(TABLE.to("a-child.example.com", "/?trace-branch=F-2", all[1], all[2]))
                .endsWith(" F-2");
        assertThat(TABLE.to("a-child.example.com", "/?trace-branch=", all[1], all[2]))
                .endsWith(" sick");
        assertThat(TABLE.to("a-child.example.com", "/", all[2])).endsWith(" G0");
        assertThat(TABLE.to("a-child.example.com", "/")).endsWith(" child");
        assertThat(TABLE.to("a-child.example.com", "/", "trace-branch: f-1", "x-lane: G0"))
                .endsWith(" f-1");
    }

    @Test
    void theFirstOfRepeatedHeadersParametersCookiesAndMembersCounts() {
        assertThat(ask("trace-branch: f-1", "trace-branch: G0")).isEqualTo("a@f-1 lane f-1");
        assertThat(TABLE.to(A, "/?trace-branch=G0&trace-branch=f-1")).isEqualTo("a@G0 lane G0");
        assertThat(ask("cookie: x=1; trace-branch=\"G0\"; trace-branch=f-1")).isEqualTo("a@G0 lane G0");
        assertThat(ask("cookie: x=1", "cookie: trace-branch=f-1")).isEqualTo("a@f-1 lane f-1");
        assertThat(ask("baggage: k=v", "baggage: a=b, trace-branch = f-1;p=1, trace-branch=G0"))
                .isEqualTo("a@f-1 lane f-1");
    }

    @Test
    void valuesAreComparedAfterDecodingAndSlugging() {
        assertThat(TABLE.to(A, "/?q=1&trace-branch=feature%2Fx")).isEqualTo("a@feature/x lane feature/x");
        assertThat(TABLE.to(A, "/?trace-branch=feature+x")).isEqualTo("a@feature/x lane feature/x");
        assertThat(ask("trace-branch: Feature/X")).isEqualTo("a@feature/x lane feature/x");
        assertThat(ask("cookie: trace-branch=feature%2fx")).isEqualTo("a@feature/x lane feature/x");
        assertThat(ask("trace-branch: g0")).isEqualTo("a@G0 lane G0");
        assertThat(ask("trace-branch: MASTER")).isEqualTo("a@master lane master");
    }

    @Test
    void aValueOfNothingOrWithControlCharactersIsAbsent() {
        assertThat(ask("trace-branch: --", "cookie: trace-branch=f-1")).isEqualTo("a@f-1 lane f-1");
        assertThat(TABLE.to(A, "/?trace-branch=f%0a1")).isEqualTo("a@master base -");
        assertThat(TABLE.to(A, "/?trace-branch=%00", "baggage: trace-branch=G0"))
                .isEqualTo("a@G0 lane G0");
        assertThat(ask("trace-branch: ")).isEqualTo("a@master base -");
    }

    @Test
    void anUnknownLaneIsServedByBaseWhateverTheTenant() {
        assertThat(ask("trace-branch: Nope/1", "x-tenant-id: acme")).isEqualTo("a@master lane_unknown nope-1");
    }

    @Test
    void anExpiredLaneIgnoresItsModeAndParents() {
        assertThat(ask("trace-branch: old", "x-tenant-id: acme")).isEqualTo("a@master lane_expired old");
        assertThat(TABLE.to("b.example.org", "/", "trace-branch: old")).isEqualTo("b@- base_unavailable old");
    }

    @Test
    void theWalkGoesOverTheParentsToBase() {
        assertThat(ask("trace-branch: f-2")).isEqualTo("a@f-1 fallback_absent F-2");
        assertThat(ask("trace-branch: child")).isEqualTo("a@master fallback_absent child");
        assertThat(ask("trace-branch: sick")).isEqualTo("a@master fallback_unready sick");
        assertThat(TABLE.to("b.example.org", "/", "trace-branch: f-2")).isEqualTo("b@f-1 fallback_absent F-2");
        assertThat(TABLE.to("b.example.org", "/", "trace-branch: G0")).isEqualTo("b@- base_unavailable G0");
    }

    @Test
    void aStrictLaneDoesNotFallBack() {
        assertThat(ask("trace-branch: strict")).isEqualTo("a@- strict_unavailable strict");
        assertThat(TABLE.decide(A, "/", "trace-branch: strict").reason().status())
                .isEqualTo(503);
    }

    @Test
    void tenantsComeAfterMarkersAndPinsOverSlots() {
        assertThat(ask("x-tenant-id:  acme ")).isEqualTo("a@G0 pinned G0/pinned");
        assertThat(ask("x-tenant-id: other")).isEqualTo("a@master shift master/shift");
        assertThat(ask("x-tenant-id: Acme")).as("case is kept").isEqualTo("a@master shift master/shift");
        assertThat(ask("x-tenant-id: acme", "trace-branch: f-1")).isEqualTo("a@f-1 lane f-1");
        assertThat(ask("x-tenant-id: ")).isEqualTo("a@master base -");
    }

    @Test
    void onlyOurOwnListenersObeyAStamp() {
        String[] stamp = {"trace-branch: G0", "x-laneway-assigned: shift"};
        assertThat(TABLE.internal().to(A, "/?trace-branch=f-1", stamp)).isEqualTo("a@G0 shift G0/shift");
        assertThat(TABLE.to(A, "/", stamp)).isEqualTo("a@G0 lane G0");
        assertThat(TABLE.internal().to(A, "/", "baggage: trace-branch=G0", "x-laneway-assigned: pinned"))
                .isEqualTo("a@G0 pinned G0/pinned");
        assertThat(TABLE.internal().to(A, "/", "trace-branch: ", "baggage: trace-branch=f-1", "x-lane: G0"))
                .isEqualTo("a@f-1 lane f-1");
        assertThat(TABLE.internal().to(A, "/", "trace-branch: f-1", "x-laneway-assigned: whatever"))
                .isEqualTo("a@f-1 lane f-1");
    }

    @Test
    void withLanesOffOnlyShiftsAndTheirStampsCount() {
        DecisionProbe strangers =
                TABLE.at(ListenerTraits.EXTERNAL.withLanes(false).withDefaultLane("f-1"));
        assertThat(strangers.to("a-f-1.example.com", "/?trace-branch=f-1", "trace-branch: f-1"))
                .isEqualTo("a@master base -");
        assertThat(strangers.to(A, "/", "trace-branch: f-1", "x-laneway-assigned: shift", "x-tenant-id: acme"))
                .isEqualTo("a@G0 pinned G0/pinned");
        DecisionProbe own = TABLE.at(ListenerTraits.INTERNAL.withLanes(false));
        assertThat(own.to(A, "/", "trace-branch: f-1")).isEqualTo("a@master base -");
        assertThat(own.to(A, "/", "trace-branch: G0", "x-laneway-assigned: shift"))
                .isEqualTo("a@G0 shift G0/shift");
    }

    @Test
    void theDefaultLaneRanksBeforeTheTenantUnlessItIsAnEnvironment() {
        DecisionProbe branch = TABLE.at(ListenerTraits.INTERNAL.withDefaultLane("F-1"));
        assertThat(branch.to(A, "/", "x-tenant-id: acme")).isEqualTo("a@f-1 lane f-1");
        assertThat(branch.to(A, "/", "trace-branch: G0")).isEqualTo("a@G0 lane G0");
        DecisionProbe environment = TABLE.at(ListenerTraits.INTERNAL.withDefaultLane("g0"));
        assertThat(environment.to(A, "/", "x-tenant-id: other")).isEqualTo("a@master shift master/shift");
        assertThat(environment.to(A, "/")).isEqualTo("a@G0 lane G0");
        assertThat(TABLE.at(ListenerTraits.INTERNAL.withDefaultLane("gone")).to(A, "/"))
                .isEqualTo("a@master lane_unknown gone");
        assertThat(TABLE.at(ListenerTraits.INTERNAL.withDefaultLane("--")).to(A, "/"))
                .isEqualTo("a@master base -");
    }

    private static final DecisionProbe DIVIDED = DecisionProbe.over("""
            lanes: [{name: f-1}, {name: G0}]
            services:
              - {name: a, hosts: [a.example.com], deployments: [{lane: master, endpoints: ["h:1"]}, {lane: G0, endpoints: ["h:2"]}]}
              - {name: c, hosts: [c.example.com], shift: off, deployments: [{lane: master, endpoints: ["h:3"]}]}
            shifts:
              - {name: default, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: "0%", requests: "50%"}]}
              - {name: off, enabled: false, environments: [{lane: G0, share: "0%", requests: "100%"}]}
            """);

    /** Slot 4354 of shift default. */
    private static final String IN = "x-request-id: r-1";

    /** Slot 6744 of shift default. */
    private static final String OUT = "x-request-id: r-2";

    @Test
    void aRequestWithoutMarkerAndTenantIsAssignedByItsIdAndStampedInBaseToo() {
        assertThat(DIVIDED.to(A, "/", IN)).isEqualTo("a@G0 shift G0/shift");
        assertThat(DIVIDED.to(A, "/", OUT)).isEqualTo("a@master shift master/shift");
        assertThat(DIVIDED.to(A, "/", IN, "x-tenant-id: acme")).isEqualTo("a@master shift master/shift");
        assertThat(DIVIDED.to(A, "/", IN, "x-tenant-id: ")).isEqualTo("a@G0 shift G0/shift");
        assertThat(DIVIDED.to(A, "/", IN, "trace-branch: f-1")).isEqualTo("a@master fallback_absent f-1");
        assertThat(DIVIDED.to("c.example.com", "/", IN)).as("disabled").isEqualTo("c@master base -");
        assertThat(DIVIDED.decide(A, "/", IN).origin()).isEqualTo(Origin.REQUEST);
    }

    @Test
    void theChainKeepsWhatARequestWasAssigned() {
        DecisionProbe own = DIVIDED.at(ListenerTraits.INTERNAL.withLanes(false));
        String assigned = "x-laneway-assigned: shift";
        assertThat(own.to(A, "/", OUT, "trace-branch: G0", assigned)).isEqualTo("a@G0 shift G0/shift");
        assertThat(own.to(A, "/", IN, "trace-branch: master", assigned)).isEqualTo("a@master shift master/shift");
        assertThat(own.to(A, "/", IN)).isEqualTo("a@G0 shift G0/shift");
    }

    @Test
    void theDefaultLaneRanksBeforeTheRequestsId() {
        assertThat(DIVIDED.at(ListenerTraits.INTERNAL.withDefaultLane("G0")).to(A, "/", OUT))
                .isEqualTo("a@G0 lane G0");
        assertThat(DIVIDED.at(ListenerTraits.INTERNAL.withDefaultLane("f-1")).to(A, "/", IN))
                .isEqualTo("a@master fallback_absent f-1");
    }

    @Test
    void aRequestWithoutAnIdIsNotAssigned() {
        assertThat(DIVIDED.to(A, "/")).isEqualTo("a@master base -");
        assertThat(DIVIDED.to(A, "/", "x-request-id: ")).isEqualTo("a@master base -");
    }

    @Test
    void aDecisionIsUsedAgainWithoutTraces() {
        Decision<PublishedState, Void> decision = new Decision<>();
        Decider decider = new Decider();
        RequestDraft unknown = DecisionProbe.draft(A, "/", "trace-branch: nope");
        decider.decide(TABLE.table(), TABLE.listener(), unknown, decision);
        decider.decide(TABLE.table(), TABLE.listener(), DecisionProbe.draft(A, "/"), decision);
        assertThat(decision.stamped()).isFalse();
        assertThat(decision.reason()).isEqualTo(Reason.BASE);
        decider.decide(TABLE.table(), TABLE.listener(), DecisionProbe.draft("nobody", "/"), decision);
        assertThat(decision.service()).isNull();
        assertThat(decision.port()).isNull();
        assertThat(decision.reason()).isEqualTo(Reason.NO_ROUTE);
    }
}
