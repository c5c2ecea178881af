package io.laneway.gateway.traffic.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a link sets and takes away, where preflights go, and what lane hosts lead to: docs/how-to/browser.md. */
class BrowserEntryIT {

    private static final String SET = "trace-branch=f-1; Path=/; SameSite=Lax; HttpOnly";

    private static Upstream base;
    private static Upstream branch;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        base = Upstream.responding(request -> response(request, "base"));
        branch = Upstream.responding(request -> response(request, "branch"));
        gateway = over(EntryConfig.COOKIE);
    }

    private static TestGateway over(EntryConfig entry) {
        return TestGateway.over(
                table(),
                config -> TestGateway.with(
                        config,
                        config.listeners().stream()
                                .map(each -> each.name().equals("edge") ? each.entered(entry) : each)
                                .toList()));
    }

    private static String response(Upstream.Request request, String body) {
        String target = request.startLine().split(" ")[1];
        String more = "";
        if (target.startsWith("/to?")) {
            more = "Location: " + target.substring(4) + "\n";
        } else if (target.startsWith("/cached")) {
            more = """
                Cache-Control: public, max-age=60
                Expires: Thu, 01 Jan 2099 00:00:00 GMT
                CDN-Cache-Control: max-age=600
                Vary: Accept-Encoding
                """;
        } else if (target.startsWith("/still")) {
            more = "Cache-Control: public, No-Transform\n";
        } else if (target.startsWith("/secret")) {
            more = """
                Cache-Control: no-store
                Vary: Cookie
                """;
        }
        return "HTTP/1.1 " + (more.startsWith("Location") ? "302 Found" : "200 OK") + "\n" + more + "Content-Length: "
                + body.length() + "\n\n" + body;
    }

    private static LaneTable table() {
        return Tables.read(
                """
                schema: 1
                carriers: {query: [trace-branch, lane], host: ["app-{lane}.test", "api-{lane}.test", "{lane}.wild.test"]}
                lanes: [{name: f-1}, {name: Feature/X}]
                services:
                  - name: app
                    hosts: [app.test]
                    deployments:
                      - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                      - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:BRANCH"]}
                      - {lane: Feature/X, protocol: http1, endpoints: ["127.0.0.1:BRANCH"]}
                  - name: api
                    hosts: [api.test]
                    policy: {cors: {origins: ["*"]}}
                    deployments:
                      - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                      - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:BRANCH"]}
                  - name: bare
                    deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}]
                  - name: wild
                    hosts: ["*.wild.test", wild.test]
                    deployments:
                      - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                routes:
                  - {hosts: [app.test], path: /api, service: api}
                  - {hosts: [app.test], path: /old, redirect: {host: app.test, prefix: /new}}
                """.replace("BASE", String.valueOf(base.port())).replace("BRANCH", String.valueOf(branch.port())));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        base.close();
        branch.close();
    }

    private static Response ask(TestGateway through, String method, String host, String target, String headers) {
        try (RawClient client = through.client()) {
            return client.send(method + " " + target + " HTTP/1.1\nHost: " + host + "\n" + headers + "\n")
                    .response(method.equals("HEAD"));
        }
    }

    private static Response get(String host, String target, String headers) {
        return ask(gateway, "GET", host, target, headers);
    }

    @Test
    void aLinkThatNamesALaneSetsItsCookie() {
        Response response = get("app.test", "/page?trace-branch=f-1&x=1", "");

        assertThat(response.body()).isEqualTo("branch");
        assertThat(response.header("set-cookie")).isEqualTo(SET);
        assertThat(branch.requests().get(branch.requests().size() - 1).startLine())
                .isEqualTo("GET /page?trace-branch=f-1&x=1 HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "/?trace-branch=F%2D1, trace-branch=f-1",
        "/?lane=f-1, trace-branch=f-1",
        "/?trace-branch=&lane=f-1, trace-branch=f-1",
        "/?trace-branch=Feature/X, trace-branch=feature-x",
        "/?trace-branch=master, trace-branch=master",
    })
    void theCookieHoldsTheSlugOfTheLane(String target, String cookie) {
        assertThat(get("app.test", target, "").header("set-cookie")).startsWith(cookie + "; Path=/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?x=trace-branch",
                "/?trace-branch",
                "/?trace-branch=nope",
                "/?trace-branch=%0d%0aSet-Cookie:%20a=b",
                "/?trace-branch=f-1%0d%0a",
                "/?trace-branch=///",
                "/trace-branch=f-1"
            })
    void whatNamesNoKnownLaneSetsNothing(String target) {
        Response response = get("app.test", target, "");

        assertThat(response.headers()).doesNotContainKey("set-cookie");
        assertThat(response.header("vary")).isEqualTo("cookie");
    }

    @Test
    void theLinkSetsItsLaneEvenWhereAHeaderNamesAnother() {
        assertThat(get("app.test", "/?trace-branch=f-1", "Trace-Branch: master\n")
                        .header("set-cookie"))
                .isEqualTo(SET);
    }

    @Test
    void anEmptyValueTakesTheCookieAwayAndServesTheBaseAtOnce() {
        Response response = get("app.test", "/?trace-branch=", "Cookie: a=1; trace-branch=f-1; b=2\n");

        assertThat(response.body()).isEqualTo("base");
        assertThat(response.header("set-cookie")).isEqualTo("trace-branch=; Path=/; SameSite=Lax; HttpOnly; Max-Age=0");
        assertThat(base.requests().get(base.requests().size() - 1).header("cookie"))
                .isEqualTo("a=1; b=2");
    }

    @Test
    void theCookieNamesTheLaneOfAllThatFollows() {
        assertThat(get("app.test", "/next", "Cookie: trace-branch=f-1\n").body())
                .isEqualTo("branch");
    }

    @Test
    void overTlsByTheTrustedSchemeTheCookieIsSecure() {
        EntryConfig entry = new EntryConfig(true, Duration.ofHours(8), "other.test", true, false);
        try (TestGateway proxied = TestGateway.over(
                table(),
                config -> TestGateway.with(
                        config,
                        config.listeners().stream()
                                .map(each -> each.name().equals("edge")
                                        ? behindAProxy(each).entered(entry)
                                        : each)
                                .toList()))) {
            assertThat(ask(proxied, "GET", "app.test", "/?trace-branch=f-1", "X-Forwarded-Proto: https\n")
                            .header("set-cookie"))
                    .isEqualTo("trace-branch=f-1; Path=/; SameSite=None; HttpOnly; Secure; Max-Age=28800; Partitioned");
            assertThat(ask(proxied, "GET", "app.test", "/?trace-branch=f-1", "").header("set-cookie"))
                    .isEqualTo(SET + "; Max-Age=28800");
        }
    }

    private static ListenerConfig behindAProxy(ListenerConfig edge) {
        return new ListenerConfig(
                edge.name(),
                edge.address(),
                edge.trust(),
                true,
                null,
                null,
                edge.unknownHost(),
                null,
                false,
                1,
                edge.paths());
    }

    @Test
    void severalHostsUnderOneDomainShareTheCookie() {
        try (TestGateway shared = over(new EntryConfig(true, null, "wild.test", false, false))) {
            assertThat(ask(shared, "GET", "Shop.Wild.test:8080", "/?trace-branch=f-1", "")
                            .header("set-cookie"))
                    .isEqualTo(SET + "; Domain=wild.test");
            assertThat(ask(shared, "GET", "app.test", "/?trace-branch=f-1", "").header("set-cookie"))
                    .isEqualTo(SET);
            assertThat(ask(shared, "GET", "a.wild.test", "/?trace-branch=", "").header("set-cookie"))
                    .contains("Max-Age=0; Domain=wild.test")
                    .endsWith("HttpOnly; Max-Age=0");
        }
    }

    @Test
    void cachesKeepLanesApartAndNoCacheGivesTheCookieToAnother() {
        Response entered = get("app.test", "/cached?trace-branch=f-1", "");
        Response plain = get("app.test", "/cached", "");

        assertThat(entered.header("cache-control")).isEqualTo("private, no-cache");
        assertThat(get("app.test", "/still?trace-branch=f-1", "").header("cache-control"))
                .as("that it may not be changed stays")
                .isEqualTo("private, no-cache, no-transform");
        assertThat(entered.headers()).doesNotContainKeys("expires", "cdn-cache-control");
        assertThat(entered.header("vary")).isEqualTo("Accept-Encoding,cookie");
        assertThat(plain.header("cache-control")).isEqualTo("public, max-age=60");
        assertThat(plain.header("vary")).isEqualTo("Accept-Encoding,cookie");
        Response secret = get("app.test", "/secret?trace-branch=f-1", "");
        assertThat(secret.header("cache-control")).isEqualTo("no-store");
        assertThat(secret.header("vary")).isEqualTo("Cookie");
    }

    @Test
    void localRedirectionsAndFailuresSetItToo() {
        Response redirected = get("app.test", "/old/x?trace-branch=f-1", "");

        assertThat(redirected.status()).isBetween(301, 308);
        assertThat(redirected.header("location")).isEqualTo("http://app.test/new/x?trace-branch=f-1");
        assertThat(redirected.header("set-cookie")).isEqualTo(SET);
        assertThat(get("nobody.test", "/?trace-branch=f-1", "").status()).isEqualTo(404);
    }

    @Test
    void internalListenersAndThoseWithoutEntrySetNothing() {
        try (TestGateway plain = over(null)) {
            Response response = ask(plain, "GET", "app.test", "/?trace-branch=f-1", "");
            assertThat(response.headers()).doesNotContainKeys("set-cookie", "vary");
            assertThat(response.body()).isEqualTo("branch");
        }
        try (RawClient inside = RawClient.to(gateway.inside())) {
            assertThat(inside.send("GET /?trace-branch=f-1 HTTP/1.1\nHost: app.test\n\n")
                            .response()
                            .headers())
                    .doesNotContainKey("set-cookie");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "app-f-1.test, /, branch, lane",
        "APP-F-1.TEST:8080, /, branch, lane",
        "app-nope.test, /, base, lane_unknown",
        "app-f-1.test, /api/x, branch, lane",
        "app.test, /api/x, base, base",
        "f-1.wild.test, /, base, fallback_absent",
    })
    void aLaneHostIsForTheServiceOfTheHostWithoutTheLane(String host, String path, String body, String reason) {
        Response response = get(host, path, "");

        assertThat(response.body()).isEqualTo(body);
        assertThat(response.header("x-laneway-decision")).isEqualTo(reason);
    }

    @Test
    void aLaneHostLeadsToNoServiceByItsBareName() {
        assertThat(get("bare-f-1.test", "/", "").status()).isEqualTo(404);
        assertThat(get("app-a.b.test", "/", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "http://app.test/next, http://app-f-1.test:80/next",
        "https://APP.test:8443/a?b=app.test, https://app-f-1.test:8443/a?b=app.test",
        "//api.test, //api-f-1.test",
        "/next, /next",
        "next?u=http://app.test/, next?u=http://app.test/",
        "https://other.test/, https://other.test/",
        "https://app.test.evil.test/, https://app.test.evil.test/",
        "https://app.test@evil.test/, https://app.test@evil.test/",
    })
    void redirectionsKeepTheLanesHost(String location, String kept) {
        String expected = kept.replace(":80/", "/");

        assertThat(get("app-f-1.test", "/to?" + location, "").header("location"))
                .isEqualTo(expected);
        assertThat(get("app.test", "/to?" + location, "").header("location")).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({
        "app-f-1.test, /, http://app-f-1.test, branch",
        "app.test, /?trace-branch=f-1, http://elsewhere.test, branch",
        "app.test, /, https://app-f-1.test:8443, branch",
        "app.test, /, http://app.test, base",
        "app.test, /, null, base",
    })
    void aPreflightGoesWhereItsRequestWillGo(String host, String target, String origin, String body) {
        String headers = "Origin: " + origin + "\nAccess-Control-Request-Method: PUT\n";

        assertThat(ask(gateway, "OPTIONS", host, target, headers).body()).isEqualTo(body);
        assertThat(get(host, target, "Origin: " + origin + "\n").body()).isEqualTo(body);
    }

    @Test
    void theServicesPolicyAnswersPreflightsOfPagesInALaneToo() {
        Response answered = ask(
                gateway,
                "OPTIONS",
                "api.test",
                "/",
                "Origin: http://app-f-1.test\nAccess-Control-Request-Method: PUT\n");

        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.header("access-control-allow-origin")).isEqualTo("*");
    }
}
