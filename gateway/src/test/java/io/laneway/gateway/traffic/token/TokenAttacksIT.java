package io.laneway.gateway.traffic.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.config.JwtConfig.Issuer;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.KeyPublisher;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TokenKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that do not count, however they come: they choose no tenant and are answered 401 always. */
class TokenAttacksIT {

    private static final long NOW = TokenGateway.NOW;
    private static final TokenKey KEY = TokenKey.of("k1");
    private static final TokenKey ELLIPTIC = TokenKey.of("e1", "ES256");
    private static final TokenKey OTHER = TokenKey.of("o1");
    private static final TokenKey STRANGER = TokenKey.of("k1");

    private KeyPublisher keys;
    private KeyPublisher others;
    private TokenGateway at;

    @BeforeEach
    void start() {
        keys = new KeyPublisher(KEY, ELLIPTIC);
        others = new KeyPublisher(OTHER);
        JwtConfig jwt = JwtConfig.of(List.of(
                Issuer.of(TokenGateway.ISSUER, List.of("shop"), keys.uri()),
                Issuer.of("https://other", List.of("bank"), others.uri())));
        at = new TokenGateway(jwt);
    }

    @AfterEach
    void stop() {
        at.close();
        keys.close();
        others.close();
    }

    private static String claims() {
        return TokenGateway.claims();
    }

    /** A header that says more than algorithm and key, each member begun by a comma. */
    private static String header(String more) {
        return "{\"alg\":\"RS256\",\"kid\":\"k1\"" + more + "}";
    }

    private static String with(String name, String value) {
        String claims = claims();
        return claims.replaceFirst("\"" + name + "\":(\"[^\"]*\"|\\d+)", "\"" + name + "\":" + value);
    }

