package io.laneway.k8s.imports.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.source.ImportSamples;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.router.check.TableCheck;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IstioImportTest {

    private static final ImportSamples SAMPLES =
            new ImportSamples("istio", (file, problems) -> IstioImport.read(List.of(file), Intent.PLAIN, problems));

    private final Imported imported = SAMPLES.read("shop.yaml");

    @Test
    void subsetsAreLanesWhereAHeaderOrCookieNamesThem() {
        assertThat(TableCheck.check(imported.table())).isEmpty();
        assertThat(imported.table().lanes()).extracting(Lane::name).containsExactly("f-1");
        Service web = imported.table().services().stream()
                .filter(service -> service.deployments().size() > 1)
                .findFirst()
                .orElseThrow();
        assertThat(web.deployments())
                .extracting(one -> one.lane() + " " + SAMPLES.endpoints(one))
                .containsExactly(
                        "master web-base.shop.svc.cluster.local:80*1", "f-1 web-f-1.shop.svc.cluster.local:80*1");
        assertThat(web.policy().limits().maxConnections()).isEqualTo(100);
        assertThat(web.policy().ejection().consecutive5xx()).isEqualTo(7);
        assertThat(web.policy().retries().max()).isEqualTo(3);
    }

    @Test
    void routesAreForTheHostsOfTheirGateway() {
        assertThat(imported.table().routes())
                .allSatisfy(route -> assertThat(route.hosts()).containsExactly("shop.example.com"));
        assertThat(imported.table().routes())
                .filteredOn(route -> route.action().redirect() != null)
                .extracting(Route::path)
                .containsExactly("/old", "/older");
    }

    @Test
    void weightsCopiesTimesAndRewritesAreTaken() {
        Route part = imported.table().routes().stream()
                .filter(route ->
                        route.path().equals("/part") && !route.action().split().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(part.action().split()).hasSize(2);
        assertThat(part.action().mirrors().get(0).share()).hasToString("12.5%");
        assertThat(part.action().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(part.action().rewrite().path()).isEqualTo("/whole");
        assertThat(part.match().method()).isEqualTo("GET");
    }

    @Test
    void whatHasNoCounterpartIsNamed() {
        assertThat(imported.notTaken())
                .extracting(problem -> problem.line() + " " + problem.what())
                .containsExactly(
                        "11 has no counterpart here",
                        "24 asks for a cookie",
                        "35 match by sourceLabels",
                        "36 has no counterpart here",
                        "47 '5m' has no counterpart here",
                        "48 has no counterpart here");
        assertThat(imported.differences()).extracting(Problem::what).isEmpty();
    }

    @Test
    void whateverAnImportDoesNotKnowIsNamedWhereverItStands() {
        SAMPLES.namesStrangers("shop.yaml", "labels|selector");
    }

    @Test
    void expressionsOfUrisAreRoutesBeforePrefixesBehindThem() {
        Imported one = SAMPLES.read(new SourceFile("shop.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: api, namespace: shop}
            spec:
              hosts: [api.example.com]
              http:
              - {match: [{uri: {prefix: /v1/old}}], route: [{destination: {host: old, port: {number: 80}}}]}
              - {match: [{uri: {regex: "/v[0-9]+/.*"}}], route: [{destination: {host: api, port: {number: 80}}}]}
              - {match: [{uri: {regex: "/(?!x).*"}}], route: [{destination: {host: api, port: {number: 80}}}]}
            """));
        assertThat(one.table().routes())
                .extracting(
                        route -> route.service() + " " + route.match().regex().path())
                .containsExactly("old-shop /v1/old(?:/.*)?", "api-shop /v[0-9]+/.*");
        assertThat(one.notTaken())
                .extracting(problem -> problem.line() + " " + problem.what())
                .anyMatch(what -> what.startsWith("9 path by the expression '/(?!x).*'"));
    }

    /** The mesh says how paths are compared, and is no part of these objects. */
    @Test
    void theFormOfPathsIsNamed() {
        assertThat(imported.assumptions())
                .filteredOn(note -> note.what().startsWith("pathNormalization of the mesh is not in these objects"))
                .hasSize(1);
    }
}
