package io.laneway.control.login;

import io.laneway.control.auth.CookieSeal;
import io.laneway.router.text.Sha256;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A login that has begun, as its browser keeps it, sealed: only the browser that began it can end it. Immutable.
 *
 * @param state    comes back with the code
 * @param nonce    comes back in the ID token
 * @param verifier proves to the issuer who asked for the code (RFC 7636)
 * @param to       the page to go to afterwards
 * @param until    milliseconds since 1970
 */
record LoginState(String state, String nonce, String verifier, String to, long until) {

    private static final String PURPOSE = "login";
    private static final int BYTES = 32;

    /** How long one may take to log in. */
    static final int SECONDS = 600;

    /** A new one. */
    static LoginState begin(SecureRandom random, String to, long now) {
        return new LoginState(text(random), text(random), text(random), to, now + SECONDS * 1_000L);
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash of the verifier, by which the issuer knows it. */
    String challenge() {
        return base64(Sha256.of(verifier));
    }

    /** Whether this is the state that came back. */
    boolean is(String said) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
    }

    String sealed(CookieSeal seal) {
        return seal.seal(
                PURPOSE,
                new JsonObject()
                        .put("state", state)
                        .put("nonce", nonce)
                        .put("verifier", verifier)
                        .put("to", to)
                        .put("until", until));
    }

    /** What a cookie says, while it counts. */
    static Optional<LoginState> open(CookieSeal seal, String cookie, long now) {
        return seal.open(PURPOSE, cookie)
                .map(json -> new LoginState(
                        json.getString("state"),
                        json.getString("nonce"),
                        json.getString("verifier"),
                        json.getString("to"),
                        json.getLong("until")))
                .filter(login -> login.until() > now);
    }
}
