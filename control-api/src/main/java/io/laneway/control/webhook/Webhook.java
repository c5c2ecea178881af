package io.laneway.control.webhook;

import io.laneway.router.text.Sha256;
import java.net.URI;
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
        return HexFormat.of().formatHex(Sha256.of(form + " " + url));
    }

    @Override
    public String toString() {
        return "Webhook[form=" + form + ", host=" + url.getHost() + "]";
    }
}
