package io.laneway.gateway.protocol.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in few words why a handshake with an upstream failed, without anything of its certificate. Stateless. */
public final class HandshakeFailures {

    private static final String REQUIRES = "it requires a client certificate";
    private static final String REFUSES = "it does not accept our client certificate";
    private static final String UNKNOWN = "the handshake failed";

    private HandshakeFailures() {}

    /**
     * Why it failed. A cause of a known type anywhere in the chain comes before every text: since JDK 25 the text of an
     * outer failure begins with the name of the alert that we send, which reads like one that we received.
     */
    public static String reason(@Nullable Throwable failure) {
        String reason = first(failure, HandshakeFailures::typed);
        return reason != null ? reason : Objects.requireNonNullElse(first(failure, HandshakeFailures::said), UNKNOWN);
    }

    private static @Nullable String first(@Nullable Throwable failure, Function<Throwable, @Nullable String> reasonOf) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = reasonOf.apply(cause);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    /**
     * Why an endpoint refuses us by our certificate, null if it does not: with TLS 1.3 it says so only after the handshake, as
     * a response to what was sent meanwhile.
     */
    public static @Nullable String refusal(Throwable failure) {
        String reason =
                failure instanceof SSLException || failure.getCause() instanceof SSLException ? reason(failure) : "";
        return reason.equals(REQUIRES) || reason.equals(REFUSES) ? reason : null;
    }

    /** Whether the peer speaks TLS, but none of the application protocols that we ask for (RFC 7301 section 3.2). */
    public static boolean isProtocol(@Nullable Throwable failure) {
        return first(failure, HandshakeFailures::noProtocol) != null;
    }

    private static @Nullable String noProtocol(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return received(message) && message.contains("no_application_protocol") ? message : null;
    }

    private static @Nullable String typed(Throwable cause) {
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
        return null;
    }

    /** What only the text of an engine says. */
    private static @Nullable String said(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no subject alternative") || message.contains("no name matching")) {
            return "its certificate is for another name";
        }
        if (message.contains("protocol_version") || message.contains("protocol version")) {
            return "it speaks other versions of TLS";
        }
        return received(message) ? alert(message) : null;
    }

    /** An alert of the endpoint, in the words of the JDK's engine or of BoringSSL's. */
    private static boolean received(String message) {
        return message.contains("received fatal alert") || message.contains("_alert_");
    }

    /** Alerts about our certificate (RFC 8446 section 6.2). */
    private static @Nullable String alert(String message) {
        if (message.contains("certificate_required") || message.contains("certificate required")) {
            return REQUIRES;
        }
        return message.contains("unknown_ca")
                        || message.contains("certificate_unknown")
                        || message.contains("bad_certificate")
                        || message.contains("unsupported_certificate")
                        || message.contains("certificate_revoked")
                        || message.contains("certificate_expired")
                        || message.contains("access_denied")
                ? REFUSES
                : null;
    }
}
