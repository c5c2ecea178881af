package io.laneway.gateway.traffic.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that shows a browser's lane: what it says, and what no site can make it do. */
class BadgeIT {

    private static final String PATH = "/.well-known/laneway";

    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.saying("application");
        gateway = over(true);
    }

    private static TestGateway over(boolean badge) {
        EntryConfig entry = new EntryConfig(true, null, null, false, badge);
        return TestGateway.over(
                new Tables()
                        .lane("f-1")
                        .lane("<b>\"fat\"</b>")
                        .service("a", "master", upstream.port())
                        .build(),
                config -> TestGateway.with(
                        config,
                        config.listeners().stream()
                                .map(each -> each.name().equals("edge") ? each.entered(entry) : each)
                                .toList()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static Response ask(TestGateway through, String method, String target, String headers) {
        try (RawClient client = through.client()) {
            return client.send(method + " " + target + " HTTP/1.1\nHost: a.test\n" + headers + "\n")
                    .response(method.equals("HEAD"));
        }
    }

    @Test
    void saysTheLaneAndWhy() {
        Response page = ask(gateway, "GET", PATH, "Cookie: trace-branch=f-1\n");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body())
                .contains("<code id=\"lane\">f-1</code>", "<dd id=\"served\">master</dd>", "fallback_absent")
                .contains("cookie trace-branch", "<button id=\"leave\">");
        assertThat(ask(gateway, "GET", PATH, "").body()).contains("<h1>No lane</h1>");
        assertThat(ask(gateway, "HEAD", PATH, "").status()).isEqualTo(200);
    }

    @Test
    void runsNothingLoadsNothingAndIsNotFramed() {
        Response page = ask(gateway, "GET", PATH, "");

        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'none';")
                .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("x-frame-options")).isEqualTo("DENY");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.header("cache-control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%3Cscript%3Ealert(1)%3C/script%3E", "\"><script>alert(1)</script>", "<b>\"fat\"</b>"})
    void namesAreTextAndNeverMarkup(String lane) {
        Response page = ask(gateway, "GET", PATH, "Trace-Branch: " + lane + "\n");

        assertThat(page.body()).doesNotContain("<script", "<b>").contains("id=\"lane\"");
    }

    @Test
    void thePagesOwnButtonLeavesTheLane() {
        Response left = ask(
                gateway,
                "POST",
                PATH,
                "Origin: http://a.test\nSec-Fetch-Site: same-origin\nContent-Length: 0\nCookie: trace-branch=f-1\n");

        assertThat(left.status()).isEqualTo(303);
        assertThat(left.header("location")).isEqualTo(PATH);
        assertThat(left.header("set-cookie"))
                .startsWith("trace-branch=; Path=/;")
                .contains("Max-Age=0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Origin: http://evil.test\n",
                "Origin: null\n",
                "Origin: http://a.test\nSec-Fetch-Site: cross-site\n",
                "Sec-Fetch-Site: same-site\n",
                "Sec-Fetch-Site: none\n",
                "Origin: https://a.test\n",
                "Origin: http://a.test:81\n"
            })
    void noOtherSiteCanPressIt(String headers) {
        Response refused = ask(gateway, "POST", PATH, headers + "Content-Length: 0\n");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void otherMethodsAreRefusedAndOtherPathsAreTheServices() {
        assertThat(ask(gateway, "DELETE", PATH, "").status()).isEqualTo(405);
        assertThat(ask(gateway, "GET", PATH + "/x", "").body()).isEqualTo("application");
        assertThat(ask(gateway, "GET", PATH + "?x=1", "").body()).contains("<h1>");
    }

    @Test
    void isTheServicesOwnPathUnlessItIsSwitchedOn() {
        try (TestGateway off = over(false)) {
            assertThat(ask(off, "GET", PATH, "").body()).isEqualTo("application");
        }
    }
}
