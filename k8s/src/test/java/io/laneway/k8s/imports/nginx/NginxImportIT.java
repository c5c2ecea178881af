package io.laneway.k8s.imports.nginx;

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
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that was imported leads the same requests to the same servers as nginx itself, where there is one. */
class NginxImportIT {

    private static final ImportSamples SAMPLES =
            new ImportSamples("nginx", (file, problems) -> NginxImport.read(file, Intent.PLAIN, problems));

    @TempDir
    Path folder;

    /** Compares a table with a running nginx. */
    private interface Comparison {
        void compare(RunningNginx nginx) throws IOException;
    }

    @Test
    void aTableActsAsTheMapsItCameFrom() throws IOException {
        run("lanes.conf", NginxImportIT::compare);
    }

    /** Whole paths, prefixes that end the search, expressions in their order, prefixes. */
    @Test
    void aTableTriesExpressionsAsNginxDoes() throws IOException {
        run("expressions.conf", NginxImportIT::compareExpressions);
    }

    private static void compareExpressions(RunningNginx nginx) throws IOException {
        Imported imported = SAMPLES.read(new SourceFile("nginx.conf", nginx.text()));
        assertThat(TableCheck.check(imported.table())).isEmpty();
        assertThat(imported.notTaken())
                .extracting(problem -> problem.line() + " " + problem.what())
                .contains(
                        "32 path by the expression '.*(?<!x)y.*': invalid named capture",
                        "33 a location without proxy_pass to http:// or https://");
        assertThat(imported.differences())
                .extracting(problem -> problem.line() + " " + problem.what())
                .contains("25 the expression of line 27 is looked at first");
        CompiledTable<PublishedState, Void> table = TableCompiler.published(imported.table());
        List<String> paths = List.of(
                "/",
                "/exact.png",
                "/exact.png/a",
                "/other.png",
                "/other.png/",
                "/other.PNG",
                "/img/a",
                "/img/a.gif",
                "/img/admin",
                "/static/a.png",
                "/static/a",
                "/deep/a.gif",
                "/deep/admin",
                "/deep/er/a",
                "/api/v2/a",
                "/api/v2/a.png",
                "/API/v2/a",
                "/api/v1/a",
                "/api/v1",
                "/x/api/v1/",
                "/admin",
                "/a/administer",
                "/root",
                "/root/a",
                "/orders/12",
                "/orders/12/a",
                "/orders/a");
        for (String path : paths) {
            assertThat(decided(table, path, "", "")).as(path).isEqualTo(ask(nginx, path, "", ""));
        }
    }

    /** A proxy that compares decoded paths: what requests encode is encoded in the table. */
    @Test
    void aTableComparesEncodedPathsAsNginxDoesDecodedOnes() throws IOException {
        run("encoded.conf", NginxImportIT::compareEncoded);
    }

    private static void compareEncoded(RunningNginx nginx) throws IOException {
        Imported imported = SAMPLES.read(new SourceFile("nginx.conf", nginx.text()));
        assertThat(TableCheck.check(imported.table())).isEmpty();
        assertThat(imported.notTaken())
                .extracting(problem -> problem.line() + " " + problem.what())
                .contains(
                        "32 path by the expression '^/not[^ ]$' asks for characters that requests encode",
                        "33 path by the expression '^/white\\s$' asks for characters that requests encode",
                        "34 path by the expression 'é+$' asks for characters that requests encode");
        assertThat(imported.differences())
                .extracting(problem -> problem.line() + " " + problem.what())
                .contains("35 nginx compares decoded paths with slashes merged; a request here with '//' or '%2F' has"
                        + " another path; such requests get past 2 rules that refuse, the first at this line");
        CompiledTable<PublishedState, Void> table = TableCompiler.published(imported.table());
        List<String> paths = List.of(
                "/whole%20one",
                "/whole",
                "/sp%20ace2/a",
                "/sp%2520ace4/a",
                "/sp%20ace4/a",
                "/%C3%A9/a",
                "/q%3F/a",
                "/q?/a",
                "/sp%20ace3",
                "/sp%20ace3/a",
                "/sp%2520ace",
                "/sp%20ace",
                "/uni/%C3%A9",
                "/uni/%c3%a9/a",
                "/uni/%C3%A8",
                "/b_cx%20x%20",
                "/b%20c",
                "/b%20cx",
                "/b-c",
                "/tags/%7Bab%7D",
                "/tags/%7babc%7d",
                "/ANY%20case",
                "/x/admin",
                "/old");
        for (String path : paths) {
            assertThat(decided(table, path, "", "")).as(path).isEqualTo(ask(nginx, path, "", ""));
        }
        // What the difference says: nginx refuses these.
        for (String path : List.of("/x%2Fadmin", "//old")) {
            assertThat(ask(nginx, path, "", "")).as(path).isIn("403", "404");
            assertThat(decided(table, path, "", "")).as(path).isNotIn("403", "404");
        }
    }

