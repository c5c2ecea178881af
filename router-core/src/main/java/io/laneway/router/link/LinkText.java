package io.laneway.router.link;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes as links and their keys have them: base64url without padding (RFC 4648 section 5). Stateless. */
final class LinkText {

    private LinkText() {}

    /** There is one way only to write some bytes: null for any other. */
    static byte @Nullable [] decoded(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return of(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String of(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
