package io.laneway.k8s.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.host.HostRules;
import io.laneway.k8s.route.rule.Verdict;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.service.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Creation times have seconds only: of one second the namespace and name decide, as the Gateway API orders routes. */
class RouteHostsTest {

    private static final String FIRST = "2026-11-01T00:00:00Z";
    private static final String LATER = "2026-11-01T00:00:01Z";

    @Test
    void ofOneSecondTheServiceWhoseNamespaceSortsFirstHasTheHost() {
        assertThat(check("aaa", FIRST, route("shop", FIRST)).message())
                .isEqualTo("host 'a.example' is already that of Service aaa/a, which is of the same second and sorts"
                        + " first");
        assertThat(check("zzz", FIRST, route("shop", FIRST)).taken()).isTrue();
        assertThat(check("shop", FIRST, route("shop", FIRST)).taken()).isTrue();
    }

    @Test
    void ofTwoSecondsTheOlderHasItWhateverTheNames() {
        assertThat(check("aaa", LATER, route("shop", FIRST)).taken()).isTrue();
        assertThat(check("zzz", FIRST, route("shop", LATER)).message())
                .isEqualTo("host 'a.example' is already that of Service zzz/a, which is older");
    }

    @Test
    void theServiceThatComesAfterTheRouteIsSaidAndNoOther() {
        RouteFindings findings = new RouteFindings(new HostOwners(Map.of(
                "x.a.example", claim("x.a.example", "aaa", FIRST),
                "y.a.example", claim("y.a.example", "zzz", FIRST),
                "z.a.example", claim("z.a.example", "aaa", LATER))));
        findings.add(route("shop", FIRST), List.of(taken("*.a.example")), verdict("*.a.example", "/"), null);
        assertThat(findings.all())
                .extracting(Finding::toString)
                .containsExactly(
                        "aaa/a: host_taken: host 'z.a.example' is already that of HTTPRoute shop/r, which is older"
                                + " (expected: a host that no other has)",
                        "zzz/a: host_taken: host 'y.a.example' is already that of HTTPRoute shop/r, which is of the"
                                + " same second and sorts first (expected: a host that no other has)");
    }

    @Test
    void aRouteThatMatchesWhatOneOfAnotherNamespaceBeforeItDoesIsSaid() {
        RouteFindings findings = new RouteFindings(HostOwners.NONE);
        findings.add(route("aaa", FIRST), List.of(taken("A.example")), verdict("A.example", "/"), null);
        findings.add(route("aaa", FIRST), List.of(taken("a.example")), verdict("a.example", "/"), null);
        findings.add(route("shop", FIRST), List.of(taken("a.example")), verdict("a.example", "/own"), null);
        assertThat(findings.all()).isEmpty();

        findings.add(route("shop", FIRST), List.of(taken("a.example")), verdict("a.example", "/"), null);
        findings.add(route("zzz", LATER), List.of(taken("a.example")), verdict("a.example", "/own"), null);
        assertThat(findings.all())
                .extracting(Finding::toString)
                .containsExactly(
                        "HTTPRoute shop/r: two_owners: path '/' of host 'a.example' is already that of HTTPRoute"
                                + " aaa/r, which is of the same second and sorts first (expected: another host, path or"
                                + " match)",
                        "HTTPRoute zzz/r: two_owners: path '/own' of host 'a.example' is already that of HTTPRoute"
                                + " shop/r, which is older (expected: another host, path or match)");
    }

    private static Attachment check(String namespace, String created, RouteObject route) {
        HostOwners owners = new HostOwners(Map.of("a.example", claim("a.example", namespace, created)));
        return new RouteHosts(HostRules.OPEN, owners).check(route, taken("a.example"));
    }

    private static HostClaim claim(String host, String namespace, String created) {
        return new HostClaim(host, new ServiceId("a", namespace), namespace + "/a", created);
    }

    private static Attachment taken(String host) {
        return new Attachment("shop/laneway", List.of(host), Set.of("http"), List.of(), null, "");
    }

    private static Verdict verdict(String host, String path) {
        Verdict verdict = new Verdict();
        verdict.add(new Route(
                List.of(host), path, ServiceId.parse("order.shop"), false, RouteMatch.ANY, RouteAction.FORWARD));
        return verdict;
    }

    private static RouteObject route(String namespace, String created) {
        return new RouteObject.Http(new HTTPRouteBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("r")
                .withCreationTimestamp(created)
                .endMetadata()
                .build());
    }
}
