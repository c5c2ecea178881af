package io.laneway.gateway.traffic.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.config.JwtConfig.Issuer;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.KeyPublisher;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TokenKey;
import io.laneway.gateway.testkit.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that count: what they choose, what endpoints get of them, and where they are demanded. */
class TokensIT {

    private static final TokenKey KEY = TokenKey.of("k1");
    private final KeyPublisher keys = new KeyPublisher(KEY);
    private TokenGateway at;

    @AfterEach
    void stop() {
        at.close();
        keys.close();
    }

    private JwtConfig jwt() {
        return TokenGateway.jwt(keys.uri());
    }

    private static String last(Upstream upstream, String header) {
        List<Upstream.Request> requests = upstream.requests();
        return requests.get(requests.size() - 1).header(header);
    }

    @Test
    void everyAlgorithmByWhichOnlyTheIssuerCanSignCounts() {
        TokenKey[] all = Stream.of(
                        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
                        "Ed25519")
                .map(name -> (name.matches("[RP]S.*") ? KEY.by(name) : TokenKey.of("", name)).as("key-" + name))
                .toArray(TokenKey[]::new);
        keys.publish(all);
        at = new TokenGateway(jwt());
        for (TokenKey key : all) {
            RawClient.Response response = at.get(key.sign(TokenGateway.claims()));
            assertThat(response.header("x-laneway-decision"))
                    .as(key.algorithm())
                    .isEqualTo("pinned");
            String unnamed = key.sign("{\"alg\":\"" + key.algorithm() + "\"}", TokenGateway.claims(",\"x\":1"));
            assertThat(at.get(unnamed).body()).as(key.algorithm()).isEqualTo("G0");
        }
    }

    @Test
    void typesAudiencesAndTimesThatHold() {
        at = new TokenGateway(jwt());
        for (String type : List.of("JWT", "jwt", "at+jwt", "application/at+jwt")) {
            String header = "{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"" + type + "\"}";
            assertThat(at.get(KEY.sign(header, TokenGateway.claims())).status())
                    .as(type)
                    .isEqualTo(200);
        }
        long end = TokenGateway.NOW + 36_000;
        long now = System.currentTimeMillis() / 1_000;
        String claims = TokenGateway.claims();
        assertThat(Stream.of(
                        claims.replace("\"shop\"", "[\"x\",\"shop\"]"),
                        claims.replace("" + end, "" + end + ".5"),
                        claims.replace("" + end, "1e300"),
                        claims.replace("" + end, "92233720368547758070000"),
                        TokenGateway.claims(",\"nbf\":" + (now + 10)),
                        claims.replace("" + end, "" + (now - 1))))
                .allSatisfy(each -> assertThat(at.get(KEY.sign(each)).body()).isEqualTo("G0"));
    }

    @Test
    void aRememberedTokenIsFoundAgainAndEndsWithItsTime() {
        at = new TokenGateway(new JwtConfig(
                jwt().issuers(), false, Map.of(), true, Duration.ZERO, Duration.ofSeconds(5), JwtConfig.Failure.DENY));
        long end = System.currentTimeMillis() / 1_000 + 3;
        String token = KEY.sign(TokenGateway.claims().replace("" + (TokenGateway.NOW + 36_000), "" + end));
        assertThat(at.get(token).body()).isEqualTo("G0");
        ListenerTokens tokens = at.gateway.plane().parts().tokens().of("edge");
        assertThat(at.get(token).body()).isEqualTo("G0");
        assertThat(tokens.verified()).isEqualTo(1);
        assertThat(tokens.found()).isEqualTo(1);
        org.awaitility.Awaitility.await().until(() -> System.currentTimeMillis() > end * 1_000);
        assertThat(at.get(token).status()).isEqualTo(401);
        assertThat(tokens.refused(TokenRefusal.EXPIRED)).isEqualTo(1);
        assertThat(tokens.verified()).isEqualTo(1);
    }

