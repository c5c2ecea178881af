package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.PublishedState;
import io.laneway.router.text.Slice;
import org.junit.jupiter.api.Test;

/** A decision keeps what named the lane and the tenant that it looked at, for questions that come afterwards. */
class CarrierTest {

    private static final DecisionProbe TABLE = DecisionProbe.over("""
            schema: 1
            lanes: [{name: f-1}]
            carriers: {header: [x-lane], query: [lane], cookie: [lane], baggage: [lane], host: ["app-{lane}.example.com"]}
            services:
              - name: a
                hosts: ["*.example.com"]
                deployments: [{lane: master, endpoints: ["h:1"]}, {lane: f-1, endpoints: ["h:2"]}]
            shifts:
              - name: default
                tenant: [{header: x-tenant-id}, {query: tenant}]
                environments: [{lane: f-1, share: "50%"}]
            """);

    private final Decider decider = new Decider();
    private final Decision<PublishedState, Void> decision = new Decision<>();
    private final Slice slice = new Slice();

    private String carrier(ListenerTraits listener, String host, String target, String... headers) {
        RequestDraft request = DecisionProbe.draft(host, target, headers);
        decider.decide(TABLE.table(), listener, request, decision);
        decision.carrier(slice);
        return decision.origin().word() + " " + slice;
    }

    private String tenant(String target, String... headers) {
        decider.decide(
                TABLE.table(), TABLE.listener(), DecisionProbe.draft("x.example.com", target, headers), decision);
        decision.tenant(slice);
        return slice.toString();
    }

    @Test
    void saysWhatNamedTheLane() {
        ListenerTraits edge = ListenerTraits.EXTERNAL;
        assertThat(carrier(edge, "x.example.com", "/", "x-lane: f-1")).isEqualTo("header x-lane");
        assertThat(carrier(edge, "x.example.com", "/?lane=f-1")).isEqualTo("query lane");
        assertThat(carrier(edge, "x.example.com", "/", "cookie: lane=f-1")).isEqualTo("cookie lane");
        assertThat(carrier(edge, "x.example.com", "/", "baggage: lane=f-1")).isEqualTo("baggage lane");
        assertThat(carrier(edge, "app-f-1.example.com", "/")).isEqualTo("host app-{lane}.example.com");
        assertThat(carrier(edge, "x.example.com", "/")).isEqualTo("none ");
        assertThat(carrier(edge, "x.example.com", "/", "x-tenant-id: acme")).isEqualTo("tenant ");
        ListenerTraits inside = ListenerTraits.INTERNAL;
        assertThat(carrier(inside, "x.example.com", "/", "trace-branch: f-1")).isEqualTo("stamp header");
        assertThat(carrier(inside, "x.example.com", "/", "baggage: trace-branch=f-1"))
                .isEqualTo("stamp baggage");
        assertThat(carrier(inside.withDefaultLane("f-1"), "x.example.com", "/")).isEqualTo("listener ");
    }

    @Test
    void keepsTheTenantThatItLookedAt() {
        assertThat(tenant("/?tenant=a%20b")).isEqualTo("a b");
        assertThat(tenant("/")).isEmpty();
        assertThat(tenant("/", "x-tenant-id: " + "t".repeat(300))).isEqualTo("t".repeat(255));
        assertThat(tenant("/", "x-tenant-id: acme", "x-lane: f-1")).isEmpty();
    }
}
