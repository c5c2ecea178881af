package io.laneway.gateway.protocol.tls;

import io.laneway.router.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a client by its certificate, in the form of Envoy's {@code x-forwarded-client-cert}: {@code
 * Hash=…;Subject="…";URI=…;DNS=…}. Stateless.
 */
public final class PeerIdentity {

    private static final int SAN_DNS = 2;
    private static final int SAN_URI = 6;

    private PeerIdentity() {}

    /** The verified identity of an engine's peer, or null if it showed no certificate. */
    public static @Nullable String of(SSLEngine engine) {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? text(leaf) : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    static String text(X509Certificate certificate) {
        StringBuilder text = new StringBuilder("Hash=").append(hash(certificate));
        text.append(";Subject=\"")
                .append(escaped(certificate.getSubjectX500Principal().getName()))
                .append('"');
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(SAN_URI)) {
                    text.append(";URI=").append(quoted(name.get(1).toString()));
                } else if (name.get(0).equals(SAN_DNS)) {
                    text.append(";DNS=").append(quoted(name.get(1).toString()));
                }
            }
        } catch (CertificateParsingException e) {
            return text.toString();
        }
        return text.toString();
    }

    private static String hash(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(Sha256.digest().digest(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a verified certificate has an encoding", e);
        }
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ';' || c == ',' || c == '"' || c == '=' || c <= ' ');
        return plain ? value : '"' + escaped(value) + '"';
    }

    /** Printable ASCII only: what else a name holds goes percent-encoded, so that it fits into a header. */
    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                text.append('\\').append((char) b);
            } else if (b < 0x20 || b == 0x7f) {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }
}
