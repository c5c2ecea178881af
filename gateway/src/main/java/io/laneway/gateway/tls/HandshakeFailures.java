package io.laneway.gateway.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in few words why a handshake with an upstream failed, without anything of its certificate. Stateless. */
public final class HandshakeFailures {

    private static final String REQUIRES = "it requires a client certificate";
    private static final String REFUSES = "it does not accept our client certificate";

    private HandshakeFailures() {}

    /** Why it failed. */
    public static String reason(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = known(cause);
            if (reason != null) {
                return reason;
            }
        }
        return "the handshake failed";
    }

    /**
     * Why an endpoint refuses us by our certificate, null if it does not: with TLS 1.3 it says so only after the handshake, as
     * an answer to what was sent meanwhile.
     */
    public static @Nullable String refusal(Throwable failure) {
        String reason =
                failure instanceof SSLException || failure.getCause() instanceof SSLException ? reason(failure) : "";
        return reason.equals(REQUIRES) || reason.equals(REFUSES) ? reason : null;
    }

    private static @Nullable String known(Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return "its certificate has expired";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "its certificate is not valid yet";
        }
        if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
            return "its certificate is not trusted";
        }
        if (cause instanceof NotSslRecordException) {
            return "it does not speak TLS";
        }
        if (cause instanceof ClosedChannelException) {
            return "it closed the connection amid the handshake";
        }
        return alert(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
    }

    /** What only the text of an engine tells. */
    private static @Nullable String alert(String message) {
        if (message.contains("no subject alternative") || message.contains("no name matching")) {
            return "its certificate is for another name";
        }
        if (message.contains("certificate_required") || message.contains("certificate required")) {
            return REQUIRES;
        }
        if (message.contains("unknown_ca") || message.contains("bad_certificate") || message.contains("unknown ca")) {
            return REFUSES;
        }
        return message.contains("protocol_version") || message.contains("protocol version")
                ? "it speaks other versions of TLS"
                : null;
    }
}
