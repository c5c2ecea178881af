package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.auth.AuthConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JWTs: whose keys count, for how long, and which claims make a token one that does not hold. */
class OidcIT {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final long now = System.currentTimeMillis() / 1_000;
    private TestIssuer issuer;
    private TestIssuer.Key first;
    private TestControl control;

    @BeforeEach
    void issue() throws Exception {
        issuer = new TestIssuer(vertx);
        first = TestIssuer.Key.of("k1");
        issuer.publishes(first);
    }

    @AfterEach
    void stop() {
        if (control != null) {
            control.close();
        }
        vertx.close();
    }

    private void start(Duration refresh) {
        AuthConfig auth = new AuthConfig(issuer.oidc().with(refresh), Map.of(), List.of());
        control = TestControl.start(ControlConfig.in(directory, 0).with(auth));
    }

    private int get(String token) {
        return control.get("/v1/table", "Authorization", "Bearer " + token).status();
    }

    private JsonObject claims() {
        return TestIssuer.claims("viewer", now + 600);
    }

    @Test
    void aClaimOfAWrongTypeIsATokenThatDoesNotHold() throws Exception {
        start(Duration.ofMinutes(5));
        assertThat(get(first.sign(claims().encode()))).isEqualTo(200);
        for (Object exp :
                new Object[] {"" + (now + 600), true, null, new JsonArray().add(now + 600), new JsonObject()}) {
            assertThat(get(first.sign(claims().put("exp", exp).encode())))
                    .as("exp %s", exp)
                    .isEqualTo(401);
        }
        for (String exp : List.of("1e999", "-1", "1", "0.5", "-1e300", "1e3")) {
            assertThat(get(first.sign(claims().encode().replace("" + (now + 600), exp))))
                    .as("exp %s", exp)
                    .isEqualTo(401);
        }
        for (String exp : List.of("1e300", "9223372036854775807", "92233720368547758070000", (now + 600) + ".5")) {
            assertThat(get(first.sign(claims().encode().replace("" + (now + 600), exp))))
                    .as("exp %s", exp)
                    .isEqualTo(200);
        }
        for (String time : List.of("nbf", "iat")) {
            for (Object wrong : new Object[] {"0", false, null, now + 600, 1e300, new JsonArray()}) {
                assertThat(get(first.sign(claims().put(time, wrong).encode())))
                        .as("%s %s", time, wrong)
                        .isEqualTo(401);
            }
            assertThat(get(first.sign(claims().put(time, now - 5).encode()))).isEqualTo(200);
        }
        for (Object aud : new Object[] {7, null, new JsonArray().add("laneway").add(7), new JsonObject(), "other"}) {
            assertThat(get(first.sign(claims().put("aud", aud).encode())))
                    .as("aud %s", aud)
                    .isEqualTo(401);
        }
        assertThat(get(first.sign(claims().put("aud", new JsonArray().add("x").add("laneway"))
                        .encode())))
                .isEqualTo(200);
        for (String name : List.of("iss", "sub", "laneway_lanes")) {
            for (Object wrong : new Object[] {7, true, null, new JsonArray().add("f-*"), new JsonObject()}) {
                assertThat(get(first.sign(claims().put(name, wrong).encode())))
                        .as("%s %s", name, wrong)
                        .isEqualTo(401);
            }
        }
        for (Object role : new Object[] {7, null, new JsonObject(), "king", "gateway"}) {
            assertThat(get(first.sign(claims().put("laneway_role", role).encode())))
                    .as("role %s", role)
                    .isEqualTo(403);
        }
        assertThat(get(first.sign("[]"))).isEqualTo(401);
        assertThat(get(first.sign("[".repeat(2_000)))).isEqualTo(401);
        JsonObject critical =
                new JsonObject().put("alg", "RS256").put("kid", "k1").put("crit", new JsonArray().add("x"));
        assertThat(get(first.sign(critical, claims().encode()))).isEqualTo(401);
        for (String wrong : List.of("a.b.c", "..", "....", "x", "é.é.é")) {
            assertThat(get(wrong.replace("é", "%"))).as(wrong).isEqualTo(401);
        }
    }

    @Test
    void anIssuerWithoutKeysVerifiesNothing() {
        String admin = TestIssuer.claims("admin", now + 600).encode();
        for (String keys : List.of("{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}")) {
            issuer.answers(200, keys);
            start(Duration.ofMinutes(5));
            assertThat(get(TestIssuer.unsigned(admin))).as(keys).isEqualTo(401);
            control.close();
            control = null;
        }
    }

    @Test
    void errorsOfTheIssuerEmptyNothingAndAWithdrawnKeyIsGoneAfterTheTimer() throws Exception {
        start(Duration.ofMillis(100));
        String token = first.sign(claims().encode());
        await().until(() -> get(token) == 200);
        for (String wrong : List.of("", "[]", "{\"keys\":7}", "{}", "<html>")) {
            issuer.answers(200, wrong);
            seen();
            assertThat(get(token)).as(wrong).isEqualTo(200);
        }
        issuer.publishes();
        issuer.answers(503, "{\"keys\":[]}");
        seen();
        assertThat(get(token)).isEqualTo(200);
        TestIssuer.Key second = TestIssuer.Key.of("k2");
        issuer.publishes(second);
        await().until(() -> get(token) == 401);
        assertThat(get(second.sign(claims().encode()))).isEqualTo(200);
    }

    /** Waits until the issuer was asked twice from now: the first answer may be an old one. */
    private void seen() {
        int before = issuer.fetched();
        await().until(() -> issuer.fetched() >= before + 2);
    }

    @Test
    void anUnknownKeyIsFetchedAtOnceAndTheIssuerIsAskedOnceInTenSeconds() throws Exception {
        start(Duration.ofMinutes(5));
        await().until(() -> get(first.sign(claims().encode())) == 200);
        int before = issuer.fetched();
        long start = System.nanoTime();
        TestIssuer.Key second = TestIssuer.Key.of("k2");
        issuer.publishes(first, second);
        assertThat(get(second.sign(claims().encode()))).isEqualTo(200);
        assertThat(issuer.fetched()).isEqualTo(before + 1);
        TestIssuer.Key unknown = TestIssuer.Key.of("k3");
        for (int i = 0; i < 20; i++) {
            assertThat(get(new TestIssuer.Key("k-" + i, unknown.pair()).sign(claims().encode())))
                    .isEqualTo(401);
            assertThat(get(new TestIssuer.Key("k1", unknown.pair()).sign(claims().encode())))
                    .as("a key that is known signed something else")
                    .isEqualTo(401);
        }
        long tenSeconds = (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(10);
        assertThat(issuer.fetched() - before).isBetween(1, 1 + (int) tenSeconds);
        assertThat(get(first.sign(claims().encode()))).isEqualTo(200);
    }

    @Test
    void aKeyThatIsNotUnderstoodDoesNotTakeTheOthersAway() throws Exception {
        JsonArray keys = new JsonArray()
                .add(new JsonObject()
                        .put("kty", "RSA")
                        .put("kid", "x")
                        .put("n", "!")
                        .put("e", 7))
                .add(new JsonObject().put("kty", "weird"))
                .add(7)
                .add(first.open());
        issuer.answers(200, new JsonObject().put("keys", keys).encode());
        start(Duration.ofMinutes(5));
        assertThat(get(first.sign(claims().encode()))).isEqualTo(200);
    }
}
