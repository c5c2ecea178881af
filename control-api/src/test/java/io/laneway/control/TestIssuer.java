package io.laneway.control;

import io.laneway.control.auth.AuthConfig.Oidc;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of JWTs that answers for its keys with what a test wants, and signs whatever claims it is given. */
final class TestIssuer {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final AtomicInteger fetched = new AtomicInteger();
    private final int port;
    private volatile int status = 200;
    private volatile String answer = "{}";

    TestIssuer(Vertx vertx) throws Exception {
        port = vertx.createHttpServer()
                .requestHandler(request -> {
                    fetched.incrementAndGet();
                    request.response().setStatusCode(status).end(answer);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .actualPort();
    }

    /** A key pair with an id. */
    record Key(String id, KeyPair pair) {

        static Key of(String id) throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new Key(id, generator.generateKeyPair());
        }

        JsonObject open() {
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            return new JsonObject()
                    .put("kty", "RSA")
                    .put("kid", id)
                    .put("alg", "RS256")
                    .put("use", "sig")
                    .put("n", number(key.getModulus()))
                    .put("e", number(key.getPublicExponent()));
        }

        private static String number(BigInteger number) {
            byte[] bytes = number.toByteArray();
            int from = bytes[0] == 0 ? 1 : 0;
            return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
        }

        String sign(String claims) throws GeneralSecurityException {
            return sign(new JsonObject().put("alg", "RS256").put("kid", id), claims);
        }

        String sign(JsonObject header, String claims) throws GeneralSecurityException {
            String text = part(header.encode()) + "." + part(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        }

        private static String part(String json) {
            return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
        }
    }

    static String unsigned(String claims) {
        return Key.part("{\"alg\":\"none\"}") + "." + Key.part(claims) + ".";
    }

    Oidc oidc() {
        return Oidc.of("https://issuer", URI.create("http://127.0.0.1:" + port + "/jwks"), "laneway");
    }

    /** Claims that hold until then, in seconds since 1970. */
    static JsonObject claims(String role, long until) {
        return new JsonObject()
                .put("iss", "https://issuer")
                .put("aud", "laneway")
                .put("sub", "grace")
                .put("laneway_role", role)
                .put("exp", until);
    }

    void publishes(Key... keys) {
        JsonArray all = new JsonArray();
        for (Key key : keys) {
            all.add(key.open());
        }
        answers(200, new JsonObject().put("keys", all).encode());
    }

    void answers(int code, String body) {
        answer = body;
        status = code;
    }

    int fetched() {
        return fetched.get();
    }
}
