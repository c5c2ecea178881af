package io.laneway.gateway.server.transparent;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(
                text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0"), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1\\r\\nhost: a\\r\\n|HTTP1",
                "GET http://a/b HTTP/1.1\\r\\n|HTTP1",
                "GET / HTTP/1.0\\n|HTTP1",
                "M-SEARCH * HTTP/1.1\\r\\n|HTTP1",
                "OPTIONS * HTTP/1.1\\r\\n|HTTP1",
                "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n|HTTP2",
                "PRI * HTTP/2.0\\r\\n|HTTP2",
                "CONNECT a:443 HTTP/1.1\\r\\n|OTHER",
                "SSH-2.0-OpenSSH_9.2\\r\\n|OTHER",
                "EHLO mail.example.com\\r\\n|OTHER",
                "A001 LOGIN a b\\r\\n|OTHER",
                "PING\\r\\n|OTHER",
                "*1\\r\\n$4\\r\\nPING\\r\\n|OTHER",
                "get key\\r\\n|OTHER",
                "\\0\\0\\0\\b|OTHER",
                "PUT key HTTP/1.1 x\\r\\n|OTHER",
                " HTTP/1.1\\r\\n|OTHER",
                "GET  HTTP/1.1\\n|HTTP1",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ|OTHER",
                "AB HTTP/\\n|OTHER"
            })
    void whatAClientSpeaksIsFoundByItsFirstLine(String text, FirstBytes expected) {
        ByteBuf in = bytes(text.startsWith(" ") ? text : text.strip());

        assertThat(FirstBytes.of(in)).isEqualTo(expected);
        assertThat(in.readerIndex()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\\r\\n", "PRI * HTTP/2.0\\r\\n", "DELETE /a?b=c HTTP/1.1\\r\\n"})
    void aLineMayComeInPieces(String text) {
        ByteBuf whole = bytes(text);
        FirstBytes found = FirstBytes.of(whole);
        for (int n = 0; n < whole.readableBytes(); n++) {
            assertThat(FirstBytes.of(whole.slice(0, n))).isEqualTo(FirstBytes.MORE);
            boolean unused = FirstBytes.isLikelyHttp(whole.slice(0, n));
        }
        assertThat(found).isNotEqualTo(FirstBytes.MORE);
    }

    @Test
    void aLineWithoutEndIsWhatItBeginsAs() {
        assertThat(FirstBytes.of(bytes("GET /" + "a".repeat(20_000)))).isEqualTo(FirstBytes.HTTP1);
        assertThat(FirstBytes.of(bytes("HELLO " + "a".repeat(20_000)))).isEqualTo(FirstBytes.OTHER);
    }

    @Test
    void aLateRequestIsLikelyOne() {
        assertThat(FirstBytes.isLikelyHttp(bytes("GET /a"))).isTrue();
        assertThat(FirstBytes.isLikelyHttp(bytes("DELETE "))).isFalse();
        assertThat(FirstBytes.isLikelyHttp(bytes("PRI * HT"))).isTrue();
        assertThat(FirstBytes.isLikelyHttp(bytes("EHLO /a"))).isFalse();
    }

    @Test
    void recordsOfTlsAreFoundByTheirHeader() {
        assertThat(FirstBytes.of(Unpooled.wrappedBuffer(new byte[] {22}))).isEqualTo(FirstBytes.MORE);
        assertThat(FirstBytes.of(Unpooled.wrappedBuffer(new byte[] {22, 3}))).isEqualTo(FirstBytes.MORE);
        assertThat(FirstBytes.of(Unpooled.wrappedBuffer(new byte[] {22, 3, 1}))).isEqualTo(FirstBytes.TLS);
        assertThat(FirstBytes.of(Unpooled.wrappedBuffer(new byte[] {22, 2}))).isEqualTo(FirstBytes.OTHER);
        assertThat(FirstBytes.of(Unpooled.wrappedBuffer(new byte[] {22, 3, 9}))).isEqualTo(FirstBytes.OTHER);
    }
}
