package io.laneway.control.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where messages are sent, and in which form. Immutable.
 *
 * @param secret what DingTalk or Feishu gave for signing messages; null for none
 */
public record Webhook(Form form, URI url, @Nullable String secret) {

    /** The forms of a message. */
    public enum Form {
        GENERIC,
        DINGTALK,
        FEISHU,
        SLACK
    }

    /** One that wants no signature. */
    public Webhook(Form form, URI url) {
        this(form, url, null);
    }

    public Webhook {
        Objects.requireNonNull(form, "form");
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "webhook: " + url + " (expected: http://host/path or https://host/path)");
        }
        if (secret != null && (secret.isBlank() || (form != Form.DINGTALK && form != Form.FEISHU))) {
            throw new IllegalArgumentException("webhook " + url.getHost()
                    + ": a secret (expected: one that is not empty, with dingtalk or feishu)");
        }
    }

    /** What names it in the store, where its URL must not be read: it often holds a token. */
    String key() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((form + " " + url).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    @Override
    public String toString() {
        return "Webhook[form=" + form + ", host=" + url.getHost() + "]";
    }
}
