package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.check.TableCheck;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFormTest {

    @Test
    void readsAndWritesAllThatARouteMaySay() {
        String route =
                "{hosts: [a.example.com], path: /a, services: [{service: order, weight: 9, port: 81}, {service: pay},"
                        + " {status: 500, weight: 2}, {service: pay, headers: {request: {set: {x-p: q}}}}], match:"
                        + " {method: GET, headers: {x-a: '1'}, query: {q: b}, ports: [80, 81]}, rewrite: {host:"
                        + " b.example.com, prefix: /b}, headers: {request: {set: {x-c: d}}, response: {remove: [server]}},"
                        + " timeout: 3s, perTryTimeout: 1s, mirror: {service: pay, lane: f-1, port: 82, share: 12.5%},"
                        + " mirrors: [{service: pay}], cors: {origins: ['https://*.example.com'], expose: [x-e],"
                        + " responses: true}}";
        Route read = read(route).get(0);

        assertThat(read.service()).isNull();
        assertThat(read.match())
                .isEqualTo(new RouteMatch(false, "GET", Map.of("x-a", "1"), Map.of("q", "b"), List.of(80, 81)));
        assertThat(read.action().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(read.action().perTry()).isEqualTo(Duration.ofSeconds(1));
        assertThat(read.action().split().get(0).port()).isEqualTo(81);
        assertThat(read.action().split().get(2)).isEqualTo(RoutePart.response(500, 2));
        assertThat(read.action().split().get(3).headers().request().set()).containsEntry("x-p", "q");
        assertThat(read.action().mirrors())
                .containsExactly(
                        new RouteMirror(ServiceId.of("pay"), "f-1", 82, Share.parse("12.5%")),
                        new RouteMirror(ServiceId.of("pay"), null, 0, Share.ALL));
        assertThat(read.action().cors()).isNotNull();
        assertThat(read.services())
                .containsExactly(
                        ServiceId.of("order"),
                        ServiceId.of("pay"),
                        ServiceId.of("pay"),
                        ServiceId.of("pay"),
                        ServiceId.of("pay"));
        assertThat(read(new String(TableWriter.json(read), StandardCharsets.UTF_8)))
                .containsExactly(read);
        Route passed = read("{hosts: [a.example.com], match: {tls: true, ports: [8443]},"
                        + " services: [{address: '10.0.0.7:8443'}, {service: order, weight: 2}]}")
                .get(0);
        assertThat(passed.action().split().get(0)).isEqualTo(RoutePart.to("10.0.0.7:8443", 1));
        assertThat(read(new String(TableWriter.json(passed), StandardCharsets.UTF_8)))
                .containsExactly(passed);
        Route moved =
                read("{path: /x, match: {exact: true}, redirect: {status: 308, scheme: https, port: 8443, path: /y}}")
                        .get(0);
        assertThat(moved.action().redirect()).isEqualTo(new RouteAction.Redirect(308, "https", null, 8443, "/y", null));
        assertThat(read(new String(TableWriter.json(moved), StandardCharsets.UTF_8)))
                .containsExactly(moved);
    }

    @Test
    void aLaneAndCertificatesOfClientsAreReadAndWritten() {
        Route laned = read("{path: /a, service: order, lane: feature/x}").get(0);
        assertThat(laned.action().lane()).isEqualTo("feature/x");
        assertThat(read(new String(TableWriter.json(laned), StandardCharsets.UTF_8)))
                .containsExactly(laned);
        for (ClientAuthorities clients : List.of(
                new ClientAuthorities("pem", true),
                new ClientAuthorities("pem", false),
                new ClientAuthorities("", false))) {
            Route asking = new Route(
                    List.of("a.example.com"),
                    "/",
                    null,
                    false,
                    RouteMatch.ofTls(List.of()),
                    RouteAction.ending(clients));
            assertThat(read(new String(TableWriter.json(asking), StandardCharsets.UTF_8)))
                    .containsExactly(asking);
        }
    }

    @Test
    void connectionsWhoseTlsEndsAreReadAndWritten() {
        Route ended = read("{hosts: [a.example.com], match: {tls: true}, terminate: true, services: [{address:"
                        + " '10.0.0.7:8883'}, {address: '10.0.0.8:8883', tls: {serverName: b.example.com}}]}")
                .get(0);

        assertThat(ended.action().terminate()).isTrue();
        assertThat(ended.action().split())
                .containsExactly(
                        RoutePart.to("10.0.0.7:8883", 1),
                        RoutePart.to("10.0.0.8:8883", 1, new UpstreamTls(null, "b.example.com", null, null, true)));
        assertThat(read(new String(TableWriter.json(ended), StandardCharsets.UTF_8)))
                .containsExactly(ended);
    }

    @Test
    void aPlainRouteIsWrittenAsBefore() {
        Route plain = read("{path: /a, service: order}").get(0);

        assertThat(new String(TableWriter.json(plain), StandardCharsets.UTF_8))
                .isEqualTo("{\"path\":\"/a\",\"service\":\"order\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{path: /a}                                                            | service: missing",
                "{service: order, services: [{service: pay}]}                          | exactly one of them",
                "{services: [{service: order, weight: 0}]}                             | every weight is 0",
                "{services: [{service: order, weight: -1}]}                            | services[0].weight",
                "{services: [{service: gone}, {service: order}]}                       | services[0].service: no"
                        + " service",
                "{service: order, redirect: {host: b}}                                 | exactly one of them",
                "{redirect: {status: 304}}                                             | 304 (expected: 301, 302",
                "{redirect: {path: /a, prefix: /b}}                                    | beside prefix",
                "{service: order, rewrite: {path: 'a?b'}}                              | expected: a path that starts",
                "{service: order, stripPrefix: true, rewrite: {prefix: /b}}            | stripPrefix",
                "{service: order, match: {exact: true}, rewrite: {prefix: /b}}         | beside a new prefix",
                "{service: order, match: {method: 'G T'}}                              | match.method",
                "{service: order, match: {headers: {'a b': x}}}                        | match.headers",
                "{service: order, match: {headers: {X-A: x, x-a: y}}}                  | match.headers",
                "{service: order, match: {regex: {path: 'a('}}}                         | regex: path: missing",
                "{service: order, rewrite: {host: 'a:80'}}                             | rewrite.host",
                "{service: order, rewrite: {host: '*.a'}}                              | rewrite.host",
                "{service: order, headers: {request: {set: {'x y': z}}}}               | headers.request",
                "{service: order, cors: {}}                                            | cors.origins",
                "{service: order, mirror: {service: gone}}                             | mirror.service: no service",
                "{service: order, mirror: {service: pay, share: 101%}}                 | mirror.share",
                "{service: order, perTryTimeout: -1s}                                  | perTryTimeout",
                "{services: [{service: order, port: 65536}]}                           | services[0].port",
                "{service: order, lane: '???'}                                         | lane: '???' (expected: the"
                        + " name",
                "{service: order, clients: {}}                                         | clients: without match.tls",
                "{service: order, match: {tls: true}, clients: {}}                     | beside a service",
                "{service: order, terminate: true}                                     | terminate: without match.tls",
                "{match: {tls: true}, terminate: true}                                 | terminate: without a service",
                "{match: {tls: true}, services: [{address: 'a:1', tls: {}}]}           | tls without terminate",
                "{match: {tls: true}, terminate: true, services: [{service: order, tls: {}}]} | tls: without address",
                "{redirect: {host: b}, mirror: {service: pay}}                         | beside rewrite"
            })
    void whatIsWrongIsSaidWithItsPlace(String route, String problem) {
        assertThat(problems(route)).anyMatch(one -> one.contains("routes[0]") && one.contains(problem));
    }

    private static List<Route> read(String route) {
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(document(route), "t", problems);
        assertThat(problems.list()).isEmpty();
        assertThat(TableCheck.check(table)).isEmpty();
        return table.routes();
    }

    private static List<String> problems(String route) {
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(document(route), "t", problems);
        List<Problem> all = new ArrayList<>(problems.list());
        if (table != null) {
            all.addAll(TableCheck.check(table));
        }
        return all.stream().map(Problem::toString).toList();
    }

    private static byte[] document(String route) {
        return ("schema: 1\nservices: [{name: order}, {name: pay}]\nroutes: [" + route + "]\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
