package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.TestControl.Answer;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.AuthConfig.FirstToken;
import io.laneway.control.auth.Role;
import io.laneway.testkit.Crowd;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who watches and reports, and until when. */
class GatewayRoleIT {

    private static final String REPORT = "{\"started\":\"run-1\",\"revision\":1}";
    private static final FirstToken ADMIN = new FirstToken(Role.ADMIN, "chosen-by-somebody-else-1");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private TestControl control;

    @AfterEach
    void stop() {
        control.close();
        vertx.close();
    }

    private void start(AuthConfig auth) {
        control = TestControl.start(ControlConfig.in(directory, 0).with(auth));
        control.put("/v1/table", ControlApiIT.PICTURE, bearer(ADMIN.secret()));
    }

    private void start() {
        start(new AuthConfig(null, Map.of(), List.of(ADMIN)));
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private Answer make(String body) {
        return control.post("/v1/tokens", body, bearer(ADMIN.secret()));
    }

    private String gateway(String pattern) {
        return make("{\"subject\":\"edge\",\"role\":\"gateway\",\"gateways\":\"" + pattern + "\"}")
                .json()
                .getString("token");
    }

    private int report(String id, String token) {
        return control.post("/v1/gateways/" + id + "/report", REPORT, bearer(token))
                .status();
    }

    /** A watch that is open; reading ends when the server ends it. */
    private final class Watch implements AutoCloseable {
        private final Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), control.api().port());

        Watch(String query, String token) throws IOException {
            String head = "GET /v1/table/watch" + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + token + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(30_000);
        }

        String status() throws IOException {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }

        /** How long the server let it be from now on. */
        Duration ended() throws IOException {
            long begin = System.nanoTime();
            String rest = "";
            while (!rest.endsWith("0\r\n\r\n")) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                rest = rest.length() > 10 ? rest.substring(1) + (char) next : rest + (char) next;
            }
            return Duration.ofNanos(System.nanoTime() - begin);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void onlyAGatewayReportsAndOnlyForItself() {
        start();
        String edge = gateway("edge-*");
        assertThat(report("edge-1", edge)).isEqualTo(200);
        assertThat(report("other-1", edge)).isEqualTo(403);
        assertThat(report("x-edge-1", edge)).isEqualTo(403);
        String one = gateway("gw-1");
        assertThat(report("gw-1", one)).isEqualTo(200);
        assertThat(report("gw-10", one)).isEqualTo(403);
        for (Role role : List.of(Role.VIEWER, Role.RELEASER, Role.ADMIN)) {
            String other = control.api().tokens().make("t", role, "", null).secret();
            assertThat(report("edge-1", other)).as(role.word()).isEqualTo(403);
        }
        assertThat(report("edge-1", ADMIN.secret())).isEqualTo(403);
        assertThat(control.get("/v1/gateways", bearer(ADMIN.secret())).json().getJsonArray("gateways"))
                .extracting(one2 -> ((JsonObject) one2).getString("id"))
                .containsExactly("edge-1", "gw-1");
    }

    @Test
    void aGatewayDoesNothingElse() {
        start();
        String edge = gateway("edge-*");
        for (String path : List.of("/v1/table", "/v1/lanes", "/v1/gateways", "/v1/tokens", "/v1/revisions")) {
            assertThat(control.get(path, bearer(edge)).status()).as(path).isEqualTo(403);
        }
        assertThat(control.put("/v1/lanes/f-1", "{}", bearer(edge)).status()).isEqualTo(403);
    }

    @Test
    void aTokenForGatewaysNamesThemAndNoOtherDoes() {
        start();
        assertThat(make("{\"subject\":\"e\",\"role\":\"gateway\"}").status()).isEqualTo(422);
        assertThat(make("{\"subject\":\"e\",\"role\":\"gateway\",\"gateways\":\"a\",\"lanes\":\"f-*\"}")
                        .status())
                .isEqualTo(422);
        assertThat(make("{\"subject\":\"e\",\"role\":\"admin\",\"gateways\":\"a\"}")
                        .status())
                .isEqualTo(422);
        assertThat(make("{\"subject\":\"e\",\"role\":\"gateway\",\"gateways\":\"edge-*\"}")
                        .json()
                        .getString("gateways"))
                .isEqualTo("edge-*");
    }

