package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.service.ServiceId;
import org.junit.jupiter.api.Test;

/** docs/concepts/decision.md#service: from host and path to a service and a port of it. */
class HostsAndRoutesTest {

    private static final DecisionProbe TABLE = DecisionProbe.over("""
            schema: 1
            lanes: [{name: f-1}]
            services:
              - {name: order, namespace: shop, hosts: [order.example.com, "*.order.example.com"], deployments: [{lane: master, endpoints: ["h:1"]}, {lane: f-1, endpoints: ["h:2"]}]}
              - {name: vip, hosts: [vip.order.example.com, "*.b.order.example.com"], deployments: [{lane: master, endpoints: ["h:3"]}]}
              - name: pay
                hosts: [pay.example.com]
                deployments:
                  - lane: master
                    ports:
                      - {name: http-80, port: 80, protocol: http1, endpoints: ["h:4"]}
                      - {name: http-81, port: 81, protocol: http1, endpoints: ["h:5"]}
                      - {name: grpc-90, port: 90, protocol: h2c, endpoints: ["h:6"]}
                  - {lane: f-1, ports: [{name: only, port: 7, protocol: http1, endpoints: ["h:7"]}]}
              - {name: cart, namespace: eu, deployments: [{lane: master, endpoints: ["h:8"]}]}
              - {name: cart, namespace: us, deployments: [{lane: master, endpoints: ["h:9"]}]}
            routes:
              - {hosts: [web.example.com], path: /api, service: pay}
              - {hosts: [web.example.com], path: /api/order, service: order.shop}
              - {hosts: [web.example.com], path: /api/order/, service: vip}
              - {hosts: ["*.example.com"], path: /, service: vip}
              - {hosts: ["*.eu.example.com"], path: /eu, service: cart.eu}
              - {path: /any, service: cart.us}
              - {path: /pay81, services: [{service: pay, port: 81}]}
              - {path: /pay90, services: [{service: pay, port: 90, weight: 3}, {service: pay, port: 90}]}
            """);

    private static String service(String answer) {
        return answer.replaceFirst("@.*", "");
    }

    private static String route(String host, String path) {
        return service(TABLE.to(host, path));
    }

    @Test
    void theLongestPrefixOfWholeSegmentsWins() {
        assertThat(route("web.example.com", "/api")).isEqualTo("pay");
        assertThat(route("web.example.com", "/api/")).isEqualTo("pay");
        assertThat(route("web.example.com", "/api?x=/order")).isEqualTo("pay");
        assertThat(route("web.example.com", "/api/orders")).isEqualTo("pay");
        assertThat(route("web.example.com", "/api/order/7")).isEqualTo("order.shop");
        assertThat(route("web.example.com", "/api/order?x=1")).isEqualTo("order.shop");
        assertThat(route("web.example.com", "/api/order#x")).isEqualTo("order.shop");
        assertThat(route("web.example.com", "/api/order".repeat(40))).isEqualTo("order.shop");
    }

    @Test
    void theFirstOfTwoRoutesWithOnePrefixWins() {
        assertThat(route("web.example.com", "/api/order/")).isEqualTo("order.shop");
    }

    @Test
    void theRoutesOwnPortGoesBeforeThatOfTheCallerAndALaneWithOnePortServesAll() {
        assertThat(TABLE.to("elsewhere:80", "/pay81")).isEqualTo("pay@master:http-81 base -");
        assertThat(TABLE.to("elsewhere", "/pay90")).isEqualTo("pay@master:grpc-90 base -");
        assertThat(TABLE.to("elsewhere:81", "/pay90", "trace-branch: f-1")).isEqualTo("pay@f-1:only lane f-1");
    }

    @Test
    void theMostSpecificHostThatHasARouteForThePathWins() {
        assertThat(route("web.example.com", "/apis"))
                .as("no prefix of the exact host")
                .isEqualTo("vip");
        assertThat(route("a.eu.example.com", "/eu/1")).isEqualTo("cart.eu");
        assertThat(route("a.eu.example.com", "/us")).isEqualTo("vip");
        assertThat(route("a.b.example.com", "/any")).isEqualTo("vip");
        assertThat(route("elsewhere", "/any/thing")).isEqualTo("cart.us");
        assertThat(route("elsewhere", "/")).isEqualTo("no_route");
    }

