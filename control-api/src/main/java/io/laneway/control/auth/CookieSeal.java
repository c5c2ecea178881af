package io.laneway.control.auth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a browser keeps for this API, so that it can neither read nor change it (AES-256-GCM, NIST SP 800-38D).
 * Every replica of a store opens what another one sealed. Safe for many threads.
 */
public final class CookieSeal {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MAX_CHARS = 8_192;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** @param secret of the store, 32 bytes in hex digits */
    public CookieSeal(String secret, SecureRandom random) {
        this.key = new SecretKeySpec(HexFormat.of().parseHex(secret), "AES");
        this.random = random;
    }

    /** Seals for a purpose. */
    public String seal(String purpose, JsonObject content) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, iv, purpose, content.encode().getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException(ALGORITHM + " is part of every Java platform"));
        byte[] all = Arrays.copyOf(iv, iv.length + sealed.length);
        System.arraycopy(sealed, 0, all, iv.length, sealed.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** What was sealed for a purpose; empty for what was not. */
    public Optional<JsonObject> open(String purpose, String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length < IV_BYTES + TAG_BITS / Byte.SIZE) {
                return Optional.empty();
            }
            byte[] sealed = Arrays.copyOfRange(all, IV_BYTES, all.length);
            return run(Cipher.DECRYPT_MODE, Arrays.copyOf(all, IV_BYTES), purpose, sealed)
                    .map(plain -> new JsonObject(new String(plain, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | DecodeException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> run(int mode, byte[] iv, String purpose, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
