package io.laneway.router.link;

import io.laneway.router.text.Slug;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;

/** Makes links into one lane by the private half of a {@link LinkKey}. Immutable. */
public final class LinkSigner {

    private final PrivateKey key;
    private final LinkKey verifier;

    private LinkSigner(PrivateKey key, LinkKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /** With a fresh key. */
    public static LinkSigner fresh() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(LinkKey.ALGORITHM).generateKeyPair();
            return new LinkSigner(pair.getPrivate(), LinkKey.of(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(LinkKey.ALGORITHM + " is part of every Java platform", e);
        }
    }

    /**
     * The one that was written as {@link #secret}.
     *
     * @throws IllegalArgumentException if the text is none; it says nothing of it
     */
    public static LinkSigner read(String secret) {
        String text = secret.strip();
        int dot = text.indexOf('.');
        byte[] encoded = dot < 0 ? null : LinkText.decoded(text.substring(0, dot));
        if (encoded == null) {
            throw new IllegalArgumentException("the key of links is malformed (expected: one that laneway wrote)");
        }
        try {
            PrivateKey key =
                    KeyFactory.getInstance(LinkKey.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            LinkSigner signer = new LinkSigner(key, LinkKey.parse(text.substring(dot + 1)));
            LaneLink probe = LaneLink.parse(signer.link("probe", Instant.EPOCH.plusSeconds(1)));
            if (probe == null || !signer.verifier.signed(probe)) {
                throw new IllegalArgumentException(
                        "the key of links has halves of two (expected: one that laneway wrote)");
            }
            return signer;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key of links is malformed (expected: one that laneway wrote)", e);
        }
    }

    /** The private key and the public one, {@code PKCS#8.raw} in base64url: to be kept as a secret. */
    public String secret() {
        return LinkText.of(key.getEncoded()) + "." + verifier;
    }

    /** What verifies its links. */
    public LinkKey key() {
        return verifier;
    }

    /** The key of a link into a lane, until then; seconds count. */
    public String link(String lane, Instant end) {
        String slug = Slug.of(lane);
        long second = end.getEpochSecond();
        try {
            Signature sign = Signature.getInstance(LinkKey.ALGORITHM);
            sign.initSign(key);
            sign.update(LaneLink.signedBytes(slug, verifier.id(), second));
            return new LaneLink(slug, verifier.id(), second, sign.sign()).toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(LinkKey.ALGORITHM + " is part of every Java platform", e);
        }
    }
}
