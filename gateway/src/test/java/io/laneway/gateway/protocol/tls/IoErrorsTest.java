package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class IoErrorsTest {

    @Test
    void anAlertOfTlsIsTheConnectionsAlsoWhereItIsWrapped() {
        assertThat(IoErrors.is(new IOException("reset"))).isTrue();
        assertThat(IoErrors.is(new DecoderException(new SSLException("TLSV1_ALERT_INTERNAL_ERROR"))))
                .isTrue();
    }

    @Test
    void anythingElseIsABug() {
        assertThat(IoErrors.is(new DecoderException(new IllegalStateException("bug"))))
                .isFalse();
        assertThat(IoErrors.is(new IllegalStateException(new IOException("reset"))))
                .isFalse();
    }
}
