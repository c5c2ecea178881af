package io.laneway.gateway.server.transparent;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.SplittableRandom;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ClientHelloTest {

    private static byte[] hello(String name) throws GeneralSecurityException, SSLException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    @Test
    void theNameOfTheServerIsRead() throws GeneralSecurityException, SSLException {
        ByteBuf in = Unpooled.wrappedBuffer(hello("shop.example.com"));

        assertThat(FirstBytes.of(in)).isEqualTo(FirstBytes.TLS);
        assertThat(ClientHello.whole(in)).isTrue();
        assertThat(ClientHello.serverName(in)).isEqualTo("shop.example.com");
        assertThat(in.readerIndex()).isZero();
    }

    @Test
    void aHelloMayNameNoServer() throws GeneralSecurityException, SSLException {
        assertThat(ClientHello.serverName(Unpooled.wrappedBuffer(hello("")))).isNull();
    }

    @Test
    void whatIsCutOffOrBrokenNamesNone() throws GeneralSecurityException, SSLException {
        byte[] whole = hello("shop.example.com");
        for (int n = 0; n < whole.length; n++) {
            ByteBuf part = Unpooled.wrappedBuffer(whole, 0, n);
            assertThat(ClientHello.whole(part)).isFalse();
            String unused = ClientHello.serverName(part);
        }
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = whole.clone();
            broken[5 + random.nextInt(broken.length - 5)] = (byte) random.nextInt();
            String name = ClientHello.serverName(Unpooled.wrappedBuffer(broken));
            assertThat(name == null || name.length() <= 255).isTrue();
        }
    }
}
