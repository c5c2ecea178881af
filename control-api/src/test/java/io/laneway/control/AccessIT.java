package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlConfig.Bounds;
import io.laneway.control.ControlConfig.Listen;
import io.laneway.control.TestControl.Answer;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.AuthConfig.FirstToken;
import io.laneway.control.auth.Role;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, seen from outside: refusals leave no trace in the table. */
class AccessIT {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private TestControl control;

    @AfterEach
    void stop() {
        if (control != null) {
            control.close();
        }
        vertx.close();
    }

    private String token(Role role, String lanes) {
        return control.api()
                .tokens()
                .make("t-" + role.word(), role, lanes, null)
                .secret();
    }

    /** Five calls a second by a clock that stands still. */
    private ControlConfig limited() {
        return ControlConfig.in(directory, 0)
                .with(new Bounds(Duration.ofSeconds(15), 5, null))
                .with(Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC));
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    @Test
    void oneTokenShutsTheDoorsForThoseWithout() {
        control = TestControl.start(directory);
        assertThat(control.put("/v1/lanes/f-1", "{}").status()).isEqualTo(201);
        Answer made = control.post("/v1/tokens", "{\"subject\":\"ada\",\"role\":\"admin\"}");
        assertThat(made.status()).isEqualTo(201);
        String secret = made.json().getString("token");

        assertThat(control.get("/v1/table").status()).isEqualTo(401);
        assertThat(control.get("/v1/table").header("www-authenticate")).isPresent();
        assertThat(control.get("/v1/table", bearer("lwy_wrong")).status()).isEqualTo(401);
        assertThat(control.put("/v1/lanes/f-2", "{}", bearer("lwy_wrong")).status())
                .isEqualTo(401);
        assertThat(control.get("/v1/table", bearer(secret)).revision()).isEqualTo(1);
        assertThat(control.put("/v1/lanes/f-2", "{}", bearer(secret)).status()).isEqualTo(201);
        assertThat(control.get("/v1/revisions/2", bearer(secret)).json().getString("who"))
                .isEqualTo("ada");
        assertThat(control.get("/v1/tokens", bearer(secret)).body())
                .as("secrets are never shown again")
                .doesNotContain(secret.substring(4));
    }

