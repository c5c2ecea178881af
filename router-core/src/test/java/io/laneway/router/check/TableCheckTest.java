package io.laneway.router.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule over a table, with the path and the words of its problem; a table beside it that keeps the rule. */
class TableCheckTest {

    private static List<String> problems(String yaml) {
        Problems problems = Problems.strict();
        TableReader.read(yaml.getBytes(StandardCharsets.UTF_8), "t.yaml", problems);
        return problems.list().stream()
                .map(each -> new Problem("", 0, each.path(), each.what(), each.expected()).toString())
                .toList();
    }

    private static void refused(String yaml, String... expected) {
        assertThat(problems(yaml)).containsExactlyInAnyOrder(expected);
    }

    private static void taken(String yaml) {
        assertThat(problems(yaml)).isEmpty();
    }

    @Test
    void aLaneIsThereOnceWhateverItsSpelling() {
        refused("lanes: [{name: a}, {name: a}]", "lanes[1].name: 'a' is there twice (expected: another name than a)");
        refused(
                "lanes: [{name: feature/x}, {name: Feature-X}]",
                "lanes[1].name: 'Feature-X' has the slug of 'feature/x' (expected: another name than feature-x)");
        refused(
                "{base: master, lanes: [{name: Master}]}",
                "lanes[0].name: 'Master' has the slug of 'master' (expected: another name than master)");
        taken("lanes: [{name: a}, {name: b}, {name: master}]");
    }

    @Test
    void theBaseLaneHasNoParentAndDoesNotExpire() {
        refused(
                "lanes: [{name: a}, {name: master, parent: a, state: expired}]",
                "lanes[1].parent: 'a' on the base lane (expected: no parent)",
                "lanes[1].state: the base lane expired (expected: active)");
        taken("{base: G2, lanes: [{name: master, parent: G2, state: expired}]}");
    }

    @Test
    void parentsExistAndLeadToTheBaseLane() {
        refused(
                "lanes: [{name: a, parent: b}]",
                "lanes[0].parent: no lane 'b' (expected: the name of a lane or of the base lane master)");
        refused(
                "lanes: [{name: a, parent: A}]",
                "lanes[0].parent: 'A' leads back to 'a' (expected: parents that lead to the base lane)");
        refused(
                "lanes: [{name: a, parent: b}, {name: b, parent: c}, {name: c, parent: b}, {name: d, parent: a}]",
                "lanes[1].parent: 'c' leads back to 'b' (expected: parents that lead to the base lane)",
                "lanes[2].parent: 'b' leads back to 'c' (expected: parents that lead to the base lane)");
        taken("lanes: [{name: c, parent: b}, {name: b, parent: a}, {name: a, parent: MASTER}]");
    }

    @Test
    void aServiceIsThereOnceInItsNamespace() {
        refused(
                "services: [{name: a}, {name: a}, {name: a, namespace: x}, {name: a, namespace: x}]",
                "services[1].name: 'a' is there twice (expected: another name or namespace)",
                "services[3].name: 'a.x' is there twice (expected: another name or namespace)");
        taken("services: [{name: a}, {name: a, namespace: x}, {name: a, namespace: y}]");
    }

    @ParameterizedTest
    @CsvSource({"a.b", "-a", "a-", "'a b'", "ä"})
    void theNameOfAServiceHasNoDotNorWhatNoHostHas(String name) {
        refused(
                "services: [{name: '" + name + "'}]",
                "services[0].name: '" + name + "' (expected: letters, digits, '-' and '_', no dot)");
        refused(
                "services: [{name: a, namespace: '" + name + "'}]",
                "services[0].namespace: '" + name + "' (expected: letters, digits, '-' and '_', no dot)");
    }

    @Test
    void aHostIsOneServicesAlone() {
        refused(
                "services: [{name: a, hosts: [x.example.com, X.example.com]}, {name: b, hosts: ['*.example.com',"
                        + " x.EXAMPLE.com]}]",
                "services[0].hosts[1]: 'X.example.com' is a host of a already (expected: a host of one service)",
                "services[1].hosts[1]: 'x.EXAMPLE.com' is a host of a already (expected: a host of one service)");
        taken("services: [{name: a, hosts: [x.example.com]}, {name: b, hosts: ['*.example.com', '*.x.example.com']}]");
    }

