package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeFailuresTest {

    private static SSLException failure(String message, Throwable cause) {
        SSLException failure = new SSLHandshakeException(message);
        failure.initCause(cause);
        return failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"(certificate_unknown)", "(unknown_ca)", "(bad_certificate)", "(certificate_required)", ""})
    void theCauseComesBeforeTheAlertThatWeSend(String alert) {
        assertThat(HandshakeFailures.reason(
                        failure(alert + " PKIX path building failed", new CertPathBuilderException("no path"))))
                .isEqualTo("its certificate is not trusted");
        assertThat(HandshakeFailures.reason(
                        failure(alert + " PKIX path validation failed", new CertificateExpiredException("NotAfter"))))
                .isEqualTo("its certificate has expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Received fatal alert: bad_certificate",
                "(certificate_unknown) Received fatal alert: certificate_unknown",
                "Received fatal alert: certificate_expired",
                "error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA",
                "error:10000414:SSL routines:OPENSSL_internal:SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
            })
    void anAlertThatWeReceivedAboutACertificateIsAboutOurs(String message) {
        assertThat(HandshakeFailures.refusal(failure(message, null)))
                .isEqualTo("it does not accept our client certificate");
    }

    @Test
    void aCertificateThatTheEndpointRequiresIsSaid() {
        assertThat(HandshakeFailures.refusal(failure(
                        "error:1000045c:SSL routines:OPENSSL_internal:TLSV13_ALERT_CERTIFICATE_REQUIRED", null)))
                .isEqualTo("it requires a client certificate");
    }

    @Test
    void whatWeRefuseOurselvesIsNoRefusalOfOurs() {
        assertThat(HandshakeFailures.refusal(failure(
                        "(bad_certificate) PKIX path building failed", new CertPathBuilderException("no path"))))
                .isNull();
    }
}