    @Test
    void whereATokenIsRequiredARequestWithoutIs401() {
        at = new TokenGateway(TokenGateway.requiring(jwt()));
        try (RawClient client = at.client()) {
            RawClient.Response response = client.get("/");
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("www-authenticate")).isEqualTo("Bearer");
            assertThat(response.body()).contains("\"service\":\"a\"");
            assertThat(client.get("/", "Authorization: Basic eDp5\n").status()).isEqualTo(401);
            assertThat(client.send("GET / HTTP/1.1\nHost: nowhere.test\n\n")
                            .response()
                            .status())
                    .as("no hint of which hosts there are")
                    .isEqualTo(401);
            assertThat(client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 3\n\nabc")
                            .response()
                            .status())
                    .isEqualTo(401);
            assertThat(client.get("/", "Authorization: Bearer " + KEY.sign(TokenGateway.claims()) + "\n")
                            .body())
                    .isEqualTo("G0");
        }
        try (FrameSocket client = FrameSocket.client(at.gateway.port())) {
            client.headers(1, true, FrameSocket.POST + "content-type: application/grpc\nte: trailers\n");
            assertThat(client.response(1).field("grpc-status")).isEqualTo("16");
        }
        assertThat(at.base.requests()).isEmpty();
        try (RawClient client = RawClient.to(at.gateway.inside())) {
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void servicesAndRoutesMayBePublicOrDemandOne() {
        at = new TokenGateway(TokenGateway.requiring(jwt()), "access: {public: true}");
        assertThat(status("/")).isEqualTo(200);
        assertThat(status("/private/x")).as("its route goes before its service").isEqualTo(401);
        assertThat(status("/moved")).as("a redirection").isEqualTo(302);
        assertThat(status("/guarded")).as("a redirection that demands one").isEqualTo(401);
        assertThat(at.get("a.b.c").status()).as("a wrong one is refused always").isEqualTo(401);
        at.close();

        at = new TokenGateway(jwt(), "access: {public: false}");
        assertThat(status("/")).isEqualTo(401);
        assertThat(status("/open/x")).isEqualTo(200);
        assertThat(at.get(KEY.sign(TokenGateway.claims())).body()).isEqualTo("G0");
    }

    private int status(String path) {
        try (RawClient client = at.client()) {
            return client.get(path).status();
        }
    }

    @Test
    void aPreflightThatTheGatewayAnswersNeedsNone() {
        at = new TokenGateway(TokenGateway.requiring(jwt()), "cors: {origins: [\"https://page\"]}");
        String preflight =
                "OPTIONS / HTTP/1.1\nHost: a.test\nOrigin: https://page\nAccess-Control-Request-Method: GET\n\n";
        try (RawClient client = at.client()) {
            RawClient.Response response = client.send(preflight).response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("access-control-allow-origin")).isEqualTo("https://page");
            RawClient.Response denied = client.get("/", "Origin: https://page\n");
            assertThat(denied.status()).isEqualTo(401);
            assertThat(denied.header("access-control-allow-origin")).isEqualTo("https://page");
            assertThat(client.send(preflight.replace("a.test", "b.test"))
                            .response()
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void endpointsGetTheHeadersOfTheTokenAndStrangersSayNothingThere() {
        at = new TokenGateway(TokenGateway.saying(
                jwt(), Map.of("x-org", "org", "X-User", "sub", "x-groups", "groups", "x-bad", "bad"), true));
        String token = KEY.sign(TokenGateway.claims(
                ",\"groups\":[\"dev\",\"größe\",7],\"bad\":\"a\\r\\nx-admin: yes\",\"email\":\"g@example.com\""));
        String forged = "X-User: root\nx-user: root\nx_user: root\nX_Org: bank\nX-Groups: admin\nx-bad: 1\n";
        try (RawClient client = at.client()) {
            assertThat(client.get("/", forged + "Authorization: Bearer " + token + "\n")
                            .status())
                    .isEqualTo(200);
            Upstream.Request request = at.gray.requests().get(0);
            assertThat(request.head().toLowerCase(java.util.Locale.ROOT))
                    .containsOnlyOnce("x-user:")
                    .containsOnlyOnce("x-org:")
                    .containsOnlyOnce("x-groups:")
                    .doesNotContain("x_user", "x_org", "x-bad", "x-admin", "root", "bank");
            assertThat(request.header("x-user")).isEqualTo("grace");
            assertThat(request.header("x-groups").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                    .isEqualTo("dev,größe,7".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(request.header("authorization")).isEqualTo("Bearer " + token);
            assertThat(client.get("/", forged).body()).isEqualTo("base");
            assertThat(at.base.requests().get(0).head().toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("x-user", "x_user", "x-org", "x_org", "x-groups", "x-bad");
        }
    }

    @Test
    void aHeaderOfTheTokenIsThereBeforeTheTenantIsReadFromIt() {
        at = new TokenGateway(TokenGateway.saying(jwt(), Map.of("x-org", "org"), true));
        String toB = "GET / HTTP/1.1\nHost: b.test\nX-Org: demo\n";
        try (RawClient client = at.client()) {
            assertThat(client.send(toB + "\n").response().body()).isEqualTo("base");
            assertThat(client.send(toB + "Authorization: Bearer " + KEY.sign(TokenGateway.claims()) + "\n\n")
                            .response()
                            .body())
                    .isEqualTo("G0");
        }
    }

    @Test
    void aTokenThatIsNotForwardedStaysHere() {
        at = new TokenGateway(TokenGateway.saying(jwt(), Map.of("x-user", "sub"), false));
        assertThat(at.get(KEY.sign(TokenGateway.claims())).status()).isEqualTo(200);
        assertThat(last(at.gray, "authorization")).isNull();
        assertThat(last(at.gray, "x-user")).isEqualTo("grace");
        try (RawClient client = at.client()) {
            client.get("/", "Authorization: Basic eDp5\n");
        }
        assertThat(last(at.base, "authorization")).isEqualTo("Basic eDp5");
    }

    @Test
    void withoutAudiencesAnyIsTakenAndTypesMayBeNarrowed() {
        Issuer issuer =
                new Issuer(TokenGateway.ISSUER, List.of(), keys.uri(), List.of("at+jwt"), Issuer.DEFAULT_REFRESH, null);
        at = new TokenGateway(JwtConfig.of(List.of(issuer)));
        String typed = "{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"at+jwt\"}";
        String claims = TokenGateway.claims().replace("\"shop\"", "\"whatever\"");
        assertThat(at.get(KEY.sign(typed, claims)).status()).isEqualTo(200);
        assertThat(at.get(KEY.sign(claims)).status()).isEqualTo(401);
    }
}
