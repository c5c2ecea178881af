package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.request.RequestDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lane of a route: of requests that carry none. */
class RouteLaneTest {

    private static final DecisionProbe PROBE = DecisionProbe.over("""
        carriers: {host: ["app-{lane}.test"]}
        lanes: [{name: f-1}, {name: f-2}, {name: F/3}]
        services:
          - name: app
            shift: default
            deployments:
              - {lane: master, endpoints: ["10.0.0.1:80"]}
              - {lane: f-1, endpoints: ["10.0.0.2:80"]}
              - {lane: F/3, endpoints: ["10.0.0.3:80"]}
        routes:
          - {hosts: [app.test], path: /lane, service: app, lane: f-1}
          - {hosts: [app.test], path: /slug, service: app, lane: f/3}
          - {hosts: [app.test], path: /absent, service: app, lane: f-2}
          - {hosts: [app.test], path: /unknown, service: app, lane: f-9}
          - {hosts: [app.test], path: /base, service: app, lane: master}
          - {hosts: [app.test], path: /moved, redirect: {host: b.test}, lane: f-1}
          - {hosts: [app.test], path: /, service: app}
        shifts:
          - name: default
            tenant: [{header: x-tenant}]
            environments: [{lane: f-1, share: "0%", tenants: {include: [acme]}}]
        """);

    @ParameterizedTest
    @CsvSource({
        "app.test,     /lane,                  x: y,             app@f-1 lane f-1",
        "app.test,     /slug/deep,             x: y,             app@F/3 lane F/3",
        "app.test,     /absent,                x: y,             app@master fallback_absent f-2",
        "app.test,     /unknown,               x: y,             app@master lane_unknown f-9",
        "app.test,     /base,                  x: y,             app@master lane master",
        "app.test,     /,                      x: y,             app@master base -",
        // what a request carries is before it
        "app.test,     /lane,                  trace-branch: f-2, app@master fallback_absent f-2",
        "app.test,     /lane?trace-branch=f/3, x: y,             app@F/3 lane F/3",
        "app-f-2.test, /lane,                  x: y,             app@master fallback_absent f-2",
        // what says nothing is not
        "app.test,     /lane?trace-branch=,    x: y,             app@f-1 lane f-1",
        // it is before the tenant, who is assigned nothing then
        "app.test,     /base,                  x-tenant: acme,   app@master lane master",
        "app.test,     /lane,                  x-tenant: acme,   app@f-1 lane f-1",
        "app.test,     /,                      x-tenant: acme,   app@f-1 pinned f-1/pinned",
    })
    void requestsThatCarryNoneHaveIt(String host, String target, String header, String expected) {
        assertThat(PROBE.to(host, target, header)).isEqualTo(expected);
    }

    @Test
    void itIsBeforeTheListenersDefaultLaneAndBehindTheStamp() {
        DecisionProbe inside = PROBE.at(ListenerTraits.INTERNAL.withDefaultLane("F/3"));

        assertThat(inside.to("app.test", "/lane")).isEqualTo("app@f-1 lane f-1");
        assertThat(inside.to("app.test", "/")).isEqualTo("app@F/3 lane F/3");
        assertThat(inside.to("app.test", "/lane", "trace-branch: master")).isEqualTo("app@master lane master");
    }

    @Test
    void aListenerWithLanesOffHasNone() {
        DecisionProbe off = PROBE.at(ListenerTraits.EXTERNAL.withLanes(false));

        assertThat(off.to("app.test", "/lane")).isEqualTo("app@master base -");
        assertThat(off.to("app.test", "/base", "x-tenant: acme")).isEqualTo("app@f-1 pinned f-1/pinned");
    }

    @Test
    void whereCarriersHaveToBeSignedItCounts() {
        DecisionProbe signed = PROBE.at(ListenerTraits.EXTERNAL.withSigned(true));

        assertThat(signed.to("app.test", "/lane", "trace-branch: f-2")).isEqualTo("app@f-1 lane f-1");
    }

    @Test
    void aRedirectionWithOneIsARedirection() {
        assertThat(PROBE.decide("app.test", "/moved").redirected()).isTrue();
    }

    @Test
    void theExplanationSaysThatTheRouteAskedForIt() {
        Explanation explained =
                Explanation.of(PROBE.table(), PROBE.listener(), new RequestDraft("app.test", "/lane"), null, null);

        assertThat(explained.steps()).extracting(DecisionStep::text).contains("route /lane asks for lane f-1");
    }
}
