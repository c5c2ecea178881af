package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.request.RequestDraft;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final DecisionProbe TABLE = DecisionProbe.over("""
            schema: 1
            revision: 7
            lanes: [{name: f-1}, {name: f-2, parent: f-1}, {name: G0}]
            services:
              - {name: a, hosts: [a.example.com], deployments: [{lane: master, endpoints: ["h:1"]}, {lane: f-1, endpoints: [{address: "h:2", ready: false}]}, {lane: G0, endpoints: ["h:3", {address: "h:4", weight: 0}]}]}
            shifts:
              - {name: default, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: "100%"}]}
            """);

    private static Explanation explain(String lane, String tenant, String... headers) {
        RequestDraft request = DecisionProbe.draft("a.example.com", "/", headers);
        return Explanation.of(TABLE.table(), TABLE.listener(), request, lane, tenant);
    }

    @Test
    void namesEachStepOfAFallback() {
        Explanation explained = explain(null, null, "trace-branch: f-2");
        assertThat(explained.lines())
                .containsExactly(
                        "1. host a.example.com leads to service a",
                        "2. header trace-branch asks for lane f-2",
                        "3. lane f-2 does not have the service",
                        "4. lane f-1 has the service, 0 of 1 endpoints published as usable: cannot serve",
                        "5. lane master has the service, 1 of 1 endpoints published as usable: serves",
                        "6. served by lane master: fallback_absent");
        assertThat(explained.endpoints()).containsExactly("h:1");
        assertThat(explained.toMap())
                .containsEntry("revision", 7L)
                .containsEntry("service", "a")
                .containsEntry("requested", "f-2")
                .containsEntry("origin", "header")
                .containsEntry("served", "master")
                .containsEntry("reason", "fallback_absent");
    }

    @Test
    void namesTheTenantAndWhatAssignedIt() {
        Explanation explained = explain(null, "acme");
        assertThat(explained.tenant()).isEqualTo("acme");
        assertThat(explained.reason()).isEqualTo(Reason.SHIFT);
        assertThat(explained.endpoints()).containsExactly("h:3");
        assertThat(explained.lines())
                .anyMatch(line -> line.contains("shift default assigns tenant acme to G0 by slot"));
    }

    @Test
    void namesTheRequestAndTheSlotThatAssignedIt() {
        DecisionProbe divided = DecisionProbe.over("""
                lanes: [{name: G0}]
                services: [{name: a, hosts: [a.example.com], deployments: [{lane: master, endpoints: ["h:1"]}]}]
                shifts: [{name: default, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: "0%", requests: "50%"}]}]
                """);
        RequestDraft request = DecisionProbe.draft("a.example.com", "/", "x-request-id: r-1");
        Explanation explained = Explanation.of(divided.table(), divided.listener(), request, null, null);
        assertThat(explained.lines())
                .containsSubsequence(
                        "2. no tenant where shift default looks for one",
                        "3. shift default assigns request r-1, which has no tenant, to G0 by slot 4354",
                        "6. served by lane master: fallback_absent");
        assertThat(explained.toMap())
                .containsEntry("origin", "request")
                .containsEntry("assigned", "shift")
                .containsEntry("tenant", null);
        RequestDraft without = DecisionProbe.draft("a.example.com", "/");
        assertThat(Explanation.of(divided.table(), divided.listener(), without, null, null)
                        .lines())
                .contains("3. shift default divides requests without a tenant by x-request-id, and there is none:"
                        + " a gateway makes one");
    }

    @Test
    void aLaneInTheQuestionGoesBeforeTheRequestsOwn() {
        Explanation explained = explain("nope", null, "trace-branch: f-1");
        assertThat(explained.origin()).isEqualTo(Origin.QUESTION);
        assertThat(explained.lines())
                .contains(
                        "2. the question asks for lane nope, which the table does not know",
                        "3. an unknown lane is served by base lane master");
    }

    @Test
    void tellsOfWhatIsAbsent() {
        assertThat(explain(null, null, "trace-branch: --").lines())
                .contains(
                        "2. header trace-branch has a value without letters and digits or with control characters: absent",
                        "3. no tenant where shift default looks for one",
                        "4. nothing asks for a lane: base lane master");
        RequestDraft elsewhere = new RequestDraft("b.example.com", "/");
        Explanation none = Explanation.of(TABLE.table(), TABLE.listener(), elsewhere, null, null);
        assertThat(none.lines()).containsExactly("1. no service for host b.example.com", "2. not served: no_route");
        assertThat(none.toMap()).containsEntry("status", 404).containsEntry("service", null);
    }
}
