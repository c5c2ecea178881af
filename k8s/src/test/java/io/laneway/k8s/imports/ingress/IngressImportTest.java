package io.laneway.k8s.imports.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.source.ImportSamples;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.router.check.TableCheck;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngressImportTest {

    private static final Intent GUARDED = new Intent(Set.of(), true);
    private static final ImportSamples SAMPLES =
            new ImportSamples("ingress", (file, problems) -> IngressImport.read(List.of(file), GUARDED, problems));

    private final Imported imported = SAMPLES.read("shop.yaml");

    @Test
    void canariesByHeaderAndCookieAreLanes() {
        assertThat(imported.table().lanes()).extracting(Lane::name).containsExactly("f-1", "f-2", "always", "never");
        assertThat(imported.table().carriers().header()).containsExactly("x-env");
        assertThat(imported.table().carriers().cookie()).containsExactly("beta");
        Service web = imported.table().services().stream()
                .filter(service -> service.deployments().size() > 1)
                .findFirst()
                .orElseThrow();
        assertThat(web.deployments())
                .extracting(one -> one.lane() + " " + SAMPLES.endpoints(one))
                .containsExactly(
                        "master web.shop.svc.cluster.local:80*80 web-new.shop.svc.cluster.local:80*20",
                        "f-1 web-new.shop.svc.cluster.local:80*1",
                        "f-2 web-new.shop.svc.cluster.local:80*1",
                        "always web-new.shop.svc.cluster.local:80*1",
                        "never web.shop.svc.cluster.local:80*1");
        assertThat(web.policy().sticky().cookie()).isEqualTo("route");
        assertThat(web.policy().rate().requests()).isEqualTo(10);
        assertThat(TableCheck.check(imported.table())).isEmpty();
    }

    @Test
    void aCanaryByWeightAloneIsAPartOfTheRequests() {
        Route api = imported.table().routes().stream()
                .filter(route -> route.hosts().contains("api.example.com"))
                .findFirst()
                .orElseThrow();
        assertThat(api.action().split())
                .extracting(part -> part.service() + " " + part.weight())
                .containsExactly("api 95", "api-new 5");
    }

    /** As the controller's documentation has it: the longest first, from the beginning, in any case, with an open end. */
    @ParameterizedTest
    @CsvSource({
        "/api/v2/orders/7, orders",
        "/API/V2/Orders, orders",
        "/api/v2/carts, api",
        "/api, web",
        "/x/api/a, web",
        "/foo/bar/bar, three",
        "/foo/bar/ABCD, three",
        "/foo/bar/a, web",
        "/cart, cart",
        "/Cart/a, cart",
        "/, web"
    })
    void oneExpressionOfAHostMakesExpressionsOfAllItsPaths(String path, String service) {
        assertThat(decided("shop.example.com", path)).isEqualTo(service);
    }

    @Test
    void pathsOfOtherHostsStayPaths() {
        Imported other = SAMPLES.read("expressions.yaml");
        assertThat(other.whole()).isTrue();
        assertThat(TableCheck.check(other.table())).isEmpty();
        assertThat(decided("other.example.com", "/cart")).isEqualTo("cart");
        assertThat(decided("other.example.com", "/Cart")).isEqualTo("none");
    }

    private static String decided(String host, String path) {
        CompiledTable<PublishedState, Void> table =
                TableCompiler.published(SAMPLES.read("expressions.yaml").table());
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider().decide(table, ListenerTraits.EXTERNAL, new RequestDraft(host, path), decision);
        return decision.port() == null
                ? "none"
                : decision.port().port().endpoints().get(0).address().replaceAll("\\..*", "");
    }

    @Test
    void whatIsForAListenerAndWhatHasNoCounterpartIsNamed() {
        assertThat(imported.notTaken())
                .extracting(Problem::toString)
                .containsExactly(
                        "shop.yaml:13: items[0].metadata.annotations.nginx.ingress.kubernetes.io/configuration-snippet:"
                                + " 'more_set_headers 'a: b';' has no counterpart here",
                        "shop.yaml:14:"
                                + " items[0].metadata.annotations.nginx.ingress.kubernetes.io/whitelist-source-range:"
                                + " a guard: what it guards is open (expected: access, auth or jwt of a listener in"
                                + " laneway.yaml)",
                        "shop.yaml:17: items[0].spec.tls[0]: TLS of clients is no part of a table, nor is the redirect"
                                + " of plain requests (expected: tls of a listener in laneway.yaml)",
                        "shop.yaml:24: items[0].spec.rules[0].http.paths[2]: a port by the name 'http'"
                                + " (expected: service.name and service.port.number)");
    }

    @Test
    void whateverAnImportDoesNotKnowIsNamedWhereverItStands() {
        SAMPLES.namesStrangers("shop.yaml", "labels");
    }

    /** The controller writes paths into nginx, which compares decoded ones. */
    @Test
    void whatRequestsEncodeIsEncodedAndTheFormIsNamed() {
        Imported one = SAMPLES.read(new SourceFile("ingress.yaml", """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: one}
            spec:
              rules:
                - host: one.example.com
                  http:
                    paths:
                      - {path: /sp ace, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}
                      - {path: /é, pathType: Exact, backend: {service: {name: a, port: {number: 80}}}}
            """));
        assertThat(TableCheck.check(one.table())).isEmpty();
        assertThat(one.table().routes()).extracting(Route::path).containsExactlyInAnyOrder("/sp%20ace", "/%C3%A9");
        assertThat(one.whole()).isTrue();
        assertThat(one.assumptions())
                .anyMatch(note -> note.what().startsWith("ingress-nginx compares decoded paths with slashes merged")
                        && note.what().contains("paths.mergeSlashes: true and paths.encodedSlashes: decode"));
    }

    /** Names of nginx's servers may be expressions, wildcards at the end, or a domain with all below it. */
    @Test
    void anAliasThatIsNoHostIsNamedAndTheRestIsTaken() {
        Imported one = SAMPLES.read(new SourceFile("ingress.yaml", """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: one
              annotations:
                nginx.ingress.kubernetes.io/server-alias: "x.example.com,~^y.*,www.*,.z.example.com"
            spec:
              rules:
                - host: one.example.com
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}
            """));
        assertThat(TableCheck.check(one.table())).isEmpty();
        assertThat(one.table().routes())
                .flatExtracting(Route::hosts)
                .containsExactlyInAnyOrder("one.example.com", "x.example.com", "z.example.com", "*.z.example.com");
        assertThat(one.notTaken())
                .extracting(Problem::toString)
                .containsExactly(
                        "ingress.yaml:6: metadata.annotations.nginx.ingress.kubernetes.io/server-alias: server-alias"
                                + " '~^y.*' (expected: a host, or *. and a host)",
                        "ingress.yaml:6: metadata.annotations.nginx.ingress.kubernetes.io/server-alias: server-alias"
                                + " 'www.*' (expected: a host, or *. and a host)");
    }
}
