package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.TestControl.Answer;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.AuthConfig.Login;
import io.laneway.control.auth.AuthConfig.Oidc;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Browsers log in at an issuer that is a real server; what a thief or another site could try is refused. */
class LoginIT {

    private static final String CLIENT = "laneway-console";

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private static final TestIssuer.Key KEY = key();

    private TestControl control;
    private String issuer;
    private volatile JsonObject asked = new JsonObject();
    private volatile String token = "";

    private static TestIssuer.Key key() {
        try {
            return TestIssuer.Key.of("k1");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(this::respond)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .actualPort();
        issuer = "http://127.0.0.1:" + port;
        control = start("http://localhost:9900", directory.resolve("one"));
    }

    private TestControl start(String api, Path store) {
        Oidc oidc = Oidc.of(issuer, URI.create(issuer + "/jwks"), "laneway")
                .with(new Login(CLIENT, "s e+cret", URI.create(api)));
        return TestControl.start(ControlConfig.in(store, 0).with(new AuthConfig(oidc, Map.of(), List.of())));
    }

    @AfterEach
    void stop() {
        control.close();
        vertx.close();
    }

    private void respond(HttpServerRequest request) {
        switch (request.path()) {
            case "/jwks" ->
                request.response()
                        .end(new JsonObject()
                                .put("keys", new JsonArray().add(KEY.open()))
                                .encode());
            case "/.well-known/openid-configuration" ->
                request.response()
                        .end(new JsonObject()
                                .put("issuer", issuer)
                                .put("authorization_endpoint", issuer + "/authorize?realm=a")
                                .put("token_endpoint", issuer + "/token")
                                .encode());
            default ->
                request.body().onSuccess(body -> {
                    JsonObject form = new JsonObject();
                    query(body.toString()).forEach(form::put);
                    asked = form.put("authorization", request.getHeader("authorization"));
                    request.response()
                            .end(new JsonObject().put("id_token", token).encode());
                });
        }
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String one : text.split("&")) {
            String[] pair = one.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    /** What a browser has after it was sent to the issuer. */
    private record Begun(String cookie, Map<String, String> query) {
        String state() {
            return query.get("state");
        }
    }

    private Begun begin(TestControl at, String to) {
        Answer answer = at.get("/v1/login" + to);
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        String location = answer.header("location").orElseThrow();
        assertThat(location).startsWith(issuer + "/authorize?realm=a&response_type=code&client_id=" + CLIENT);
        String cookie = answer.header("set-cookie").orElseThrow();
        assertThat(cookie).contains("; HttpOnly", "; SameSite=Lax", "; Path=/v1/login", "; Max-Age=600");
        return new Begun(
                cookie.substring(0, cookie.indexOf(';')),
                query(URI.create(location).getRawQuery()));
    }

    private JsonObject claims(Begun begun) {
        return TestIssuer.claims("releaser", System.currentTimeMillis() / 1_000 + 600)
                .put("iss", issuer)
                .put("aud", CLIENT)
                .put("nonce", begun.query().get("nonce"));
    }

    private Answer end(Begun begun, String state, JsonObject claims) throws Exception {
        token = KEY.sign(claims.encode());
        return control.get("/v1/login/callback?code=c-1&state=" + state + "&session_state=x", "Cookie", begun.cookie());
    }

    /** Logs in, and gives the cookie of the session. */
    private String session() throws Exception {
        Begun begun = begin(control, "");
        return session(end(begun, begun.state(), claims(begun)));
    }

    private static String session(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        String set = answer.response().headers().allValues("set-cookie").stream()
                .filter(cookie -> cookie.startsWith("laneway-session="))
                .findFirst()
                .orElseThrow();
        assertThat(set).contains("; HttpOnly", "; SameSite=Strict", "; Path=/");
        return set.substring(0, set.indexOf(';'));
    }

    @Test
    void aBrowserLogsInWorksAndLogsOut() throws Exception {
        assertThat(control.get("/v1/session").json())
                .isEqualTo(new JsonObject()
                        .put("authenticated", false)
                        .put("open", false)
                        .put("login", "/v1/login"));
        Begun begun = begin(control, "?to=/console/%3Flane%3Df-1");
        Answer back = end(begun, begun.state(), claims(begun));
        String cookie = session(back);
        assertThat(back.header("location")).contains("/console/?lane=f-1");
        assertThat(back.body() + cookie).doesNotContain(token);

        assertThat(asked.getString("code")).isEqualTo("c-1");
        assertThat(asked.getString("redirect_uri"))
                .isEqualTo(begun.query().get("redirect_uri"))
                .isEqualTo("http://localhost:9900/v1/login/callback");
        assertThat(asked.getString("authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString((CLIENT + ":s+e%2Bcret").getBytes(StandardCharsets.UTF_8)));
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(asked.getString("code_verifier").getBytes(StandardCharsets.US_ASCII));
        assertThat(begun.query().get("code_challenge"))
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        assertThat(begun.query().get("code_challenge_method")).isEqualTo("S256");

        JsonObject who = control.get("/v1/session", "Cookie", cookie).json();
        assertThat(who.getString("subject")).isEqualTo("grace");
        assertThat(who.getString("role")).isEqualTo("releaser");
        assertThat(who.getString("by")).isEqualTo("session");
        Answer made = control.put(
                "/v1/lanes/f-1", "{}", "Cookie", cookie, "X-Laneway-Csrf", who.getString("csrf"), "X-Reason", "a try");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        JsonObject edit = control.get("/v1/revisions", "Cookie", cookie)
                .json()
                .getJsonArray("revisions")
                .getJsonObject(0);
        assertThat(edit.getString("who")).isEqualTo("grace");
        assertThat(control.post("/v1/tokens", "{}", "Cookie", cookie, "X-Laneway-Csrf", who.getString("csrf"))
                        .status())
                .isEqualTo(403);

        Answer out = control.post("/v1/logout", null, "Cookie", cookie);
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("set-cookie").orElseThrow())
                .startsWith("laneway-session=;")
                .contains("Max-Age=0");
    }

    @Test
    void aCallThatChangesSomethingMustComeFromAPageThatCouldReadWhatThisApiSaid() throws Exception {
        String mine = session();
        String csrf = control.get("/v1/session", "Cookie", mine).json().getString("csrf");
        String others = control.get("/v1/session", "Cookie", session()).json().getString("csrf");
        String[][] attempts = {
            {"Cookie", mine},
            {"Cookie", mine, "X-Laneway-Csrf", ""},
            {"Cookie", mine, "X-Laneway-Csrf", others},
            {"Cookie", mine, "X-Laneway-Csrf", csrf, "Origin", "https://evil.example"},
            {"Cookie", mine, "X-Laneway-Csrf", csrf, "Origin", "null"},
        };
        for (String[] headers : attempts) {
            assertThat(control.put("/v1/lanes/f-9", "{}", headers).status())
                    .as(String.join(" ", headers))
                    .isEqualTo(403);
            assertThat(control.delete("/v1/lanes/f-9", headers).status()).isEqualTo(403);
            assertThat(control.post("/v1/apply", "{}", headers).status()).isEqualTo(403);
        }
        assertThat(control.get("/v1/lanes", "Cookie", mine, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(control.post("/v1/logout", null, "Cookie", mine, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(control.get("/v1/lanes/f-9", "Cookie", mine).status()).isEqualTo(404);
    }

    @Test
    void aCallbackCountsForTheBrowserThatBeganTheLoginAlone() throws Exception {
        Begun mine = begin(control, "");
        Begun thief = begin(control, "");
        token = KEY.sign(claims(mine).encode());
        String callback = "/v1/login/callback?code=c-1&state=";
        assertThat(control.get(callback + mine.state()).status())
                .as("no cookie")
                .isEqualTo(400);
        assertThat(control.get(callback + mine.state(), "Cookie", thief.cookie())
                        .status())
                .as("another login's cookie")
                .isEqualTo(400);
        assertThat(control.get(callback + thief.state(), "Cookie", mine.cookie())
                        .status())
                .as("another login's state")
                .isEqualTo(400);
        assertThat(control.get("/v1/login/callback?code=c-1", "Cookie", mine.cookie())
                        .status())
                .as("no state")
                .isEqualTo(400);
        String changed = mine.cookie().substring(0, mine.cookie().length() - 2) + "AA";
        assertThat(control.get(callback + mine.state(), "Cookie", changed).status())
                .as("a changed cookie")
                .isEqualTo(400);
        assertThat(asked.isEmpty()).as("the issuer was asked for no token").isTrue();
        Answer refused = control.get(
                "/v1/login/callback?error=access_denied%22%3Cset&state=" + mine.state(), "Cookie", mine.cookie());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().getString("detail")).contains("access_denied??set");
    }

    @Test
    void anIdTokenThatIsNotOfThisLoginBeginsNoSession() throws Exception {
        Begun begun = begin(control, "");
        Begun other = begin(control, "");
        JsonObject right = claims(begun);
        List<JsonObject> wrong = List.of(
                right.copy().put("nonce", other.query().get("nonce")),
                without(right, "nonce"),
                right.copy().put("aud", "laneway"),
                right.copy()
                        .put("aud", new JsonArray().add(CLIENT).add("other"))
                        .put("azp", "other"),
                right.copy().put("iss", "https://evil.example"),
                right.copy().put("exp", 1),
                without(right, "sub"),
                right.copy().put("laneway_role", "gateway").put("laneway_gateways", "*"),
                without(right, "laneway_role"));
        for (JsonObject claims : wrong) {
            Answer answer = end(begun, begun.state(), claims);
            assertThat(answer.status()).as(claims.encode()).isIn(401, 403);
            assertThat(answer.response().headers().allValues("set-cookie"))
                    .as(claims.encode())
                    .noneMatch(cookie -> cookie.startsWith("laneway-session="));
        }
        token = TestIssuer.unsigned(right.encode());
        assertThat(control.get("/v1/login/callback?code=c&state=" + begun.state(), "Cookie", begun.cookie())
                        .status())
                .isEqualTo(401);
        token = TestIssuer.Key.of("k1").sign(right.encode());
        assertThat(control.get("/v1/login/callback?code=c&state=" + begun.state(), "Cookie", begun.cookie())
                        .status())
                .isEqualTo(401);
        assertThat(session(end(begun, begun.state(), right))).isNotEmpty();
    }

    private static JsonObject without(JsonObject claims, String name) {
        JsonObject rest = claims.copy();
        rest.remove(name);
        return rest;
    }

    @Test
    void aLoginLeadsToAPageOfTheConsoleAlone() {
        for (String to : List.of(
                "https%3A//evil.example/",
                "//evil.example/",
                "/%5Cevil.example",
                "/console/..%5C..%5Cevil",
                "/console",
                "/v1/lanes",
                "/console/../v1/lanes",
                "/console/.%252E//evil.example",
                "/console/%20",
                "/console/%C3%A9",
                "")) {
            Answer answer = control.get("/v1/login?to=" + to);
            assertThat(answer.status()).as(to).isEqualTo(400);
            assertThat(answer.header("location")).isEmpty();
            assertThat(answer.header("set-cookie")).isEmpty();
        }
    }

    @Test
    void aSessionIsNeitherMadeNorKeptByItsBrowser() throws Exception {
        String planted = session();
        assertThat(session()).as("each login has a session of its own").isNotEqualTo(planted);
        for (String cookie : List.of(
                "laneway-session="
                        + Base64.getEncoder().encodeToString("{\"role\":\"admin\"}".getBytes(StandardCharsets.UTF_8)),
                "laneway-session=",
                "laneway-session=é",
                planted.substring(0, planted.length() - 3) + "AAA",
                planted.replace("laneway-session=", "laneway-login="),
                begin(control, "").cookie().replace("laneway-login=", "laneway-session="))) {
            assertThat(control.get("/v1/lanes", "Cookie", cookie.replace("é", "%C3%A9"))
                            .status())
                    .as(cookie)
                    .isEqualTo(401);
        }
        assertThat(control.get("/v1/lanes", "Cookie", planted).status()).isEqualTo(200);
        try (TestControl other = start("http://localhost:9900", directory.resolve("other"))) {
            assertThat(other.get("/v1/lanes", "Cookie", planted).status())
                    .as("another store's secret")
                    .isEqualTo(401);
        }
    }

    @Test
    void allSessionsOfASubjectEndAtOnceAndStayEnded() throws Exception {
        String lost = session();
        String mine = session();
        assertThat(control.post("/v1/logout?everywhere=true", null).status()).isEqualTo(401);
        assertThat(control.post("/v1/logout?everywhere=true", null, "Cookie", mine, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(control.get("/v1/lanes", "Cookie", lost).status()).isEqualTo(200);
        try (TestWatch stream = TestWatch.open(control.api().url() + "/v1/events", "Cookie", lost)) {
            stream.next("open");
            assertThat(control.post("/v1/logout?everywhere=true", null, "Cookie", mine)
                            .status())
                    .isEqualTo(204);

            assertThat(control.get("/v1/lanes", "Cookie", lost).status()).isEqualTo(401);
            assertThat(control.get("/v1/lanes", "Cookie", mine).status()).isEqualTo(401);
            await().until(stream::ended);
        }
        assertThat(control.get("/v1/lanes", "Cookie", session()).status())
                .as("who logs in again works again")
                .isEqualTo(200);
        control.close();
        control = start("http://localhost:9900", directory.resolve("one"));
        assertThat(control.get("/v1/lanes", "Cookie", lost).status())
                .as("what reads the store later knows it")
                .isEqualTo(401);
    }

    @Test
    void anAdminEndsTheSessionsOfAnother() throws Exception {
        String grace = session();
        Begun begun = begin(control, "");
        String admin = session(
                end(begun, begun.state(), claims(begun).put("sub", "root").put("laneway_role", "admin")));
        String csrf = control.get("/v1/session", "Cookie", grace).json().getString("csrf");
        assertThat(control.delete("/v1/sessions/root", "Cookie", grace, "X-Laneway-Csrf", csrf)
                        .status())
                .isEqualTo(403);
        String its = control.get("/v1/session", "Cookie", admin).json().getString("csrf");
        Answer ended = control.delete(
                "/v1/sessions/grace", "Cookie", admin, "X-Laneway-Csrf", its, "X-Reason", "a lost laptop");

        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(control.get("/v1/lanes", "Cookie", grace).status()).isEqualTo(401);
        assertThat(control.get("/v1/lanes", "Cookie", admin).status()).isEqualTo(200);
        JsonObject noted = control.get("/v1/audit?limit=1", "Cookie", admin)
                .json()
                .getJsonArray("audit")
                .getJsonObject(0);
        assertThat(noted.encode()).contains("root", "a lost laptop", "sessions of grace");
    }

    @Test
    void byTlsTheCookieIsOneThatNoOtherHostCanPlant() throws Exception {
        String plain = session();
        control.close();
        control = start("https://lanes.example.com/", directory.resolve("one"));
        Answer answer = control.get("/v1/login");
        assertThat(answer.header("set-cookie").orElseThrow())
                .startsWith("__Secure-laneway-login=")
                .endsWith("; Secure");
        assertThat(query(URI.create(answer.header("location").orElseThrow()).getRawQuery())
                        .get("redirect_uri"))
                .isEqualTo("https://lanes.example.com/v1/login/callback");
        assertThat(control.get("/v1/lanes", "Cookie", plain).status()).isEqualTo(401);
        String host = plain.replace("laneway-session=", "__Host-laneway-session=");
        assertThat(control.get("/v1/lanes", "Cookie", host).status()).isEqualTo(200);
    }

    @Test
    void withoutALoginThereIsNoRouteForIt() {
        ControlConfig config = ControlConfig.in(directory.resolve("plain"), 0);
        try (TestControl plain = TestControl.start(config)) {
            assertThat(plain.get("/v1/login").status()).isEqualTo(404);
            JsonObject who = plain.get("/v1/session").json();
            assertThat(who.getBoolean("open")).isTrue();
            assertThat(who.containsKey("login")).isFalse();
        }
    }
}
