package io.laneway.gateway.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** An OCSP response that calls a certificate good, signed by the authority that issued it (RFC 6960), byte by byte. */
final class OcspResponse {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final int TAG_0 = 0xa0;
    private static final int TAG_1 = 0xa1;
    private static final int TIME = 0x18;
    private static final int POINT = 65;
    private static final byte[] SHA_1 = {0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0};
    private static final byte[] ECDSA_WITH_SHA_256 = {
        0x30, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2
    };
    private static final byte[] BASIC = {6, 9, 0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1};

    private OcspResponse() {}

    /** A response that is good from a minute ago until then. */
    static byte[] good(X509Certificate certificate, X509Certificate issuer, PrivateKey key, Instant until)
            throws GeneralSecurityException {
        Instant from = until.minus(Duration.ofDays(1));
        byte[] point = issuer.getPublicKey().getEncoded();
        byte[] id = der(
                SEQUENCE,
                SHA_1,
                der(OCTETS, sha1(issuer.getSubjectX500Principal().getEncoded())),
                der(OCTETS, sha1(Arrays.copyOfRange(point, point.length - POINT, point.length))),
                der(2, certificate.getSerialNumber().toByteArray()));
        byte[] single = der(SEQUENCE, id, new byte[] {(byte) 0x80, 0}, time(from), der(TAG_0, time(until)));
        byte[] data = der(
                SEQUENCE, der(TAG_1, issuer.getSubjectX500Principal().getEncoded()), time(from), der(SEQUENCE, single));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(data);
        byte[] basic = der(SEQUENCE, data, ECDSA_WITH_SHA_256, der(3, new byte[1], signature.sign()));
        return der(SEQUENCE, new byte[] {0x0a, 1, 0}, der(TAG_0, der(SEQUENCE, BASIC, der(OCTETS, basic))));
    }

    private static byte[] sha1(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(bytes);
    }

    private static byte[] time(Instant instant) {
        String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").format(instant.atOffset(ZoneOffset.UTC));
        return der(TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length > 0xff) {
            all.write(0x82);
            all.write(length >> 8);
        } else if (length > 0x7f) {
            all.write(0x81);
        }
        all.write(length);
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
