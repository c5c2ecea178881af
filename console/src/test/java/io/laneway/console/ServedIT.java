package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.testkit.RawHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the control API serves the console, as a browser, a cache and an attacker see it. */
class ServedIT {

    /** What a module imports, at its start or later. */
    private static final Pattern IMPORT = Pattern.compile("(?:from ?|import\\(?)['\"](\\.[^'\"]+)['\"]");

    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final int MOST_BYTES = 150_000;

    @TempDir
    private static Path directory;

    private static ControlApi control;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        control = ControlApi.start(ControlConfig.in(directory, 0));
    }

    @AfterAll
    static void stop() {
        control.close();
    }

    private HttpResponse<byte[]> call(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(control.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private Set<String> addresses() throws IOException, InterruptedException {
        String page = new String(call("GET", "/console/").body(), StandardCharsets.UTF_8);
        Set<String> found = new TreeSet<>();
        for (Matcher one = ADDRESS.matcher(page); one.find(); ) {
            found.add(one.group(1));
        }
        return found;
    }

    @Test
    void theRootLeadsToIt() throws Exception {
        for (String path : List.of("/", "/console")) {
            HttpResponse<byte[]> response = call("GET", path);

            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(header(response, "location")).isEqualTo("/console/");
        }
    }

    @Test
    void optionsSaysItsMethods() throws Exception {
        for (String path : List.of("/", "/console", "/console/", "/console/lanes/f-1")) {
            HttpResponse<byte[]> options = call("OPTIONS", path);
            assertThat(options.statusCode()).as(path).isEqualTo(204);
            assertThat(header(options, "allow")).as(path).isEqualTo("GET, HEAD, OPTIONS");
            HttpResponse<byte[]> delete = call("DELETE", path);
            assertThat(delete.statusCode()).as(path).isEqualTo(405);
            assertThat(header(delete, "allow")).as(path).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(call("HEAD", path).statusCode())
                    .as(path)
                    .isEqualTo(call("GET", path).statusCode());
        }
    }

    @Test
    void itsPolicyAllowsNothingOfOthers() throws Exception {
        HttpResponse<byte[]> page = call("GET", "/console/lanes/f-1?x=y");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "content-security-policy"))
                .startsWith("default-src 'self';")
                .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "data:", "http", "*");
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(page, "cache-control")).isEqualTo("no-cache");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).doesNotContain("//", "<style", "style=", "{{");
        assertThat(addresses()).allMatch(address -> address.startsWith("/console/assets/"));
    }

    @Test
    void whatHasAHashIsKeptForGoodAndIsNotSentTwice() throws Exception {
        for (String address : addresses()) {
            HttpResponse<byte[]> plain = call("GET", address);
            HttpResponse<byte[]> packed = call("GET", address, "accept-encoding", "br;q=1, GZIP");
            HttpResponse<byte[]> head = call("HEAD", address, "accept-encoding", "gzip");
            HttpResponse<byte[]> again = call("GET", address, "if-none-match", "\"x\", " + header(plain, "etag"));

            assertThat(header(plain, "cache-control")).contains("immutable");
            assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
            assertThat(header(plain, "vary") + header(packed, "vary")).isEqualTo("accept-encoding".repeat(2));
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .isEqualTo(plain.body());
            assertThat(header(head, "content-length")).isEqualTo(String.valueOf(packed.body().length));
            assertThat(head.body()).isEmpty();
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(call("GET", address, "accept-encoding", "gzip;q=0"), "content-encoding"))
                    .isEmpty();
        }
    }

    @Test
    void allOfItIsSmall() throws Exception {
        long bytes = call("GET", "/console/", "accept-encoding", "gzip").body().length;
        Deque<String> open = new ArrayDeque<>(addresses());
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String address = open.pop();
            bytes += call("GET", address, "accept-encoding", "gzip").body().length;
            Matcher imports = IMPORT.matcher(new String(call("GET", address).body(), StandardCharsets.UTF_8));
            while (address.endsWith(".js") && imports.find()) {
                String next = URI.create(address).resolve(imports.group(1)).toString();
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
        assertThat(seen).anyMatch(one -> one.endsWith("/uplot.js")).anyMatch(one -> one.endsWith("/pages/plan.js"));
        assertThat(bytes).isBetween(20_000L, (long) MOST_BYTES);
    }

    @Test
    void noPathLeadsOut() throws Exception {
        String assets = addresses().iterator().next().replaceAll("(/console/assets/\\w+).*", "$1");
        for (String path : List.of(
                assets + "/../../../../etc/passwd",
                assets + "/..%2f..%2fmigration/V1__store.sql",
                assets + "/%2e%2e/index.html",
                assets + "//app/main.js",
                assets + "/app",
                assets + "/app/main.js/",
                "/console/assets/0000000000000000/app/main.js",
                "/console/assets/")) {
            String response = RawHttp.get(control.port(), path, "Host: localhost");

            assertThat(response).as(path).startsWith("HTTP/1.1 404");
        }
        assertThat(call("POST", "/console/").statusCode()).isEqualTo(405);
        assertThat(header(call("DELETE", "/console/lanes/f-1"), "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void aPageOfAnotherNameIsNotServedWithoutTokens() throws Exception {
        assertThat(RawHttp.get(control.port(), "/console/", "Host: evil.test")).startsWith("HTTP/1.1 403");
    }
}
