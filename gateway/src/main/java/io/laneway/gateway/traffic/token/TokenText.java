package io.laneway.gateway.traffic.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A token taken apart: the compact form of a signed one, three parts of base64url without padding (RFC 7515 section 7.1).
 * There is one way only to write a token: else one that counts could be sent in endless forms. Immutable.
 *
 * @param signed what the signature is over
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record TokenText(JsonMembers header, JsonMembers claims, byte[] signed, byte[] signature) {

    /** Takes it apart; null if it is malformed. */
    static @Nullable TokenText of(byte[] token) {
        int first = indexOfDot(token, 0);
        int second = first < 0 ? -1 : indexOfDot(token, first + 1);
        if (second < 0 || indexOfDot(token, second + 1) >= 0) {
            return null;
        }
        byte[] head = decoded(token, 0, first);
        byte[] payload = decoded(token, first + 1, second);
        byte[] signature = decoded(token, second + 1, token.length);
        JsonMembers header = head == null ? null : JsonMembers.read(head);
        JsonMembers claims = payload == null ? null : JsonMembers.read(payload);
        return header == null || claims == null || signature == null
                ? null
                : new TokenText(header, claims, Arrays.copyOf(token, second), signature);
    }

    private static int indexOfDot(byte[] token, int from) {
        for (int i = from; i < token.length; i++) {
            if (token[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    private static byte @Nullable [] decoded(byte[] token, int from, int to) {
        byte[] part = Arrays.copyOfRange(token, from, to);
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return again.equals(new String(part, StandardCharsets.ISO_8859_1)) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