    private void run(String sample, Comparison comparison) throws IOException {
        try (RunningNginx nginx =
                new RunningNginx(folder, SAMPLES.text(sample), asked -> asked.substring(0, asked.indexOf(' ')))) {
            comparison.compare(nginx);
        }
    }

    private static void compare(RunningNginx nginx) throws IOException {
        Imported imported = SAMPLES.read(new SourceFile("nginx.conf", nginx.text()));
        assertThat(TableCheck.check(imported.table())).isEmpty();
        assertThat(imported.differences())
                .anyMatch(one ->
                        one.what().startsWith("lanes from header:x-env, cookie:beta: the first that is present"));
        CompiledTable<PublishedState, Void> table = TableCompiler.published(imported.table());
        for (String path : List.of("/", "/x", "/gone", "/exact", "/exact/y", "/api/z")) {
            for (String env : List.of("", "x-env: f-1", "x-env: F-2", "x-env: other")) {
                for (String cookie : List.of("", "cookie: beta=on", "cookie: beta=off; a=b")) {
                    if (env.endsWith("other") && cookie.endsWith("on")) {
                        // The first place that has a value counts, known or not: the report says so.
                        continue;
                    }
                    String real = ask(nginx, path, env, cookie);
                    assertThat(decided(table, path, env, cookie))
                            .as("%s %s %s", path, env, cookie)
                            .isEqualTo(real);
                }
            }
        }
    }

    private static String decided(CompiledTable<PublishedState, Void> table, String path, String env, String cookie) {
        RequestDraft request = new RequestDraft("shop.example.com", path);
        for (String line : List.of(env, cookie)) {
            if (!line.isEmpty()) {
                request.header(line.split(": ")[0], line.split(": ")[1]);
            }
        }
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider().decide(table, ListenerTraits.EXTERNAL, request, decision);
        if (decision.routeStatus() != 0) {
            return String.valueOf(decision.routeStatus());
        }
        return decision.port() == null
                ? "none"
                : decision.port().port().endpoints().get(0).address().replaceAll(".*:", "");
    }

    /** The body of nginx's response, or its status where it is an error. */
    private static String ask(RunningNginx nginx, String path, String env, String cookie) throws IOException {
        List<String> lines =
                Stream.of(env, cookie).filter(line -> !line.isEmpty()).toList();
        String response = nginx.ask("GET", "shop.example.com", path, lines);
        String status = response.split(" ")[1];
        return status.equals("200") ? response.replaceAll("(?s).*\r\n\r\n", "") : status;
    }

    /** The usual two servers of a host: one redirects to TLS, the other has it. */
    @Test
    void serversOfOneNameAtSeveralPortsAreRoutesOfTheirPorts() {
        Imported imported = SAMPLES.read("tls.conf");
        assertThat(TableCheck.check(imported.table())).isEmpty();
        assertThat(imported.table().routes())
                .extracting(route -> route.hosts() + " " + route.match().ports() + " "
                        + (route.action().redirect() == null
                                ? route.service()
                                : route.action().redirect().scheme()))
                .containsExactlyInAnyOrder(
                        "[shop.example.com, www.shop.example.com] [80] https",
                        "[shop.example.com, www.shop.example.com] [443] web",
                        "[old.example.com] [] old",
                        "[] [80] https",
                        "[] [443] web");
        assertThat(imported.notTaken()).extracting(Problem::what).containsOnly("TLS of clients is no part of a table");
        assertThat(imported.differences()).isEmpty();
    }

    @Test
    void whatHasNoCounterpartIsNamed() {
        Imported imported = SAMPLES.read("lanes.conf");
        assertThat(imported.notTaken())
                .extracting(problem -> problem.line() + " " + problem.path())
                .containsExactly(
                        "7 http.access_log",
                        "8 http.client_body_temp_path",
                        "9 http.proxy_temp_path",
                        "10 http.fastcgi_temp_path",
                        "11 http.uwsgi_temp_path",
                        "12 http.scgi_temp_path",
                        "31 http.server.location");
    }
}
