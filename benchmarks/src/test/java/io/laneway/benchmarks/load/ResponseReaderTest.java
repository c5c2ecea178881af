package io.laneway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
    private static final String RESPONSE =
            "HTTP/1.1 200 OK\r\nServer: x\r\nCONTENT-LENGTH: 5\r\nx-content-length: 9\r\n\r\nhello";

    private final ResponseReader reader = new ResponseReader();

    @Test
    void isWholeWhenTheBodyIs() {
        assertThat(read(RESPONSE)).isTrue();
        assertThat(reader.status()).isEqualTo(200);
    }

    @Test
    void isWholeAtTheLastByteWhereverItIsCut() {
        for (int cut = 1; cut < RESPONSE.length(); cut++) {
            assertThat(read(RESPONSE.substring(0, cut))).isFalse();
            assertThat(read(RESPONSE.substring(cut))).isTrue();
            reader.reset();
        }
    }

    @Test
    void needsNoBodyWhereTheLengthIsZero() {
        assertThat(read("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"))
                .isTrue();
        assertThat(reader.status()).isEqualTo(503);
    }

    @Test
    void startsAnewAfterAReset() {
        read("HTTP/1.1 404 Not Found\r\ncontent-length: 7\r\n\r\nabc");
        reader.reset();

        assertThat(read(RESPONSE)).isTrue();
        assertThat(reader.status()).isEqualTo(200);
    }

    @Test
    void survivesALineLongerThanItKeeps() {
        assertThat(read("HTTP/1.1 200 OK\r\nlong: " + "x".repeat(20_000) + "\r\ncontent-length: 1\r\n\r\n!"))
                .isTrue();
    }

    private boolean read(String bytes) {
        return reader.read(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.US_ASCII)));
    }
}