    @ParameterizedTest
    @CsvSource({"x:80", "'a b'", "a..b", ".a", "*", "a.*.b", "http://a", "-a", "[::1"})
    void aHostIsANameOrAPatternWithoutPort(String host) {
        String expected = " (expected: a host name without port, or *. and a host name)";
        refused("services: [{name: a, hosts: ['" + host + "']}]", "services[0].hosts[0]: '" + host + "'" + expected);
        refused(
                "{services: [{name: a}], routes: [{hosts: ['" + host + "'], path: /, service: a}]}",
                "routes[0].hosts[0]: '" + host + "'" + expected);
    }

    @ParameterizedTest
    @CsvSource({"localhost", "a_b.example.com", "127.0.0.1", "[::1]", "*.a", "x1"})
    void namesAddressesAndPatternsAreHosts(String host) {
        taken("services: [{name: a, hosts: ['" + host + "']}]");
    }

    @Test
    void deploymentsAreOfLanesThatExistEachOnce() {
        refused(
                "{lanes: [{name: f}], services: [{name: a, deployments: [{lane: g, endpoints: []}, {lane: f,"
                        + " endpoints: []}, {lane: F, endpoints: []}]}]}",
                "services[0].deployments[0].lane: no lane 'g' (expected: the name of a lane)",
                "services[0].deployments[2].lane: 'F' is there twice (expected: one deployment a lane)");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "host:0", "host:65536", "host:", ":80", "*.a:80", "'a b:80'", "::1:80", "a:80:80"})
    void anEndpointIsHostAndPort(String address) {
        refused(
                "services: [{name: a, deployments: [{lane: master, endpoints: ['" + address + "']}]}]",
                "services[0].deployments[0].endpoints[0]: '" + address + "' (expected: host:port)");
    }

    @Test
    void anAddressIsOfAPortOnce() {
        refused(
                "services: [{name: a, deployments: [{lane: master, endpoints: ['h:1', 'h:2', 'h:1']}]}]",
                "services[0].deployments[0].endpoints[2]: 'h:1' is there twice (expected: each address once)");
        taken("services: [{name: a, deployments: [{lane: master, endpoints: ['[::1]:80', '127.0.0.1:65535',"
                + " 'a.b-c:1']}]}]");
    }

    @Test
    void severalPortsHaveNumbersOfTheirOwn() {
        refused(
                "services: [{name: a, deployments: [{lane: master, ports: [{port: 80, endpoints: ['h:1']}, {port: 80,"
                        + " endpoints: []}, {name: x, endpoints: ['bad']}]}]}]",
                "services[0].deployments[0].ports[1].port: 80 is there twice (expected: another port number)",
                "services[0].deployments[0].ports[2].port: missing (expected: a port number, since there are several"
                        + " ports)",
                "services[0].deployments[0].ports[2].endpoints[0]: 'bad' (expected: host:port)");
    }

    @Test
    void whatAPolicyNamesExists() {
        refused(
                "services: [{name: a, policy: {mirror: {lane: x}, fault: {lane: y, abort: 503}, balancer: {ring-hash:"
                        + " {header: 'a b'}}, rate: {requests: 1, key: 'header:a b'}, headers: {request: {set: {'a b':"
                        + " v}}, response: {remove: ['c d']}}}}]",
                "services[0].policy.mirror.lane: no lane 'x' (expected: the name of a lane)",
                "services[0].policy.fault.lane: no lane 'y' (expected: the name of a lane)",
                "services[0].policy.balancer: 'a b' (expected: a name of letters, digits and -_.~ (RFC 9110 section"
                        + " 5.6.2))",
                "services[0].policy.rate.key: 'a b' (expected: a name of letters, digits and -_.~ (RFC 9110 section"
                        + " 5.6.2))",
                "services[0].policy.headers.request: 'a b' (expected: a name of letters, digits and -_.~ (RFC 9110"
                        + " section 5.6.2))",
                "services[0].policy.headers.response: 'c d' (expected: a name of letters, digits and -_.~ (RFC 9110"
                        + " section 5.6.2))");
    }

    @Test
    void aSessionCookieIsATokenAndNoCarrierOfLanes() {
        refused(
                "carriers: {cookie: [branch]}\n"
                        + "services: [{name: a, policy: {sticky: {cookie: 'a b'}}}, {name: b, policy: {sticky: {cookie:"
                        + " branch}}}]",
                "services[0].policy.sticky.cookie: 'a b' (expected: a name of letters, digits and -_.~ (RFC 9110"
                        + " section 5.6.2))",
                "services[1].policy.sticky.cookie: 'branch' names lanes (carriers.cookie) (expected: another cookie)");
    }

    @Test
    void whatIsConvertedToGrpcGoesToWhatSpeaksHttp2() {
        refused(
                "services: [{name: a, policy: {grpc: {web: true}}, deployments: [{lane: master, protocol: http1,"
                        + " endpoints: ['a:1']}]}]",
                "services[0].deployments[0].protocol: HTTP/1.1 beside policy.grpc"
                        + " (expected: h2c, h2 or auto: gRPC is carried by HTTP/2)");
        taken("services: [{name: a, policy: {grpc: {web: true}}, deployments: [{lane: master, endpoints: ['a:1']}]}]");
        taken("services: [{name: a, policy: {grpc: off}, deployments: [{lane: master, protocol: http1, endpoints:"
                + " ['a:1']}]}]");
    }

    @Test
    void aHeaderValueHasNoControlCharacter() {
        refused(
                "services: [{name: a, policy: {headers: {request: {set: {x-a: \"a\\n"
                        + "b\", x-b: \"a\\tb\"}, add: {x-c: \"\\x7f\"}}}}}]",
                "services[0].policy.headers.request: a control character in x-a (expected: a header value (RFC 9110"
                        + " section 5.5))",
                "services[0].policy.headers.request: a control character in x-c (expected: a header value (RFC 9110"
                        + " section 5.5))");
    }

    @Test
    void aRouteLeadsToServicesThatExist() {
        refused(
                "{services: [{name: a}], routes: [{path: /, service: b}, {path: /, services: [{service: a}, {service:"
                        + " c.d}]}, {path: /, service: a, mirror: {service: e}}]}",
                "routes[0].service: no service 'b' (expected: name or name.namespace of a service)",
                "routes[1].services[1].service: no service 'c.d' (expected: name or name.namespace of a service)",
                "routes[2].mirror.service: no service 'e' (expected: name or name.namespace of a service)");
    }

    @Test
    void aRoutesPathAndConditionsAreWellFormed() {
        refused(
                "{services: [{name: a}], routes: [{path: '/a?b', service: a}, {path: '/a b', service: a}, {path: /,"
                        + " service: a, match: {method: 'G T', headers: {X-A: '1', x-a: '2', 'b c': '3'}}}]}",
                "routes[0].path: '/a?b' (expected: a path without query, fragment or white space)",
                "routes[1].path: '/a b' (expected: a path without query, fragment or white space)",
                "routes[2].match.method: 'G T' (expected: a method, such as GET)",
                "routes[2].match.headers: 'x-a' (expected: a header name (RFC 9110 section 5.1), once)",
                "routes[2].match.headers: 'b c' (expected: a header name (RFC 9110 section 5.1), once)");
    }

    @Test
    void aRecordingIsThereOnceWhateverItsSpellingAndMayNameWhatIsNotThere() {
        refused(
                "{recordings: [{name: a, until: '2030-01-01T00:00:00Z'}, {name: A, until: '2030-01-01T00:00:00Z'}]}",
                "recordings[1].name: 'A' is there twice (expected: another name)");
        taken("{recordings: [{name: a, service: none, lane: none, until: '2030-01-01T00:00:00Z'}]}");
    }

    @Test
    void noMoreRecordingsRunAtATimeThanGatewaysTake() {
        StringBuilder many = new StringBuilder("{name: early, until: '2020-01-01T00:00:00Z'}");
        for (int i = 0; i < 16; i++) {
            many.append(", {name: r")
                    .append(i)
                    .append(", from: '2020-01-01T00:00:00Z', until: '2030-01-01T00:00:00Z'}");
        }
        String late = ", {name: late, from: '2029-12-31T00:00:00Z', until: '2031-01-01T00:00:00Z'}";
        taken("{recordings: [" + many + late.replace("2029-12-31", "2030-01-01") + "]}");
        refused(
                "{recordings: [" + many + late + "]}",
                "recordings[17]: 16 others run when it begins (expected: at most 16 at once)");
    }

    @Test
    void aShiftIsThereOnceAndServicesNameOneThatExists() {
        refused(
                "{services: [{name: a, shift: night}], shifts: [{name: d}, {name: d}]}",
                "services[0].shift: no shift 'night' (expected: the name of a shift)",
                "shifts[1].name: 'd' is there twice (expected: another name)");
    }

    @Test
    void environmentsAreLanesBesideBaseEachOnce() {
        refused(
                "{lanes: [{name: G0}], shifts: [{name: d, environments: [{lane: Master, share: '1%'}, {lane: G0,"
                        + " share: '1%'}, {lane: g0, share: '1%'}, {lane: G9, share: '1%'}]}]}",
                "shifts[0].environments[0].lane: the base lane master (expected: another lane; base has whom no"
                        + " environment has)",
                "shifts[0].environments[2].lane: 'g0' is there twice (expected: each environment once)",
                "shifts[0].environments[3].lane: no lane 'G9' (expected: the name of a lane)");
    }

    @Test
    void sharesOfTenantsAndOfRequestsAreAtMostAll() {
        refused(
                "{lanes: [{name: a}, {name: b}], shifts: [{name: d, environments: [{lane: a, share: '60%', requests:"
                        + " '50%'}, {lane: b, share: '40.01%', requests: '50.5%'}]}]}",
                "shifts[0].environments: the shares sum up to 100.01% (expected: at most 100%)",
                "shifts[0].environments: the shares of requests sum up to 100.5% (expected: at most 100%)");
        taken("{lanes: [{name: a}, {name: b}], shifts: [{name: d, environments: [{lane: a, share: '60%', requests:"
                + " '100%'}, {lane: b, share: '40%'}]}]}");
    }

    @Test
    void aSlotHasOneOwnerAndSlotsAreAsManyAsTheShare() {
        refused(
                "{lanes: [{name: a}, {name: b}], shifts: [{name: d, environments: [{lane: a, share: '0.1%', slots:"
                        + " [[0, 9]]}, {lane: b, share: '0.06%', slots: [[9, 12]]}]}]}",
                "shifts[0].environments[1].slots[0]: slot 9 has an owner already (expected: each slot once)",
                "shifts[0].environments[1].slots: 4 slots (expected: 6 slots, which is the share 0.06%)");
        taken("{lanes: [{name: a}, {name: b}], shifts: [{name: d, environments: [{lane: a, share: '0.1%', slots:"
                + " [[0, 4], [15, 19]]}, {lane: b, share: '0.1%', slots: [[5, 14]]}]}]}");
    }

    @Test
    void aTenantIsPinnedToOneEnvironment() {
        refused(
                "{lanes: [{name: a}, {name: b}], shifts: [{name: d, environments: [{lane: a, share: '0%', tenants:"
                        + " {include: [x, y]}}, {lane: b, share: '0%', tenants: {include: [y, z], exclude: [z, x]}}]}]}",
                "shifts[0].environments[1].tenants.include[0]: 'y' is included in a already (expected: one environment"
                        + " a tenant)",
                "shifts[0].environments[1].tenants.include[1]: 'z' is included and excluded (expected: one of them)");
    }

    @Test
    void whereATenantIsLookedForIsWellFormed() {
        refused(
                "shifts: [{name: d, tenant: [{header: 'a b'}, {host: app.example.com}, {host: '{tenant}.{tenant}.x'},"
                        + " {query: 'a b'}]}]",
                "shifts[0].tenant[0].header: 'a b' (expected: a header name (RFC 9110 section 5.6.2))",
                "shifts[0].tenant[1].host: 'app.example.com' (expected: a host name with {tenant} once, such as"
                        + " {tenant}.example.com)",
                "shifts[0].tenant[2].host: '{tenant}.{tenant}.x' (expected: a host name with {tenant} once, such as"
                        + " {tenant}.example.com)");
    }

    @Test
    void carriersAreNamesThatCanBeOnTheWire() {
        String token = " (expected: a name of letters, digits and -_.~ (RFC 9110 section 5.6.2))";
        refused(
                "carriers: {header: [x-a, 'x a'], cookie: ['a;b'], baggage: ['a,b'], query: ['any thing'], host:"
                        + " [app.example.com]}",
                "carriers.header[1]: 'x a'" + token,
                "carriers.cookie[0]: 'a;b'" + token,
                "carriers.baggage[0]: 'a,b'" + token,
                "carriers.host[0]: 'app.example.com' (expected: a host name with {lane} once, such as"
                        + " app-{lane}.example.com)");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/../b,/b",
        "/A%62c,/Abc",
        "/a/.,/a/",
        "/..,/",
        "/%2e%2E/x,/x",
        "/a//../b,/a/b",
        "/%7Euser,/~user",
        "/a/%2fb/./c,/a/%2fb/c"
    })
    void aRouteHasThePathThatRequestsHaveWhenTheyAreRouted(String path, String normal) {
        String table = "{services: [{name: a}], routes: [{path: '%s', service: a}]}";

        refused(
                table.formatted(path),
                "routes[0].path: '" + path + "', which no request has when it is routed (expected: '" + normal + "')");
        taken(table.formatted(normal));
    }

    @ParameterizedTest
    @CsvSource({"/a%", "/a%zz", "/%00", "/a\\b", "/%c0%ae", "/..;/a", "/a/..%2fb"})
    void aRouteHasNoPathThatGatewaysRefuse(String path) {
        refused(
                "{services: [{name: a}], routes: [{path: '" + path + "', service: a}]}",
                "routes[0].path: '" + path + "', which gateways refuse (expected: a path in normal form)");
    }

    @ParameterizedTest
    @CsvSource({"/", "/a//b", "/a/", "/.well-known", "/a%2Fb", "/a;v=1/b", "/%20", "/a..b/...", "/%c3%a9"})
    void aPathInNormalFormIsTaken(String path) {
        taken("{services: [{name: a}], routes: [{path: '" + path + "', service: a}]}");
    }

    @Test
    void knownMethodsAreInUpperCase() {
        refused(
                "{services: [{name: a, policy: {cors: {origins: ['*'], methods: [GET, patch]}}}], routes: [{path: /,"
                        + " service: a, match: {method: get}}, {path: /b, service: a, match: {method: Purge}}]}",
                "routes[0].match.method: 'get' (expected: GET)",
                "services[0].policy.cors.methods[1]: 'patch' (expected: PATCH)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.example.com | scheme://host[:port], such as https://shop.example.com, or '*'",
                "https://shop.example.com/ | https://shop.example.com",
                "https://shop.example.com/x | scheme://host[:port], such as https://shop.example.com, or '*'",
                "https://shop.*.com | scheme://host[:port], such as https://shop.example.com, or '*'",
                "HTTPS://Shop.example.com:443 | https://shop.example.com",
                "http://[::1]:80 | http://[::1]"
            })
    void originsAreAsBrowsersSendThem(String origin, String expected) {
        refused(
                "services: [{name: a, policy: {cors: {origins: ['https://a.test:8443', '" + origin + "']}}}]",
                "services[0].policy.cors.origins[1]: '" + origin + "' (expected: " + expected + ")");
        taken("services: [{name: a, policy: {cors: {origins: ['*', 'null', 'http://localhost:3000', 'https://[::1]',"
                + " 'https://*.example.com', 'https://*',"
                + " 'app://x']}}}]");
    }

    @Test
    void aTableThatWasPublishedWithWhatCannotMatchIsUsedWithAWarning() {
        Problems problems = Problems.lenient();
        String table = "{services: [{name: a}], routes: [{path: /a/../b, service: a}]}";

        assertThat(TableReader.read(table.getBytes(StandardCharsets.UTF_8), "t.yaml", problems))
                .isNotNull();
        assertThat(problems.warnings()).hasSize(1);
    }
}
