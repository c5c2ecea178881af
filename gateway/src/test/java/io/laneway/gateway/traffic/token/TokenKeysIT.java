package io.laneway.gateway.traffic.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.config.JwtConfig.Issuer;
import io.laneway.gateway.testkit.KeyPublisher;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.TokenKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of issuers: read on a timer and at unknown ones, kept through errors, and what becomes of requests without any. */
class TokenKeysIT {

    private static final TokenKey FIRST = TokenKey.of("k1");
    private static final TokenKey SECOND = TokenKey.of("k2");

    private final KeyPublisher keys = new KeyPublisher(FIRST);
    private TokenGateway at;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        at.close();
        keys.close();
    }

    private static JwtConfig jwt(URI uri, Duration refresh) {
        return JwtConfig.of(
                List.of(new Issuer(TokenGateway.ISSUER, List.of("shop"), uri, Issuer.DEFAULT_TYPES, refresh, null)));
    }

    private int status(String token) {
        return at.get(token).status();
    }

    private static String token(TokenKey key) {
        return key.sign(TokenGateway.claims());
    }

    @Test
    void anUnknownKeyIsReadAtOnceAndAFloodOfThemAsksTheIssuerOnceInTenSeconds() {
        at = new TokenGateway(TokenGateway.jwt(keys.uri()));
        await().until(() -> status(token(FIRST)) == 200);
        int before = keys.asked();
        long start = System.nanoTime();
        keys.publish(FIRST, SECOND);
        assertThat(status(token(SECOND))).isEqualTo(200);
        assertThat(keys.asked()).isEqualTo(before + 1);
        for (int i = 0; i < 100; i++) {
            assertThat(status(token(SECOND.as("k-" + i)))).isEqualTo(401);
            assertThat(status(SECOND.sign("{\"alg\":\"PS256\"}", "{\"iss\":\"https://id\"}")))
                    .isEqualTo(401);
        }
        long tenSeconds = (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(10);
        assertThat(keys.asked() - before).isBetween(1, 1 + (int) tenSeconds);
        assertThat(status(token(FIRST))).isEqualTo(200);
    }

    @Test
    void aServerOfKeysIsKnownByItsAuthorityWhichMayBeExchanged() throws Exception {
        TestTls strangers = TestTls.make();
        TestTls ours = TestTls.make();
        Path ca = Files.copy(strangers.file("ca.pem"), folder.resolve("ca.pem"));
        try (KeyPublisher secure = new KeyPublisher(ours, FIRST)) {
            at = new TokenGateway(JwtConfig.of(List.of(new Issuer(
                    TokenGateway.ISSUER, List.of(), secure.uri(), Issuer.DEFAULT_TYPES, Duration.ofMillis(100), ca))));
            assertThat(status(token(FIRST))).isEqualTo(503);
            Files.writeString(ca, "no certificate");
            assertThat(status(token(FIRST))).isEqualTo(503);
            assertThat(secure.asked()).isZero();
            Files.copy(ours.file("ca.pem"), ca, StandardCopyOption.REPLACE_EXISTING);
            await().until(() -> status(token(FIRST)) == 200);
            Files.delete(ca);
            assertThat(status(token(FIRST))).isEqualTo(200);
        }
    }

    @Test
    void errorsEmptyNothingAndAWithdrawnKeyIsGoneWithTheTokensItSigned() {
        at = new TokenGateway(jwt(keys.uri(), Duration.ofMillis(100)));
        String token = token(FIRST);
        await().until(() -> status(token) == 200);
        for (String wrong : List.of("", "[]", "{\"keys\":7}", "{}", "<html>")) {
            keys.answers(200, wrong);
            seen();
            assertThat(status(token(FIRST))).as(wrong).isEqualTo(200);
        }
        keys.answers(503, KeyPublisher.document());
        seen();
        assertThat(status(FIRST.sign(TokenGateway.claims(",\"x\":1")))).isEqualTo(200);
        keys.publish(SECOND);
        await().until(() -> status(token) == 401);
        assertThat(status(token(SECOND))).isEqualTo(200);
    }

    /** Waits until it was asked twice from now: the first answer may be an old one. */
    private void seen() {
        int before = keys.asked();
        await().until(() -> keys.asked() >= before + 2);
    }

    @Test
    void aKeyThatIsNotUnderstoodDoesNotTakeTheOthersAwayAndSymmetricOnesNeverCount() {
        TokenKey weak = FIRST.as("weak");
        keys.answers(
                200,
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"x\",\"n\":\"!\",\"e\":7},{\"kty\":\"weird\"},"
                        + "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"},"
                        + weak.jwk().replace("\"use\":\"sig\"", "\"use\":\"enc\"") + "," + FIRST.jwk() + "]}");
        at = new TokenGateway(TokenGateway.jwt(keys.uri()));
        assertThat(status(token(FIRST))).isEqualTo(200);
        assertThat(status(token(weak))).isEqualTo(401);
        assertThat(at.gateway.plane().parts().tokens().of("edge").keys())
                .singleElement()
                .satisfies(status -> assertThat(status.keys()).isEqualTo(1));
    }

    @Test
    void whileTheIssuerIsSilentARequestWaitsItsTimeAndIs503AndOthersDoNotWait() {
        keys.hold();
        at = new TokenGateway(TokenGateway.within(TokenGateway.jwt(keys.uri()), Duration.ofMillis(400)));
        long start = System.nanoTime();
        RawClient.Response response = at.get(token(FIRST));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("retry-after")).isEqualTo("1");
        assertThat(response.header("www-authenticate")).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
        try (RawClient client = at.client()) {
            assertThat(client.get("/").body()).isEqualTo("base");
        }
        assertThat(at.gray.requests()).isEmpty();
        keys.release();
        await().until(() -> status(token(FIRST)) == 200);
    }

    @Test
    void whereTheIssuerIsAwayRequestsAre503OrLoseTheirTokenAsConfigured() throws IOException {
        keys.answers(500, "");
        at = new TokenGateway(TokenGateway.jwt(keys.uri()));
        assertThat(status(token(FIRST))).isEqualTo(503);
        at.close();

        at = new TokenGateway(TokenGateway.allowing(TokenGateway.jwt(keys.uri())));
        RawClient.Response response = at.get(token(FIRST));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("base");
        assertThat(at.base.requests().get(0).header("authorization"))
                .as("nothing behind the gateway is to believe it")
                .isNull();
        assertThat(status("a.b.c")).isEqualTo(401);
        at.close();

        at = new TokenGateway(TokenGateway.requiring(TokenGateway.allowing(TokenGateway.jwt(keys.uri()))));
        assertThat(status(token(FIRST))).isEqualTo(401);
    }

    @Test
    void keysOfAFileFollowIt() throws IOException {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, KeyPublisher.document(FIRST));
        at = new TokenGateway(TokenGateway.jwt(file.toUri()));
        assertThat(status(token(FIRST))).isEqualTo(200);
        Files.writeString(file, KeyPublisher.document(SECOND));
        await().until(() -> status(token(FIRST)) == 401);
        assertThat(status(token(SECOND))).isEqualTo(200);
        Files.delete(file);
        await().until(() ->
                at.gateway.plane().parts().tokens().of("edge").keys().get(0).failed() > 0);
        assertThat(status(SECOND.sign(TokenGateway.claims(",\"x\":1")))).isEqualTo(200);
    }

    @Test
    void aResponseWithoutEndIsGivenUp() {
        keys.answers(200, "x".repeat(2 << 20));
        at = new TokenGateway(TokenGateway.jwt(keys.uri()));
        assertThat(status(token(FIRST))).isEqualTo(503);
        assertThat(at.gateway.plane().parts().tokens().of("edge").keys().get(0).failed())
                .isPositive();
    }
}