    @Test
    void routesGoBeforeHostsOfServices() {
        assertThat(route("pay.example.com", "/x")).isEqualTo("vip");
        assertThat(route("order.example.com:8080", "/")).isEqualTo("vip");
    }

    private static final DecisionProbe HOSTS = DecisionProbe.over("""
            schema: 1
            lanes: [{name: f-1}]
            carriers: {host: ["order-{lane}.dev.example.com"]}
            services:
              - {name: order, namespace: shop, hosts: [order.dev.example.com, "*.order.example.com"], deployments: [{lane: master, endpoints: ["h:1"]}, {lane: f-1, endpoints: ["h:2"]}]}
              - {name: vip, hosts: [vip.order.example.com, "*.b.order.example.com"], deployments: [{lane: master, endpoints: ["h:3"]}]}
              - name: pay
                hosts: [pay.example.com]
                deployments:
                  - lane: master
                    ports:
                      - {name: http-80, port: 80, protocol: http1, endpoints: ["h:4"]}
                      - {name: http-81, port: 81, protocol: http1, endpoints: ["h:5"]}
                      - {name: grpc-90, port: 90, protocol: h2c, endpoints: ["h:6"]}
                  - {lane: f-1, ports: [{name: only, port: 7, protocol: http1, endpoints: ["h:7"]}]}
              - {name: cart, namespace: eu, deployments: [{lane: master, endpoints: ["h:8"]}]}
              - {name: cart, namespace: us, deployments: [{lane: master, endpoints: ["h:9"]}]}
            """);

    @Test
    void anExactHostWinsOverPatternsAndALongPatternOverAShortOne() {
        assertThat(service(HOSTS.to("vip.order.example.com", "/"))).isEqualTo("vip");
        assertThat(service(HOSTS.to("x.order.example.com", "/"))).isEqualTo("order.shop");
        assertThat(service(HOSTS.to("x.y.order.example.com", "/"))).isEqualTo("order.shop");
        assertThat(service(HOSTS.to("x.b.order.example.com", "/"))).isEqualTo("vip");
        assertThat(service(HOSTS.to("order.example.com", "/")))
                .as("a label at least")
                .isEqualTo("no_route");
        assertThat(service(HOSTS.to(".order.example.com", "/"))).isEqualTo("no_route");
    }

    @Test
    void portCaseAndAFinalDotOfTheHostDoNotMatter() {
        assertThat(service(HOSTS.to("ORDER.dev.Example.com:4711", "/"))).isEqualTo("order.shop");
        assertThat(service(HOSTS.to("order.dev.example.com.:80", "/"))).isEqualTo("order.shop");
        assertThat(service(HOSTS.to("order.dev.example.com:", "/"))).isEqualTo("order.shop");
        assertThat(service(HOSTS.to("", "/"))).isEqualTo("no_route");
        assertThat(service(HOSTS.to(":80", "/"))).isEqualTo("no_route");
        assertThat(service(HOSTS.to("[::1]:80", "/"))).isEqualTo("no_route");
    }

    @Test
    void ourOwnReachServicesByNameStrangersDoNot() {
        for (String name : new String[] {"order", "order.shop", "order.shop.svc", "Order.shop.svc.cluster.local:80"}) {
            assertThat(service(HOSTS.internal().to(name, "/"))).as(name).isEqualTo("order.shop");
            assertThat(service(HOSTS.to(name, "/"))).as(name).isEqualTo("no_route");
        }
        assertThat(service(HOSTS.internal().to("pay", "/"))).isEqualTo("pay");
        assertThat(service(HOSTS.internal().to("pay.svc", "/"))).isEqualTo("no_route");
    }

