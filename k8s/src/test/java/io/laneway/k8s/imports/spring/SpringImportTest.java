package io.laneway.k8s.imports.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.source.ImportSamples;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.router.check.TableCheck;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.model.route.Route;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpringImportTest {

    private static final ImportSamples SAMPLES =
            new ImportSamples("spring", (file, problems) -> SpringImport.read(file, Intent.PLAIN, problems));

    private final Imported imported = SAMPLES.read("application.yaml");

    @Test
    void everythingBelongsToARouteOrIsNamed() {
        assertThat(TableCheck.check(imported.table())).isEmpty();
        assertThat(imported.notTaken())
                .extracting(problem -> problem.line() + " " + problem.what())
                .containsExactly(
                        "12 RewritePath of another path than the route's (line 20)",
                        "31 'RequestRateLimiter' has no counterpart here, down to line 32",
                        "33 predicate After (line 35)",
                        "40 has no counterpart here");
    }

    @Test
    void routesRedirectRewriteAndKeepTheirOrder() {
        Imported one = SAMPLES.read(new SourceFile(
                "application.yaml", SAMPLES.text("application.yaml").replace("Path=/red/**,/blue", "Path=/red/**")));
        assertThat(one.table().routes())
                .extracting(route ->
                        route.path() + " " + route.hosts() + " " + route.match().method())
                .contains("/red [example.com] GET", "/red [*.example.com] POST", "/gone [] null", "/ [] null");
        Route red = one.table().routes().stream()
                .filter(route -> route.path().equals("/red"))
                .findFirst()
                .orElseThrow();
        assertThat(red.action().rewrite().prefix()).isEqualTo("/rouge");
        assertThat(red.action().rewrite().host()).isEqualTo("one.internal");
        assertThat(red.match().query()).containsEntry("color", "green");
        assertThat(red.action().headers().response().add()).containsEntry("X-Gateway", "spring");
    }

    /** As PathPattern matches: a variable is a segment, a star is within one, a slash at the end may be there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /o/{id}             | /o/1 /o/1/ /o/a.b        | /o /o/ /o/1/2
        /o/{id}/lines/**    | /o/1/lines /o/1/lines/2  | /o/1 /o/1/line
        /o/{id:[0-9]{2}}    | /o/12 /o/12/             | /o/1 /o/ab /o/123
        /o/*.json           | /o/a.json /o/.json       | /o/a.xml /o/a/b.json
        /o/a?c              | /o/abc                   | /o/ac /o/a/c
        /o                  | /o /o/                   | /o/1 /oo
        /o, false           | /o                       | /o/ /o/1
        /a.b/{id}, false    | /a.b/1                   | /axb/1 /a.b/1/
        """)
    void patternsOfPathsAreExpressions(String pattern, String taken, String others) {
        Imported one = SAMPLES.read(new SourceFile("application.yaml", """
            spring.cloud.gateway:
              routes:
                - {id: a, uri: "http://a:80", predicates: ["Path=%s"], filters: [PreserveHostHeader]}
            """.formatted(pattern)));
        assertThat(one.whole()).as(one.notTaken() + " " + one.differences()).isTrue();
        assertThat(TableCheck.check(one.table())).isEmpty();
        assertThat(taken.split(" ")).allMatch(path -> takes(one, path));
        assertThat(others.split(" ")).noneMatch(path -> takes(one, path));
    }

    private static boolean takes(Imported imported, String path) {
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider()
                .decide(
                        TableCompiler.published(imported.table()),
                        ListenerTraits.EXTERNAL,
                        new RequestDraft("h", path),
                        decision);
        return decision.port() != null;
    }

    @Test
    void weightsOfOneGroupDivideTheRequests() {
        Imported one = SAMPLES.read(new SourceFile("application.yaml", """
            spring.cloud.gateway:
              routes:
                - {id: high, uri: "http://high:80", predicates: ["Path=/x/**", "Weight=g, 8"], filters: [PreserveHostHeader]}
                - {id: low, uri: "http://low:80", predicates: ["Path=/x/**", "Weight=g, 2"], filters: [PreserveHostHeader]}
            """));
        assertThat(one.whole()).as(one.notTaken() + " " + one.differences()).isTrue();
        assertThat(one.table().routes().get(0).action().split())
                .extracting(part -> part.service() + " " + part.weight())
                .containsExactly("high 8", "low 2");
    }

    @Test
    void whateverAnImportDoesNotKnowIsNamedWhereverItStands() {
        SAMPLES.namesStrangers("application.yaml", "args");
    }

    /** Spring compares decoded segments. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /sp ace/**  | /sp%20ace/a      | one
        /sp ace/**  | /sp/ace          | none
        /é/{id}     | /%c3%a9/1        | one
        /a%20b      | /a%2520b         | one
        /a%20b      | /a%20b           | none
        """)
    void whatRequestsEncodeIsEncoded(String pattern, String path, String expected) {
        Imported one = SAMPLES.read(new SourceFile("application.yaml", """
            spring.cloud.gateway:
              routes:
                - {id: one, uri: "http://one", predicates: ["Path=%s"]}
            """.formatted(pattern)));
        assertThat(TableCheck.check(one.table())).isEmpty();
        assertThat(one.differences()).isEmpty();
        assertThat(one.assumptions())
                .anyMatch(note ->
                        note.what().startsWith("Spring compares decoded segments without their ';' parameters"));
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider()
                .decide(
                        TableCompiler.published(one.table()),
                        ListenerTraits.EXTERNAL,
                        new RequestDraft("any", path),
                        decision);
        assertThat(decision.port() == null ? "none" : "one").isEqualTo(expected);
    }
}
