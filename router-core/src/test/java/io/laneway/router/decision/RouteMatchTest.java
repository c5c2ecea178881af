package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.table.TableCompiler;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which route wins, as the Gateway API says: host, exact path, longest prefix, method, headers, parameters, order. */
class RouteMatchTest {

    private static final CompiledTable<PublishedState, Void> TABLE = table("""
        schema: 1
        services:
          - {name: any}
          - {name: exact}
          - {name: long}
          - {name: posts}
          - {name: two-headers}
          - {name: header}
          - {name: header-and-query}
          - {name: query}
          - {name: elsewhere}
          - {name: nine}
          - {name: one}
        routes:
          - {hosts: ["*.example.com"], path: /, service: elsewhere}
          - {hosts: [a.example.com], path: /api, service: any}
          - {hosts: [a.example.com], path: /api, service: query, match: {query: {q: "a b"}}}
          - {hosts: [a.example.com], path: /api, service: header, match: {headers: {X-A: "1"}}}
          - {hosts: [a.example.com], path: /api, service: header-and-query, match: {headers: {x-a: "1"}, query: {q: "a b"}}}
          - {hosts: [a.example.com], path: /api, service: two-headers, match: {headers: {x-a: "1", x-b: "2"}}}
          - {hosts: [a.example.com], path: /api, service: posts, match: {method: POST}}
          - {hosts: [a.example.com], path: /api/only, service: exact, match: {exact: true}}
          - {hosts: [a.example.com], path: /api/long, service: long, match: {headers: {x-a: "1"}}}
          - {hosts: [split.example.com], path: /, services: [{service: nine, weight: 9}, {service: one}, {service: any, weight: 0}]}
          - {hosts: [moved.example.com], path: /, redirect: {host: a.example.com}}
        """);

    private static CompiledTable<PublishedState, Void> table(String yaml) {
        Problems problems = Problems.strict();
        var model = TableReader.read(yaml.getBytes(StandardCharsets.UTF_8), "t", problems);
        assertThat(problems.list()).isEmpty();
        return TableCompiler.published(model);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  a.example.com, /api,                   '',              any",
        "GET,  a.example.com, /api/x?q=a%20b,         '',              query",
        "GET,  a.example.com, /api/x?q=a+b&q=c,       '',              query",
        "GET,  a.example.com, /api/x?q=c&q=a+b,       '',              any",
        "GET,  a.example.com, /api/x,                 'x-a: 1',        header",
        "GET,  a.example.com, /api/x,                 'x-a: 2',        any",
        "GET,  a.example.com, /api/x?q=a%20b,         'x-a: 1',        header-and-query",
        "GET,  a.example.com, /api/x?q=a%20b,         'x-a: 1;x-b: 2', two-headers",
        "POST, a.example.com, /api/x?q=a%20b,         'x-a: 1;x-b: 2', posts",
        "GET,  a.example.com, /api/only,              'x-a: 1',        exact",
        "POST, a.example.com, /api/only?q=a+b,        '',              exact",
        "GET,  a.example.com, /api/only/,             '',              any",
        "GET,  a.example.com, /api/long/x,            'x-a: 1',        long",
        "GET,  a.example.com, /api/long/x,            '',              any",
        "GET,  a.example.com, /other,                 '',              elsewhere",
        "post, a.example.com, /api,                   '',              any"
    })
    void theMostParticularRouteThatWantsTheRequestWins(
            String method, String host, String target, String headers, String service) {
        assertThat(service(method, host, target, headers)).isEqualTo(service);
    }

    @Test
    void servicesGetTheirPartOfTheRequestsByTheirIds() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(service("GET", "split.example.com", "/", "x-request-id: " + i), 1, Integer::sum);
        }

        assertThat(counts).containsOnlyKeys("nine", "one");
        assertThat(counts.get("one")).isBetween(900, 1_100);
        assertThat(service("GET", "split.example.com", "/", "x-request-id: 7"))
                .isEqualTo(service("GET", "split.example.com", "/x", "x-request-id: 7"));
    }

    @Test
    void aRedirectionHasNoServiceAndIsNoUnknownHost() {
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider()
                .decide(
                        TABLE,
                        ListenerTraits.INTERNAL.withPassthrough(true),
                        new RequestDraft("moved.example.com", "/x"),
                        decision);

        assertThat(decision.redirected()).isTrue();
        assertThat(decision.passthrough()).isFalse();
    }

    @Test
    void explainSaysWhatTheRouteLooksAt() {
        Explanation said = Explanation.of(
                TABLE, ListenerTraits.EXTERNAL, new RequestDraft("POST", "a.example.com", "/api"), null, null);

        assertThat(said.lines().get(0)).contains("/api", "method POST", "leads to service posts");
    }

    private static String service(String method, String host, String target, String headers) {
        ServiceEntry<PublishedState, Void> service =
                decide(method, host, target, headers).service();
        return service == null ? "" : service.name();
    }

    private static Decision<PublishedState, Void> decide(String method, String host, String target, String headers) {
        RequestDraft request = new RequestDraft(method, host, target);
        for (String line : headers.split(";")) {
            if (!line.isBlank()) {
                request.header(line.split(": ")[0], line.split(": ")[1]);
            }
        }
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider().decide(TABLE, ListenerTraits.EXTERNAL, request, decision);
        return decision;
    }
}