    /** Signed with the text of the public key as the secret, which everybody knows. */
    private static String confused(byte[] secret) {
        String text = TokenKey.part("{\"alg\":\"HS256\",\"kid\":\"k1\"}") + "." + TokenKey.part(claims());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return text + "." + TokenKey.part(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> attacks() {
        String good = KEY.sign(claims());
        String[] parts = good.split("\\.");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("alg none", TokenKey.part("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        all.put("alg None", TokenKey.part("{\"alg\":\"None\"}") + "." + parts[1] + ".");
        all.put("alg none with a signature", TokenKey.part("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
        all.put("no alg", KEY.sign("{\"kid\":\"k1\"}", claims()));
        all.put("alg twice", KEY.sign("{\"alg\":\"RS256\",\"alg\":\"RS256\",\"kid\":\"k1\"}", claims()));
        all.put("HS256 by the public key", confused(KEY.pair().getPublic().getEncoded()));
        all.put("HS256 by its PEM", confused(pem().getBytes(StandardCharsets.US_ASCII)));
        all.put("RS256 said, ES256 key named", KEY.sign("{\"alg\":\"RS256\",\"kid\":\"e1\"}", claims()));
        all.put("ES256 of zeros", zeros());
        all.put("another algorithm than it was signed by", KEY.sign("{\"alg\":\"RS512\",\"kid\":\"k1\"}", claims()));
        all.put("a stranger's key of that name", STRANGER.sign(claims()));
        all.put("a key in its header", STRANGER.sign(header(",\"jwk\":" + STRANGER.jwk()), claims()));
        all.put("a stranger's key, none named", STRANGER.sign("{\"alg\":\"RS256\"}", claims()));
        all.put("an unknown key", STRANGER.as("k9").sign(claims()));
        all.put("other claims", parts[0] + "." + TokenKey.part(with("org", "\"bank\"")) + "." + parts[2]);
        all.put("no signature", parts[0] + "." + parts[1] + ".");
        all.put("half a signature", parts[0] + "." + parts[1] + "." + parts[2].substring(0, 100));
        all.put("expired", KEY.sign(with("exp", String.valueOf(NOW - 60))));
        all.put("without an end", KEY.sign(claims().replace("\"exp\":" + (NOW + 36_000), "\"x\":1")));
        for (String exp : List.of("\"" + (NOW + 36_000) + "\"", "null", "true", "[]", "1e999", "0", "-1")) {
            all.put("exp " + exp, KEY.sign(with("exp", exp)));
        }
        for (String time : List.of("\"0\"", "null", String.valueOf(NOW + 36_000), "1e300", "[0]")) {
            all.put("nbf " + time, KEY.sign(TokenGateway.claims(",\"nbf\":" + time)));
        }
        for (String aud : List.of("\"bank\"", "7", "null", "[]", "[\"shop\",7]", "{}", "\"Shop\"", "\"shop \"")) {
            all.put("aud " + aud, KEY.sign(with("aud", aud)));
        }
        for (String iss : List.of("\"https://other\"", "\"https://id/\"", "null", "[\"https://id\"]", "7")) {
            all.put("iss " + iss, KEY.sign(with("iss", iss)));
        }
        all.put("replayed: another issuer's token with our issuer's name", OTHER.sign(claims()));
        all.put("another issuer's token for us", OTHER.sign(with("iss", "\"https://other\"")));
        all.put("a critical header", KEY.sign(header(",\"crit\":[\"x\"],\"x\":1"), claims()));
        all.put("an empty list of critical headers", KEY.sign(header(",\"crit\":[]"), claims()));
        all.put("an unencoded payload", KEY.sign(header(",\"b64\":false"), claims()));
        for (String type : List.of("logout+jwt", "dpop+jwt", "JOSE")) {
            all.put("typ " + type, KEY.sign(header(",\"typ\":\"" + type + "\""), claims()));
        }
        all.put("typ 7", KEY.sign(header(",\"typ\":7"), claims()));
        all.put("kid 7", KEY.sign("{\"alg\":\"RS256\",\"kid\":7}", claims()));
        all.put("a claim twice", KEY.sign(TokenGateway.claims(",\"org\":\"demo\"")));
        all.put("claims, and more behind", KEY.sign(claims() + "{}"));
        all.put("claims in UTF-16", utf16());
        for (String payload : List.of("[]", "7", "\"x\"", "null", "", "[".repeat(2_000), "{\"a\":".repeat(2_000))) {
            all.put("payload " + payload.substring(0, Math.min(6, payload.length())), KEY.sign(payload));
        }
        all.put("padding", good + "=");
        all.put("another alphabet", good.replace('-', '+').replace('_', '/') + "+");
        all.put("spare bits", parts[0] + "." + parts[1] + "." + spare(parts[2]));
        for (String text : List.of("", "x", "a.b", "a.b.c", "..", "...", good + ".", good + "." + good, "é.é.é")) {
            all.put("'" + text.substring(0, Math.min(8, text.length())) + "' of " + text.length(), text);
        }
        all.put("two in one", good + "," + good);
        all.put("two with a blank", good + " " + good);
        all.put("five parts", good + "." + parts[0] + "." + parts[1]);
        all.put("huge", good + "A".repeat(20_000));
        all.put("huge claims", KEY.sign(TokenGateway.claims(",\"x\":\"" + "y".repeat(20_000) + "\"")));
        return all;
    }

    private static String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEY.pair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** The signature that once passed for every text (CVE-2022-21449). */
    private static String zeros() {
        return TokenKey.part("{\"alg\":\"ES256\",\"kid\":\"e1\"}") + "." + TokenKey.part(claims()) + "."
                + TokenKey.part(new byte[64]);
    }

    private static String utf16() {
        return KEY.sign(header(""), claims().getBytes(StandardCharsets.UTF_16BE));
    }

    /** The same bytes with bits set that belong to none: of 256 bytes the last character has four. */
    private static String spare(String part) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(part.charAt(part.length() - 1));
        return part.substring(0, part.length() - 1) + alphabet.charAt(last ^ 1);
    }

    @Test
    void overHttp1TheyAre401WithAChallengeAndAProblem() {
        assertThat(at.get(KEY.sign(claims())).body()).isEqualTo("G0");
        int served = at.gray.requests().size();
        attacks().forEach((name, token) -> {
            RawClient.Response response = at.get(token);
            assertThat(response.status()).as(name).isEqualTo(401);
            assertThat(response.header("www-authenticate"))
                    .as(name)
                    .matches("Bearer error=\"invalid_token\", error_description=\"[^\"\\\\]+\"");
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
            assertThat(response.body()).contains("\"status\":401", "\"title\":\"Unauthorized\"", "\"requestId\"");
        });
        assertThat(at.gray.requests()).hasSize(served);
        assertThat(at.base.requests()).isEmpty();
        assertThat(at.get(KEY.sign(claims())).body()).isEqualTo("G0");
    }

    @Test
    void overHttp2AndAsCallsOfGrpcToo() {
        try (FrameSocket client = FrameSocket.client(at.gateway.port())) {
            client.headers(1, true, FrameSocket.GET + "authorization: Bearer " + KEY.sign(claims()) + "\n");
            assertThat(client.response(1).body()).isEqualTo("G0");
            int stream = 3;
            for (Map.Entry<String, String> attack : attacks().entrySet()) {
                if (attack.getValue().matches("|.*é.*|.{15000,}")) {
                    // no field of HTTP/2, and more than one frame
                    continue;
                }
                String authorization = "authorization: Bearer " + attack.getValue() + "\n";
                client.headers(stream, true, FrameSocket.GET + authorization);
                FrameSocket.Response page = client.response(stream);
                assertThat(page.fields()).as(attack.getKey() + page).contains(":status: 401");
                assertThat(page.field("www-authenticate")).startsWith("Bearer error=");
                client.headers(
                        stream + 2,
                        true,
                        FrameSocket.POST + "content-type: application/grpc\nte: trailers\n" + authorization);
                FrameSocket.Response call = client.response(stream + 2);
                assertThat(call.status()).as(attack.getKey()).isEqualTo(200);
                assertThat(call.field("grpc-status")).as(attack.getKey()).isEqualTo("16");
                assertThat(call.field("www-authenticate")).startsWith("Bearer error=");
                stream += 4;
            }
        }
        assertThat(at.gray.requests()).hasSize(1);
        assertThat(at.base.requests()).isEmpty();
    }

    @Test
    void severalAuthorizationFieldsAreRefusedIfOneIsABearersAndOtherSchemesAreNoTokens() {
        String bearer = "Authorization: Bearer " + KEY.sign(claims()) + "\n";
        try (RawClient client = at.client()) {
            assertThat(client.get("/", bearer + bearer).status()).isEqualTo(401);
            assertThat(client.get("/", bearer + "authorization: Basic eDp5\n").status())
                    .isEqualTo(401);
            assertThat(client.get("/", "authorization: Basic eDp5\n" + bearer).status())
                    .isEqualTo(401);
            for (String other : List.of("Basic eDp5", "Bearerx " + KEY.sign(claims()), "DPoP x.y.z")) {
                RawClient.Response response = client.get("/", "Authorization: " + other + "\n");
                assertThat(response.status()).as(other).isEqualTo(200);
                assertThat(response.body()).as(other).isEqualTo("base");
            }
            assertThat(client.get("/", bearer.replace("Bearer", "bEARER  ")).body())
                    .isEqualTo("G0");
            assertThat(client.get("/", "Authorization: Bearer\n").status()).isEqualTo(401);
            assertThat(client.get("/", "Authorization: Bearer\t" + KEY.sign(claims()) + "\n")
                            .status())
                    .isEqualTo(401);
        }
    }
}
