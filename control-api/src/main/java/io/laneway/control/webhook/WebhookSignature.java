package io.laneway.control.webhook;

import io.laneway.control.webhook.Webhook.Form;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages with HMAC-SHA256 as DingTalk and Feishu want it, each time they are sent: both refuse a timestamp that
 * is old. Stateless.
 */
final class WebhookSignature {

    private static final String HMAC = "HmacSHA256";

    private WebhookSignature() {}

    /** Where a message goes: DingTalk takes {@code timestamp}, in milliseconds, and {@code sign} as query parameters. */
    static URI url(Webhook webhook, long millis) {
        String secret = webhook.secret();
        if (secret == null || webhook.form() != Form.DINGTALK) {
            return webhook.url();
        }
        String sign = URLEncoder.encode(hmac(secret, millis + "\n" + secret), StandardCharsets.UTF_8);
        String whole = webhook.url().toString();
        String own = whole.contains("#") ? whole.substring(0, whole.indexOf('#')) : whole;
        return URI.create(own + (own.contains("?") ? "&" : "?") + "timestamp=" + millis + "&sign=" + sign);
    }

    /** What is sent: Feishu takes {@code timestamp}, in seconds, and {@code sign} in the body, and signs nothing by it. */
    static String body(Webhook webhook, String body, long millis) {
        String secret = webhook.secret();
        if (secret == null || webhook.form() != Form.FEISHU) {
            return body;
        }
        String timestamp = Long.toString(TimeUnit.MILLISECONDS.toSeconds(millis));
        return new JsonObject()
                .put("timestamp", timestamp)
                .put("sign", hmac(timestamp + "\n" + secret, ""))
                .mergeIn(new JsonObject(body))
                .encode();
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " is part of every Java platform", e);
        }
    }
}