    /** What scrapes has the gateways' token in a cluster, and needs no further one. */
    @Test
    void aGatewaysTokenReadsMetricsAndNothingElse() {
        control = TestControl.start(directory);
        String admin = token(Role.ADMIN, "");
        control.api().parts().authenticator().refresh();
        Answer made = control.post(
                "/v1/tokens", "{\"subject\":\"gw\",\"role\":\"gateway\",\"gateways\":\"gw-*\"}", bearer(admin));
        String gateway = made.json().getString("token");

        assertThat(control.get("/metrics").status()).isEqualTo(401);
        assertThat(control.get("/metrics", bearer(gateway)).status()).isEqualTo(200);
        for (String path : List.of("/v1/table", "/v1/gateways", "/v1/revisions", "/v1/tail", "/v1/lanes")) {
            assertThat(control.get(path, bearer(gateway)).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void aViewerReadsAReleaserReleasesAnAdminDoesTheRest() {
        control = TestControl.start(directory);
        String admin = token(Role.ADMIN, "");
        String viewer = token(Role.VIEWER, "");
        String releaser = token(Role.RELEASER, "");
        control.api().parts().authenticator().refresh();

        assertThat(control.put("/v1/lanes/f-1", "{}", bearer(viewer)).status()).isEqualTo(403);
        assertThat(control.put("/v1/services/a", "{}", bearer(releaser)).status())
                .isEqualTo(403);
        assertThat(control.post("/v1/apply", "{\"services\":[]}", bearer(releaser))
                        .status())
                .isEqualTo(403);
        assertThat(control.get("/v1/tokens", bearer(releaser)).status()).isEqualTo(403);
        assertThat(control.get("/v1/table", bearer(viewer)).revision())
                .as("without a trace")
                .isZero();
        assertThat(control.put("/v1/lanes/f-1", "{}", bearer(releaser)).status())
                .isEqualTo(201);
        assertThat(control.put("/v1/services/a", "{}", bearer(admin)).status()).isEqualTo(201);
    }

    @Test
    void aTokenForSomeLanesChangesNoOthers() {
        control = TestControl.start(directory);
        String admin = token(Role.ADMIN, "");
        String mine = token(Role.RELEASER, "f-*");
        control.api().parts().authenticator().refresh();
        control.put("/v1/table", ControlApiIT.PICTURE, bearer(admin));

        assertThat(control.put("/v1/lanes/f-9", "{}", bearer(mine)).status()).isEqualTo(201);
        assertThat(control.put("/v1/lanes/other", "{}", bearer(mine)).status()).isEqualTo(403);
        assertThat(control.delete("/v1/lanes/G1", bearer(mine)).status()).isEqualTo(403);
        assertThat(control.put("/v1/services/a/deployments/G1", "{\"endpoints\":[\"127.0.0.1:1\"]}", bearer(mine))
                        .status())
                .isEqualTo(403);
        assertThat(control.put(
                                "/v1/shifts/default",
                                "{\"environments\":[{\"lane\":\"G0\",\"share\":\"5%\"}]}",
                                bearer(mine))
                        .status())
                .isEqualTo(403);
        assertThat(control.post("/v1/apply", "{\"lanes\":[{\"name\":\"other\"}]}", bearer(mine))
                        .status())
                .isEqualTo(403);
        assertThat(control.get("/v1/table", bearer(mine)).revision()).isEqualTo(2);
    }

    @Test
    void aTokenForSomeLanesMakesNoShiftAndChangesNoneForAllTenants() {
        control = TestControl.start(directory);
        String admin = token(Role.ADMIN, "");
        String mine = token(Role.RELEASER, "f-*");
        control.api().parts().authenticator().refresh();
        control.put("/v1/lanes/f-1", "{}", bearer(admin));
        String all = "{\"tenant\":[{\"header\":\"x-tenant-id\"}],"
                + "\"environments\":[{\"lane\":\"f-1\",\"share\":\"100%\"}]}";

        assertThat(control.put("/v1/shifts/default", all, bearer(mine)).status())
                .isEqualTo(403);
        assertThat(control.put("/v1/shifts/empty", "{}", bearer(mine)).status()).isEqualTo(403);
        assertThat(control.post("/v1/apply", "{\"shifts\":[{\"name\":\"default\"}]}", bearer(mine))
                        .status())
                .isEqualTo(403);
        assertThat(control.put("/v1/shifts/default", all, bearer(admin)).status())
                .isEqualTo(201);
        assertThat(control.put("/v1/shifts/default", all.replace("100%", "20%"), bearer(mine))
                        .status())
                .as("a share of a lane of its own")
                .isEqualTo(200);
        assertThat(control.put("/v1/shifts/default", all.replace("header", "cookie"), bearer(mine))
                        .status())
                .isEqualTo(403);
        assertThat(control.put("/v1/shifts/default", "{\"enabled\":false}", bearer(mine))
                        .status())
                .isEqualTo(403);
        control.put("/v1/shifts/default", "{\"enabled\":false}", bearer(admin));
        assertThat(control.post("/v1/shifts/default/switch", "{\"to\":\"f-1\"}", bearer(mine))
                        .status())
                .as("switches it on")
                .isEqualTo(403);
        assertThat(control.post("/v1/shifts/default/revert", "", bearer(mine)).status())
                .as("switches it on")
                .isEqualTo(403);
    }

    @Test
    void aTokenIsMadeOnceUnderAKeyAndNotAtAllInADryRun() {
        control = TestControl.start(directory);
        String admin = token(Role.ADMIN, "");
        control.api().parts().authenticator().refresh();
        String body = "{\"subject\":\"ci\",\"role\":\"releaser\"}";
        String[] once = {"Authorization", "Bearer " + admin, "Idempotency-Key", "ci-1"};
        assertThat(control.post("/v1/tokens?dryRun=true", body, bearer(admin)).status())
                .isEqualTo(200);
        assertThat(control.post("/v1/tokens", body, once).status()).isEqualTo(201);
        assertThat(control.post("/v1/tokens", body, once).status()).isEqualTo(409);
        assertThat(control.api().tokens().all()).hasSize(2);
    }

    @Test
    void theFirstTokenLetsSomebodyInWhoCanMakeOthers() {
        control = TestControl.start(directory);
        for (String wrong : List.of("\"viewer\"", "\"admin\",\"lanes\":\"f-*\"", "\"admin\",\"ttl\":\"1d\"")) {
            Answer refused = control.post("/v1/tokens", "{\"subject\":\"ada\",\"role\":" + wrong + "}");
            assertThat(refused.status()).as(wrong).isEqualTo(409);
        }
        assertThat(control.post("/v1/tokens", "{\"subject\":\"ada\",\"role\":\"admin\",\"ttl\":\"0s\"}")
                        .status())
                .isEqualTo(422);
        assertThat(control.get("/v1/table").status()).as("the doors are open").isEqualTo(200);
    }

    @Test
    void whoMadeAndRevokedATokenStandsInTheAudit() {
        control = TestControl.start(directory);
        Answer first = control.post("/v1/tokens", "{\"subject\":\"ada\",\"role\":\"admin\"}");
        String[] ada = bearer(first.json().getString("token"));
        Answer made = control.post(
                "/v1/tokens",
                "{\"subject\":\"ci\",\"role\":\"releaser\",\"lanes\":\"f-*\"}",
                "Authorization",
                ada[1],
                "X-Reason",
                "nightly");
        String path = made.header("location").orElseThrow();
        assertThat(control.get(path, ada).etag()).isEqualTo(made.etag());
        assertThat(control.get(path, ada).body()).doesNotContain("lwy_");
        assertThat(control.delete(path, "Authorization", ada[1], "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(control.delete(path + "?dryRun=true", ada).status()).isEqualTo(200);
        Answer gone = control.delete(path, "Authorization", ada[1], "If-Match", made.etag());
        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.revision()).as("no revision of the table").isZero();

        JsonArray audit = control.get("/v1/audit", ada).json().getJsonArray("audit");
        assertThat(audit).hasSize(3);
        JsonObject last = audit.getJsonObject(0);
        assertThat(last.getString("action")).isEqualTo("revoke");
        assertThat(last.getString("who")).isEqualTo("ada");
        assertThat(last.getString("subject")).isEqualTo("token " + path.substring(path.lastIndexOf('/') + 1));
        assertThat(last.getString("detail")).isEqualTo("releaser ci f-*");
        assertThat(audit.getJsonObject(1).getString("why")).isEqualTo("nightly");
        assertThat(audit.getJsonObject(2).getString("who")).isEqualTo("anonymous");
        assertThat(control.get("/v1/audit?before=3&limit=1", ada)
                        .json()
                        .getJsonArray("audit")
                        .getJsonObject(0)
                        .getLong("number"))
                .isEqualTo(2);
        String viewer = token(Role.VIEWER, "");
        assertThat(control.get("/v1/audit", bearer(viewer)).status()).isEqualTo(403);
    }

    @Test
    void aRevokedTokenIsNothing() {
        control = TestControl.start(directory);
        String admin = token(Role.ADMIN, "");
        control.api().parts().authenticator().refresh();
        String id = control.get("/v1/tokens", bearer(admin))
                .json()
                .getJsonArray("tokens")
                .getJsonObject(0)
                .getString("id");
        assertThat(control.delete("/v1/tokens/" + id, bearer(admin)).status()).isEqualTo(200);
        assertThat(control.get("/v1/table", bearer(admin)).status()).isEqualTo(401);
        assertThat(control.get("/v1/table").status()).as("the doors stay shut").isEqualTo(401);
    }

    @Test
    void aStoreWithoutTokensGetsItsFirstOnesAndKeepsWhatItHas() {
        FirstToken admin = new FirstToken(Role.ADMIN, "chosen-by-somebody-else-1");
        FirstToken viewer = new FirstToken(Role.VIEWER, "chosen-by-somebody-else-2");
        AuthConfig auth = new AuthConfig(null, Map.of(), List.of(admin, viewer));
        ControlConfig config = ControlConfig.in(directory, 0).with(new Listen("0.0.0.0", 0, null));
        control = TestControl.start(config.with(auth));
        assertThat(control.api().host()).isEqualTo("0.0.0.0");
        assertThat(control.get("/v1/table").status()).isEqualTo(401);
        assertThat(control.put("/v1/services/a", "{}", bearer(admin.secret())).status())
                .isEqualTo(201);
        assertThat(control.get("/v1/revisions/1", bearer(admin.secret())).json().getString("who"))
                .isEqualTo("first-admin");
        assertThat(control.put("/v1/services/b", "{}", bearer(viewer.secret())).status())
                .isEqualTo(403);
        control.close();

        FirstToken late = new FirstToken(Role.ADMIN, "chosen-by-somebody-else-3");
        control = TestControl.start(config.with(new AuthConfig(null, Map.of(), List.of(late))));
        assertThat(control.get("/v1/table", bearer(late.secret())).status())
                .as("a store that has tokens takes no first one")
                .isEqualTo(401);
        assertThat(control.get("/v1/table", bearer(admin.secret())).status()).isEqualTo(200);
    }

    @Test
    void aSubjectThatCallsTooOftenIsToldToWaitAndNobodyElseIs() {
        control = TestControl.start(limited());
        String busy = token(Role.ADMIN, "");
        String calm = token(Role.VIEWER, "");
        control.api().parts().authenticator().refresh();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(control.put("/v1/lanes/l-" + i, "{}", bearer(busy)));
        }
        List<Answer> refused = answers.stream().filter(a -> a.status() == 429).toList();
        assertThat(refused).as("a second's worth twice, and time stands still").hasSize(30);
        assertThat(refused.get(0).header("retry-after")).hasValue("1");
        Answer table = control.get("/v1/table", bearer(calm));
        assertThat(table.status()).isEqualTo(200);
        assertThat(table.revision()).as("what was refused left no trace").isEqualTo(40 - refused.size());
    }

    @Test
    void anAddressThatGuessesTokensIsToldToWait() {
        control = TestControl.start(limited());
        token(Role.ADMIN, "");
        control.api().parts().authenticator().refresh();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(control.get("/v1/table", bearer("lwy_guess" + i)).status());
        }
        assertThat(statuses).contains(401, 429).containsOnly(401, 429);
    }

    @Test
    void aBodyBeyondItsBoundAndOneOfAStrangerAreNotKept() {
        control = TestControl.start(directory);
        String large = " ".repeat(9 << 20);
        assertThat(control.put("/v1/lanes/f-1", large + "{}").status()).isEqualTo(413);
        assertThat(control.put("/v1/table", large + ControlApiIT.PICTURE).status())
                .as("a whole table may be larger")
                .isEqualTo(200);
        token(Role.ADMIN, "");
        control.api().parts().authenticator().refresh();
        assertThat(control.put("/v1/table", large, bearer("lwy_wrong")).status())
                .isEqualTo(401);
        assertThat(control.get("/livez").status()).isEqualTo(200);
    }

    @Test
    void withoutTokensItListensOnLoopbackOnly() {
        control = TestControl.start(ControlConfig.in(directory, 0).with(new Listen("0.0.0.0", 0, null)));
        assertThat(control.api().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void tokensOfAnIssuerAreVerifiedAndExpiredOnesRefused() throws Exception {
        JsonObject key = key();
        JsonObject open = new JsonObject()
                .put("kty", "RSA")
                .put("kid", "k1")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("n", key.getString("n"))
                .put("e", key.getString("e"));
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .end(new JsonObject()
                                .put("keys", new JsonArray().add(open))
                                .encode()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .actualPort();
        AuthConfig.Oidc oidc =
                AuthConfig.Oidc.of("https://issuer", URI.create("http://127.0.0.1:" + port + "/jwks"), "laneway");
        control = TestControl.start(ControlConfig.in(directory, 0).with(new AuthConfig(oidc, Map.of(), List.of())));
        JWTAuth issuer = JWTAuth.create(vertx, new JWTAuthOptions().addJwk(key));

        JsonObject claims = new JsonObject()
                .put("sub", "grace")
                .put("laneway_role", "releaser")
                .put("laneway_lanes", "f-*");
        String good = issuer.generateToken(claims.copy(), options(600));
        assertThat(control.put("/v1/lanes/f-1", "{}", bearer(good)).status()).isEqualTo(201);
        assertThat(control.put("/v1/lanes/x-1", "{}", bearer(good)).status()).isEqualTo(403);
        assertThat(control.get("/v1/revisions/1", bearer(good)).json().getString("who"))
                .isEqualTo("grace");

        String expired = issuer.generateToken(claims.copy(), options(-600));
        String foreign = issuer.generateToken(claims.copy(), options(600).setIssuer("https://other"));
        String nobody = issuer.generateToken(claims.copy().put("laneway_role", "king"), options(600));
        assertThat(control.put("/v1/lanes/f-2", "{}", bearer(expired)).status()).isEqualTo(401);
        assertThat(control.put("/v1/lanes/f-2", "{}", bearer(foreign)).status()).isEqualTo(401);
        assertThat(control.put("/v1/lanes/f-2", "{}", bearer(nobody)).status()).isEqualTo(403);
        assertThat(control.put("/v1/lanes/f-2", "{}", bearer(good + "x")).status())
                .isEqualTo(401);
        assertThat(control.put("/v1/lanes/f-2", "{}").status()).isEqualTo(401);
        assertThat(control.get("/v1/table", bearer(good)).revision()).isEqualTo(1);
    }

    private static JWTOptions options(int seconds) {
        return new JWTOptions()
                .setAlgorithm("RS256")
                .setIssuer("https://issuer")
                .addAudience("laneway")
                .setExpiresInSeconds(seconds);
    }

    private static JsonObject key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        return new JsonObject()
                .put("kty", "RSA")
                .put("kid", "k1")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("n", number(key.getModulus()))
                .put("e", number(key.getPublicExponent()))
                .put("d", number(key.getPrivateExponent()))
                .put("p", number(key.getPrimeP()))
                .put("q", number(key.getPrimeQ()))
                .put("dp", number(key.getPrimeExponentP()))
                .put("dq", number(key.getPrimeExponentQ()))
                .put("qi", number(key.getCrtCoefficient()));
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
