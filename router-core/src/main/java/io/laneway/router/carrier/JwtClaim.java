package io.laneway.router.carrier;

import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads one top-level claim of the bearer token in an {@code Authorization} value (RFC 6750, RFC 7519), without
 * verifying the token: for requests of our own services alone, which it routes and does not authorise. Whatever is no
 * such token has no claim. Stateless; allocates in proportion to the token.
 */
public final class JwtClaim {

    private static final int SCHEME = 7;

    private JwtClaim() {}

    /** Points {@code into} at the claim's text: a string decoded, a number as written. */
    public static boolean find(Slice authorization, byte[] name, Slice into) {
        byte[] payload = payload(authorization);
        if (payload == null) {
            return false;
        }
        String claim =
                JsonMember.text(new String(payload, StandardCharsets.UTF_8), new String(name, StandardCharsets.UTF_8));
        if (claim == null) {
            return false;
        }
        byte[] bytes = claim.getBytes(StandardCharsets.UTF_8);
        into.set(bytes, 0, bytes.length);
        return true;
    }

    private static byte @Nullable [] payload(Slice authorization) {
        int length = authorization.length();
        if (length <= SCHEME || !bearer(authorization)) {
            return null;
        }
        int first = indexOfDot(authorization, SCHEME);
        int second = first < 0 ? -1 : indexOfDot(authorization, first + 1);
        if (second < 0) {
            return null;
        }
        byte[] part = new byte[second - first - 1];
        System.arraycopy(authorization.array(), authorization.offset() + first + 1, part, 0, part.length);
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean bearer(Slice authorization) {
        String scheme = "bearer ";
        for (int i = 0; i < SCHEME; i++) {
            if (Character.toLowerCase(authorization.charAt(i)) != scheme.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int indexOfDot(Slice text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.byteAt(i) == '.') {
                return i;
            }
        }
        return -1;
    }
}
