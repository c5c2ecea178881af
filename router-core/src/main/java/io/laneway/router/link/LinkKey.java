package io.laneway.router.link;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The public key that verifies the links into one lane: Ed25519 (RFC 8032), as 43 characters of base64url without padding.
 * Two keys are equal if their texts are. Immutable.
 */
public final class LinkKey {

    static final String ALGORITHM = "Ed25519";
    static final int BYTES = 32;
    static final int SIGNATURE_BYTES = 64;
    private static final int ID_LENGTH = 8;

    /** What comes before the key itself in its X.509 form (RFC 8410 section 4). */
    private static final byte[] PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private final String text;
    private final PublicKey key;

    private LinkKey(String text, PublicKey key) {
        this.text = text;
        this.key = key;
    }

    /**
     * The key of that text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static LinkKey parse(String text) {
        byte[] raw = LinkText.decoded(text);
        if (raw == null || raw.length != BYTES) {
            throw new IllegalArgumentException(
                    text + " (expected: an Ed25519 public key, 43 characters of base64url without padding)");
        }
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + BYTES);
        System.arraycopy(raw, 0, encoded, PREFIX.length, BYTES);
        try {
            return new LinkKey(text, KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(text + " (expected: an Ed25519 public key)", e);
        }
    }

    static LinkKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return parse(LinkText.of(Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length)));
    }

    /** Names it within links, so that most of what it did not sign is refused at the cost of a comparison. */
    public String id() {
        return text.substring(0, ID_LENGTH);
    }

    /** Whether it signed that link; some tenths of a millisecond. */
    public boolean signed(LaneLink link) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(link.signedBytes());
            return check.verify(link.signature());
        } catch (GeneralSecurityException e) {
            // a signature that is none: numbers out of range
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof LinkKey that && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Its text. */
    @Override
    public String toString() {
        return text;
    }
}