    @Test
    void ourOwnReachAServiceWithoutANamespaceInALaneByBothNames() {
        for (String host : new String[] {"pay.f-1", "pay.f-1.svc", "Pay.F-1.svc.cluster.local:80"}) {
            assertThat(HOSTS.internal().to(host, "/")).as(host).isEqualTo("pay@f-1:only lane f-1");
            assertThat(service(HOSTS.to(host, "/"))).as(host).isEqualTo("no_route");
        }
        assertThat(HOSTS.internal().to("pay.master:81", "/")).isEqualTo("pay@master:http-81 lane master");
        assertThat(HOSTS.internal().to("vip.f-1", "/")).isEqualTo("vip@master fallback_absent f-1");
        for (String host : new String[] {"pay.f-2", "order.f-1", "gone.f-1", ".f-1", "pay.svc.f-1", "a.pay.f-1"}) {
            assertThat(service(HOSTS.internal().to(host, "/"))).as(host).isEqualTo("no_route");
        }
        assertThat(HOSTS.internal().to("pay.f-1", "/", "trace-branch: master"))
                .isEqualTo("pay@master:http-80 lane master");
    }

    @Test
    void aNameOfTwoNamespacesIsNobodysWithoutTheNamespace() {
        assertThat(service(HOSTS.internal().to("cart", "/"))).isEqualTo("no_route");
        assertThat(service(HOSTS.internal().to("cart.eu", "/"))).isEqualTo("cart.eu");
        assertThat(service(HOSTS.internal().to("cart.us.svc.cluster.local", "/")))
                .isEqualTo("cart.us");
    }

    @Test
    void aHostPatternOfLanesLeadsOurOwnToTheServiceAndItsLane() {
        assertThat(HOSTS.internal().to("order-f-1.dev.example.com", "/")).isEqualTo("order.shop@f-1 lane f-1");
        assertThat(HOSTS.internal().to("order-nope.dev.example.com", "/"))
                .isEqualTo("order.shop@master lane_unknown nope");
        assertThat(HOSTS.internal().to("order-.dev.example.com", "/")).isEqualTo("no_route");
    }

    @Test
    void theAuthoritysPortChoosesAmongSeveralThenTheOnlyOneThenGrpc() {
        assertThat(HOSTS.to("pay.example.com:81", "/")).isEqualTo("pay@master:http-81 base -");
        assertThat(HOSTS.to("pay.example.com:90", "/")).isEqualTo("pay@master:grpc-90 base -");
        assertThat(HOSTS.to("pay.example.com:8080", "/")).isEqualTo("pay@master:http-80 base -");
        assertThat(HOSTS.to("pay.example.com", "/")).isEqualTo("pay@master:http-80 base -");
        assertThat(HOSTS.to("pay.example.com", "/", "content-type: application/grpc+proto"))
                .isEqualTo("pay@master:grpc-90 base -");
        assertThat(HOSTS.to("pay.example.com", "/", "content-type: Application/GRPC"))
                .isEqualTo("pay@master:grpc-90 base -");
        assertThat(HOSTS.to("pay.example.com:81", "/", "content-type: application/grpc"))
                .isEqualTo("pay@master:http-81 base -");
        assertThat(HOSTS.to("pay.example.com:81", "/", "trace-branch: f-1")).isEqualTo("pay@f-1:only lane f-1");
    }

    @Test
    void aListenerOfOneServiceServesItWhateverTheHost() {
        DecisionProbe one = HOSTS.at(ListenerTraits.EXTERNAL.withService(ServiceId.of("vip")));
        assertThat(service(one.to("order.dev.example.com", "/"))).isEqualTo("vip");
        DecisionProbe none = HOSTS.at(ListenerTraits.EXTERNAL.withService(ServiceId.of("gone")));
        assertThat(none.to("order.dev.example.com", "/")).isEqualTo("no_route");
    }

    @Test
    void unknownHostsPassThroughWhereTheListenerSaysSo() {
        DecisionProbe outbound = HOSTS.at(ListenerTraits.INTERNAL.withPassthrough(true));
        assertThat(outbound.to("api.example.org:443", "/", "trace-branch: f-1")).isEqualTo("passthrough");
        assertThat(outbound.decide("api.example.org", "/", "trace-branch: f-1").stamped())
                .isFalse();
        assertThat(HOSTS.internal().to("api.example.org", "/")).isEqualTo("no_route");
    }
}
