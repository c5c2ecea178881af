package io.laneway.gateway.traffic.token;

import io.laneway.gateway.traffic.token.JsonMembers.Kind;
import io.laneway.gateway.traffic.token.JsonMembers.Value;
import org.jspecify.annotations.Nullable;

/**
 * A token on its way through the verifier, of which nothing is verified yet. Immutable.
 *
 * @param bytes  as it came
 * @param issuer whom it names, null if that one does not count
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record ReadToken(
        byte[] bytes,
        TokenText text,
        TokenClaims claims,
        @Nullable TrustedIssuer issuer) {

    ReadToken(byte[] bytes, TokenText text, @Nullable TrustedIssuer issuer) {
        this(bytes, text, new TokenClaims(text.claims()), issuer);
    }

    /** Empty if it says none. */
    String algorithm() {
        String name = headerText("alg");
        return name == null ? "" : name;
    }

    /** The id of the key that it names, null for none. */
    @Nullable
    String keyId() {
        return headerText("kid");
    }

    /** A member of its header that is a text, else null. */
    @Nullable
    String headerText(String name) {
        Value value = text.header().of(name);
        return value != null && value.kind() == Kind.TEXT ? value.text() : null;
    }

    /** Whether a member of its header is absent or a text. */
    boolean isWellTyped(String name) {
        return !text.header().has(name) || headerText(name) != null;
    }
}