    @Test
    void aWatchIsForItsOwnGateway() throws IOException {
        start();
        String edge = gateway("edge-*");
        try (Watch own = new Watch("?gateway=edge-1", edge);
                Watch other = new Watch("?gateway=other", edge);
                Watch unnamed = new Watch("", edge);
                Watch viewer = new Watch("?gateway=edge-9", ADMIN.secret())) {
            assertThat(own.status()).endsWith("200");
            assertThat(other.status()).endsWith("403");
            assertThat(unnamed.status()).endsWith("403");
            assertThat(viewer.status()).endsWith("200");
            report("edge-9", edge);
            Answer applied = control.put("/v1/lanes/f-8?wait=applied&timeout=50ms", "{}", bearer(ADMIN.secret()));
            assertThat(applied.status()).as("edge-9 did report once").isEqualTo(202);
        }
    }

    @Test
    void aRevokedTokenEndsItsWatchesWithinASecond() throws IOException {
        start();
        Answer made = make("{\"subject\":\"edge\",\"role\":\"gateway\",\"gateways\":\"*\"}");
        String token = made.json().getString("token");
        String other = gateway("*");
        try (Watch watch = new Watch("?gateway=a", token);
                Watch stays = new Watch("?gateway=b", other)) {
            assertThat(watch.status()).endsWith("200");
            assertThat(stays.status()).endsWith("200");
            control.delete(made.header("location").orElseThrow(), bearer(ADMIN.secret()));
            assertThat(watch.ended()).isLessThan(Crowd.allows(Duration.ofSeconds(1)));
            await().until(() -> control.api().parts().hub().size() == 1);
        }
    }

    @Test
    void anExpiredTokenEndsItsWatchesWithinASecond() throws IOException {
        start();
        long made = System.nanoTime();
        String token = make("{\"subject\":\"e\",\"role\":\"gateway\",\"gateways\":\"*\",\"ttl\":\"3s\"}")
                .json()
                .getString("token");
        try (Watch watch = new Watch("?gateway=a", token)) {
            assertThat(watch.status()).endsWith("200");
            watch.ended();
            assertThat(Duration.ofNanos(System.nanoTime() - made))
                    .isBetween(
                            Duration.ofMillis(2_900), Duration.ofSeconds(3).plus(Crowd.allows(Duration.ofSeconds(1))));
        }
        assertThat(report("a", token)).isEqualTo(401);
    }

    @Test
    void aJwtEndsItsWatchesWhenItExpiresAndWhenItsKeyIsWithdrawn() throws Exception {
        TestIssuer issuer = new TestIssuer(vertx);
        TestIssuer.Key key = TestIssuer.Key.of("k1");
        TestIssuer.Key next = TestIssuer.Key.of("k2");
        issuer.publishes(key, next);
        start(new AuthConfig(issuer.oidc().with(Duration.ofMillis(200)), Map.of(), List.of(ADMIN)));
        long now = System.currentTimeMillis();
        long until = now / 1_000 + 4;
        JsonObject claims = TestIssuer.claims("gateway", until).put("laneway_gateways", "edge-*");
        String longer = claims.copy().put("exp", until + 600).encode();
        try (Watch expires = new Watch("?gateway=edge-1", key.sign(claims.encode()));
                Watch withdrawn = new Watch("?gateway=edge-2", key.sign(longer));
                Watch stays = new Watch("?gateway=edge-3", next.sign(longer));
                Watch other = new Watch("?gateway=other", key.sign(longer))) {
            assertThat(expires.status()).endsWith("200");
            assertThat(withdrawn.status()).endsWith("200");
            assertThat(stays.status()).endsWith("200");
            assertThat(other.status()).endsWith("403");
            expires.ended();
            assertThat(System.currentTimeMillis())
                    .isBetween(
                            until * 1_000,
                            until * 1_000 + Crowd.allows(Duration.ofSeconds(1)).toMillis());
            issuer.publishes(next);
            assertThat(withdrawn.ended()).isLessThan(Crowd.allows(Duration.ofMillis(1_500)));
            await().until(() -> control.api().parts().hub().size() == 1);
        }
    }

    @Test
    void theFirstTokenEndsTheWatchesOfThoseWithoutOne() throws IOException {
        control = TestControl.start(directory);
        control.put("/v1/table", ControlApiIT.PICTURE);
        try (Watch watch = new Watch("", "none")) {
            assertThat(watch.status()).endsWith("401");
        }
        TestWatch open = control.watch("?gateway=a");
        await().until(() -> control.api().parts().hub().size() == 1);
        control.post("/v1/tokens", "{\"subject\":\"ada\",\"role\":\"admin\"}");
        await().atMost(Duration.ofSeconds(2))
                .until(() -> control.api().parts().hub().size() == 0);
        open.close();
    }
}
