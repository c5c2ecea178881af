package io.laneway.router.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What records refuse, in words that the reader of documents makes problems of, and what they copy. */
class RecordsTest {

    private static final ServiceId A = ServiceId.of("a");

    private static void refused(String message, ThrowingCallable made) {
        assertThatIllegalArgumentException().isThrownBy(made).withMessage(message);
    }

    @Test
    void aLaneHasANameWithASlug() {
        String expected = " (expected: a name with at least one letter or digit, no control characters)";
        refused("name: '--'" + expected, () -> Lane.named("--"));
        refused("name: ''" + expected, () -> Lane.named(""));
        refused("name: 'a\nb'" + expected, () -> Lane.named("a\nb"));
        refused("base: ' '" + expected, () -> table(0, " "));
        refused("revision: -1 (expected: >= 0)", () -> table(-1, "master"));
        assertThat(Lane.named("中").name()).isEqualTo("中");
    }

    private static LaneTable table(long revision, String base) {
        return new LaneTable(revision, base, Carriers.DEFAULT, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void aTableCopiesItsLists() {
        List<Lane> lanes = new ArrayList<>(List.of(Lane.named("a")));
        LaneTable table = new LaneTable(1, "master", Carriers.DEFAULT, lanes, List.of(), List.of(), List.of());
        lanes.add(Lane.named("b"));
        assertThat(table.lanes()).hasSize(1);
        assertThat(table.atRevision(7).revision()).isEqualTo(7);
        assertThat(table.atRevision(7).atRevision(1)).isEqualTo(table);
    }

    @Test
    void anEndpointIsUsableIfItIsReadyNotDrainingAndHasAWeight() {
        assertThat(Endpoint.at("h:1").usable()).isTrue();
        assertThat(new Endpoint("h:1", 0, "", true, false).usable()).isFalse();
        assertThat(new Endpoint("h:1", 1, "", false, false).usable()).isFalse();
        assertThat(new Endpoint("h:1", 1, "", true, true).usable()).isFalse();
        refused("weight: -1 (expected: >= 0)", () -> new Endpoint("h:1", -1, "", true, false));
    }

    @Test
    void aDeploymentHasPortsWithNumbersThatExist() {
        refused("ports: [] (expected: at least one port)", () -> new Deployment("f", List.of(), null));
        refused("port: 65536 (expected: 1 to 65535)", () -> new Port("", 65_536, Protocol.AUTO, List.of()));
        refused("port: -1 (expected: 1 to 65535)", () -> new Port("", -1, Protocol.AUTO, List.of()));
        assertThat(Deployment.of("f", Protocol.H2, List.of()).ports()).hasSize(1);
        refused(
                "certificate and privateKey: one without the other (expected: both)",
                () -> new UpstreamTls(null, null, "c.pem", null, true));
        assertThat(List.of(Protocol.HTTPS, Protocol.H2)).allMatch(Protocol::secure);
        assertThat(List.of(Protocol.AUTO, Protocol.HTTP1, Protocol.H2C)).noneMatch(Protocol::secure);
    }

    @Test
    void aServicesIdentityIsReadAsItIsWritten() {
        for (String text : List.of("order", "order.shop", "order.shop.x")) {
            assertThat(ServiceId.parse(text)).hasToString(text);
        }
        assertThat(ServiceId.parse("order.shop")).isEqualTo(new ServiceId("order", "shop"));
        refused("name: '' (expected: a service name)", () -> ServiceId.parse(".shop"));
        assertThat(ServiceId.of("a")).isLessThan(ServiceId.of("b"));
    }

    @Test
    void aRouteLeadsToOneThing() {
        refused("path: api (expected: to start with '/')", () -> new Route(List.of(), "api", A, false));
        refused(
                "service: 0 of service, services and redirect (expected: exactly one of them)",
                () -> route("/", null, false, RouteAction.FORWARD));
        refused(
                "service: 2 of service, services and redirect (expected: exactly one of them)",
                () -> route("/", A, false, split(new RoutePart(A, 1))));
        assertThat(route("/", null, false, split(new RoutePart(A, 1))).services())
                .containsExactly(A);
    }

    @Test
    void aRouteOfConnectionsHasHostsPortsAndServicesAlone() {
        RouteMatch tls = RouteMatch.ofTls(List.of(8443));
        assertThat(new Route(List.of(), "/", null, false, tls, RouteAction.FORWARD).services())
                .isEmpty();
        assertThat(new Route(List.of(), "/", null, false, tls, split(RoutePart.to("10.0.0.7:8443", 1))).services())
                .isEmpty();
        refused(
                "match: tls beside more than hosts, ports and services (expected: path / and no other change)",
                () -> new Route(List.of(), "/a", A, false, tls, RouteAction.FORWARD));
        refused(
                "match: tls beside more than hosts, ports and services (expected: path / and no other change)",
                () -> new Route(List.of(), "/", A, false, tls, rewrite(new Rewrite("h", null, null))));
        refused(
                "match: tls beside exact, method, headers or query (expected: ports alone)",
                () -> new RouteMatch(true, null, Map.of(), Map.of(), List.of(), true));
        refused(
                "services: address without match.tls (expected: service)",
                () -> route("/", null, false, split(RoutePart.to("10.0.0.7:8443", 1))));
    }

    private static Route route(String path, ServiceId service, boolean strip, RouteAction action) {
        return new Route(List.of(), path, service, strip, RouteMatch.ANY, action);
    }

    private static RouteAction split(RoutePart... parts) {
        return new RouteAction(List.of(parts), null, null, HeaderRules.NONE, null);
    }

    private static RouteAction rewrite(Rewrite rewrite) {
        return new RouteAction(List.of(), null, rewrite, HeaderRules.NONE, null);
    }

    @Test
    void aPathIsChangedInOneWay() {
        refused(
                "stripPrefix: true beside a rewrite of the path, or an exact path (expected: a prefix alone)",
                () -> route("/a", A, true, rewrite(new Rewrite(null, "/b", null))));
        refused("path: beside prefix (expected: one of them)", () -> new Rewrite(null, "/a", "/b"));
        refused(
                "prefix: 'a' (expected: a path that starts with '/', without query, percent-encoded)",
                () -> new Rewrite(null, null, "a"));
        refused(
                "path: '/a?b' (expected: a path that starts with '/', without query, percent-encoded)",
                () -> new Rewrite(null, "/a?b", null));
        refused(
                "match: exact, beside a new prefix (expected: a new path)",
                () -> new Route(
                        List.of(),
                        "/a",
                        A,
                        false,
                        new RouteMatch(true, null, Map.of(), Map.of()),
                        rewrite(new Rewrite(null, null, "/b"))));
        assertThat(route("/a", A, true, rewrite(new Rewrite("h", null, null))).stripPrefix())
                .isTrue();
    }

    @Test
    void partsHaveWeightsOfWhichOneIsAboveNothing() {
        refused("weight: 1000001 (expected: 0 to 1000000)", () -> new RoutePart(A, 1_000_001));
        refused("weight: -1 (expected: 0 to 1000000)", () -> new RoutePart(A, -1));
        refused("services: every weight is 0 (expected: one above)", () -> split(new RoutePart(A, 0)));
        refused("status: 399 (expected: 400 to 599)", () -> RoutePart.response(399, 1));
        refused(
                "part: 2 of service, status and address (expected: exactly one of them)",
                () -> new RoutePart(A, 1, 0, 500, HeaderRules.NONE));
        refused("port: 70000 (expected: 1 to 65535)", () -> new RoutePart(A, 1, 70_000));
        refused("status: 399 (expected: 400 to 599)", () -> RoutePart.response(399, 1));
        refused(
                "part: 2 of service, status and address (expected: exactly one of them)",
                () -> new RoutePart(A, 1, 0, 500, HeaderRules.NONE));
        refused("port: 70000 (expected: 1 to 65535)", () -> new RouteMirror(A, null, 70_000, Share.NONE));
    }

    @Test
    void aRedirectionIsOneOfTheStatusAndForwardsNothing() {
        refused(
                "status: 304 (expected: 301, 302, 303, 307 or 308)",
                () -> new Redirect(304, null, null, null, null, null));
        refused("scheme: 'ftp' (expected: http or https)", () -> new Redirect(301, "ftp", null, null, null, null));
        refused("port: 0 (expected: 1 to 65535)", () -> new Redirect(301, null, null, 0, null, null));
        Redirect redirect = new Redirect(301, "https", null, 443, null, null);
        refused(
                "redirect: beside rewrite, timeout, perTryTimeout or mirror (expected: none of them)",
                () -> new RouteAction(List.of(), redirect, null, HeaderRules.NONE, Duration.ofSeconds(1)));
        refused(
                "timeout: -1000ms (expected: 0 or more)",
                () -> new RouteAction(List.of(), null, null, HeaderRules.NONE, Duration.ofSeconds(-1)));
    }

    @Test
    void aRenamedRouteLeadsToTheOtherNames() {
        RouteAction action = new RouteAction(
                List.of(new RoutePart(A, 1), new RoutePart(ServiceId.of("b"), 2)),
                null,
                null,
                HeaderRules.NONE,
                null,
                null,
                new RouteMirror(ServiceId.of("c"), "f", 80, Share.NONE));
        Route renamed = route("/", null, false, action).renamed(id -> new ServiceId(id.name(), "ns"));
        assertThat(renamed.services()).extracting(ServiceId::toString).containsExactly("a.ns", "b.ns", "c.ns");
        assertThat(renamed.action().split()).extracting(RoutePart::weight).containsExactly(1, 2);
    }

    @Test
    void slotsAreInRangeAndAShareOfNothingHasNone() {
        refused("slots: [5, 4] (expected: 0 <= first <= last <= 9999)", () -> new SlotRange(5, 4));
        refused("slots: [-1, 4] (expected: 0 <= first <= last <= 9999)", () -> new SlotRange(-1, 4));
        refused("slots: [0, 10000] (expected: 0 <= first <= last <= 9999)", () -> new SlotRange(0, 10_000));
        assertThat(new SlotRange(3, 3).size()).isEqualTo(1);
        assertThat(new SlotShare(Share.NONE, null).slots()).isEmpty();
        assertThat(new SlotShare(new Share(1), null).slots()).isNull();
        assertThat(new SlotShare(new Share(12), List.of(new SlotRange(0, 9), new SlotRange(20, 21))).size())
                .isEqualTo(12);
        refused("jwtClaim: '' (expected: a name)", () -> new TenantSource(TenantSource.Kind.JWT_CLAIM, " "));
    }

    @Test
    void aPolicysNumbersAreInTheirRanges() {
        refused("max: -1 (expected: >= 0)", () -> new Retries(-1, Set.of(), Retries.Methods.ALL, 0, null, false));
        refused(
                "budget: 101% (expected: 0% to 100%)",
                () -> new Retries(1, Set.of(), Retries.Methods.ALL, 101, null, false));
        refused("consecutive5xx: -1 (expected: >= 0)", () -> new Ejection(-1, Duration.ZERO, 1));
        refused("maxShare: 101% (expected: 0% to 100%)", () -> new Ejection(1, Duration.ZERO, 101));
        refused("limits: below 0 (expected: >= 0)", () -> new Limits(0, -1, 0));
        refused("abort: 199 (expected: a status from 200 to 599)", () -> new Fault("f", null, 199, Share.NONE));
        refused("requests: 0 (expected: >= 1)", () -> new Rate(0, Duration.ofSeconds(1), 1, Rate.Key.LANE, ""));
        refused("burst: 0 (expected: >= 1)", () -> new Rate(1, Duration.ofSeconds(1), 0, Rate.Key.LANE, ""));
        refused("per: PT0S (expected: a duration above 0)", () -> new Rate(1, Duration.ZERO, 1, Rate.Key.LANE, ""));
    }

    @Test
    void theConditionsOfARetryAreBitsOfTheirOwn() {
        int all = 0;
        for (Retries.On on : Retries.On.values()) {
            assertThat(all & on.bit()).isZero();
            all |= on.bit();
        }
        assertThat(new Retries(1, Set.of(Retries.On.values()), Retries.Methods.ALL, 0, null, false).mask())
                .isEqualTo(all);
    }
}
