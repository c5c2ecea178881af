package io.laneway.k8s.imports.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.laneway.k8s.imports.source.ImportSamples;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that was imported leads the same requests to the same servers as nginx itself, where there is one. */
class NginxImportIT {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final ImportSamples SAMPLES =
            new ImportSamples("nginx", (file, problems) -> NginxImport.read(file, Set.of(), problems));

    @TempDir
    Path folder;

    /** Compares a table with a running nginx. */
    private interface Comparison {
        void compare(String text, int port, Process nginx) throws IOException;
    }

    @Test
    void aTableActsAsTheMapsItCameFrom() throws IOException, InterruptedException {
        run("lanes.conf", NginxImportIT::compare);
    }

    /** Whole paths, prefixes that end the search, expressions in their order, prefixes. */
    @Test
    void aTableTriesExpressionsAsNginxDoes() throws IOException, InterruptedException {
        run("expressions.conf", NginxImportIT::compareExpressions);
    }

    private static void compareExpressions(String text, int port, Process nginx) throws IOException {
        Imported imported = SAMPLES.read(new SourceFile("nginx.conf", text));
        assertThat(TableCheck.check(imported.table())).isEmpty();
        assertThat(imported.notTaken())
                .extracting(problem -> problem.line() + " " + problem.what())
                .contains(
                        "32 path by the expression '.*(?<!x)y.*': invalid named capture",
                        "33 a location without proxy_pass to http:// or https://");
        assertThat(imported.differences())
                .extracting(problem -> problem.line() + " " + problem.what())
                .contains(
                        "25 the expression of line 27 is looked at first",
                        "25 location does not match '/deep/er' itself");
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
            assertThat(decided(table, path, "", "")).as(path).isEqualTo(ask(port, path, "", "", nginx));
        }
    }

    /** A proxy that compares decoded paths: what requests encode is encoded in the table. */
    @Test
    void aTableComparesEncodedPathsAsNginxDoesDecodedOnes() throws IOException, InterruptedException {
        run("encoded.conf", NginxImportIT::compareEncoded);
    }

    private static void compareEncoded(String text, int port, Process nginx) throws IOException {
        Imported imported = SAMPLES.read(new SourceFile("nginx.conf", text));
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
            assertThat(decided(table, path, "", "")).as(path).isEqualTo(ask(port, path, "", "", nginx));
        }
        // What the difference says: nginx refuses these.
        for (String path : List.of("/x%2Fadmin", "//old")) {
            assertThat(ask(port, path, "", "", nginx)).as(path).isIn("403", "404");
            assertThat(decided(table, path, "", "")).as(path).isNotIn("403", "404");
        }
    }

    private void run(String sample, Comparison comparison) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(NGINX));
        List<HttpServer> servers = new ArrayList<>();
        String text = SAMPLES.text(sample).replace("@DIR@", folder.toString());
        int port = free();
        text = text.replace("@0@", "" + port);
        for (int i = 1; i <= 3; i++) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] name = ("" + server.getAddress().getPort()).getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, name.length);
                exchange.getResponseBody().write(name);
                exchange.close();
            });
            server.start();
            servers.add(server);
            text = text.replace("@" + i + "@", "" + server.getAddress().getPort());
        }
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        Process nginx = new ProcessBuilder(NGINX.toString(), "-c", file.toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            comparison.compare(text, port, nginx);
        } finally {
            nginx.destroy();
            nginx.waitFor();
            servers.forEach(server -> server.stop(0));
        }
    }

    private static void compare(String text, int port, Process nginx) throws IOException {
        Imported imported = SAMPLES.read(new SourceFile("nginx.conf", text));
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
                    String real = ask(port, path, env, cookie, nginx);
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

    /** The body of nginx's response, or its status where it is an error, once it listens. */
    private static String ask(int port, String path, String env, String cookie, Process nginx) throws IOException {
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = socket.getOutputStream();
                String lines = (env.isEmpty() ? "" : env + "\r\n") + (cookie.isEmpty() ? "" : cookie + "\r\n");
                String head = "GET " + path + " HTTP/1.0\r\nHost: shop.example.com\r\n" + lines + "\r\n";
                out.write(head.getBytes(StandardCharsets.UTF_8));
                InputStream in = socket.getInputStream();
                String response = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                String status = response.split(" ")[1];
                return status.equals("200") ? response.replaceAll("(?s).*\r\n\r\n", "") : status;
            } catch (java.net.ConnectException e) {
                assertThat(nginx.isAlive()).as("nginx runs").isTrue();
                Thread.onSpinWait();
            }
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
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
