package io.laneway.control.lane;

import io.laneway.router.text.Slug;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals links by which the receiver of a message about a lane's end renews it without a token. A seal names the lane and the end
 * that the message was about, so it is of no use once the lane was renewed or used, nor for another lane. Safe for many threads.
 */
public final class RenewSeal {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param secret of the store, in hex digits */
    public RenewSeal(String secret) {
        this.key = new SecretKeySpec(HexFormat.of().parseHex(secret), ALGORITHM);
    }

    /** The link under the address of this API. */
    URI link(URI api, String lane, Instant ends) {
        String path = "/v1/renewals/"
                + URLEncoder.encode(lane, StandardCharsets.UTF_8).replace("+", "%20");
        String query = "?ends=" + ends.toEpochMilli() + "&seal=" + seal(lane, ends);
        return URI.create(api.toString().replaceAll("/$", "") + path + query);
    }

    /** Whether a seal was made for this lane and end. */
    public boolean holds(String lane, Instant ends, String seal) {
        return MessageDigest.isEqual(
                seal(lane, ends).getBytes(StandardCharsets.UTF_8), seal.getBytes(StandardCharsets.UTF_8));
    }

    private String seal(String lane, Instant ends) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            String text = "renew\n" + Slug.of(lane) + "\n" + ends.toEpochMilli();
            byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
        }
    }
}
