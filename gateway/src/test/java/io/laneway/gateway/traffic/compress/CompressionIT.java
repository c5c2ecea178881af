package io.laneway.gateway.traffic.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that the gateway compresses, and those that it leaves alone. */
class CompressionIT {

    private static final String GZIP = "Accept-Encoding: gzip\n";
    private static final String TEXT = "what is said again and again is short. ".repeat(100);

    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.responding(request -> {
            String more = request.header("x-more");
            String body = "small".equals(request.header("x-body")) ? "small" : TEXT;
            String lines = more == null ? "Content-Type: text/html" : more.replace('|', '\n');
            String status = request.header("x-status");
            return "HTTP/1.1 " + (status == null ? "200 OK" : status) + "\n" + lines + "\nContent-Length: "
                    + body.length() + "\n\n" + (request.startLine().startsWith("HEAD") ? "" : body);
        });
        gateway = over(upstream);
    }

    private static TestGateway over(Upstream upstream) {
        return TestGateway.over(new Tables()
                .service("a", "master", upstream.port())
                .policy(Policies.with(new Compression(Compression.TYPES, Compression.MIN_SIZE)))
                .build());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static Response get(String headers) {
        try (RawClient client = gateway.client()) {
            return client.get("/", headers);
        }
    }

    private static String unzipped(String body) throws IOException {
        InputStream in = new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1));
        return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "Text/HTML; charset=utf-8",
                "application/json",
                "application/problem+json",
                "image/svg+xml",
                "application/atom+xml;type=feed"
            })
    void aTextIsCompressedForAClientThatTakesIt(String type) throws IOException {
        Response response = get(GZIP + "X-More: Content-Type: " + type + "|ETag: \"x\"|Accept-Ranges: bytes\n");

        assertThat(response.header("content-encoding")).isEqualTo("gzip");
        assertThat(response.header("vary")).isEqualTo("accept-encoding");
        assertThat(response.header("etag")).isEqualTo("W/\"x\"");
        assertThat(response.header("content-length")).isNull();
        assertThat(response.header("accept-ranges")).isNull();
        assertThat(response.body().length()).isLessThan(TEXT.length() / 10);
        assertThat(unzipped(response.body())).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip                          | true
            GZIP                          | true
            x-gzip                        | true
            deflate, gzip;q=1.0, *;q=0.5  | true
            *                             | true
            br;q=1.0, gzip;q=0.8          | true
            gzip;q=0.001                  | true
            gzip ; q = 0.5                | true
            gzip;q=0                      | false
            gzip;q=0.000                  | false
            *, gzip;q=0                   | false
            *;q=0                         | false
            identity, gzip;q=0.5          | false
            br                            | false
            gzipped                       | false
            gzip;q=much                   | false
            gzip;q=2                      | false
            ''                            | false
            """)
    void weightsOfCodingsCount(String accepted, boolean compressed) {
        Response response = get("Accept-Encoding: " + accepted + "\n");

        assertThat(response.header("content-encoding")).isEqualTo(compressed ? "gzip" : null);
        assertThat(response.header("vary")).isEqualTo("accept-encoding");
        assertThat(response.header("content-length")).isEqualTo(compressed ? null : "" + TEXT.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-More: Content-Type: image/png",
                "X-More: X-No: type",
                "X-More: Content-Type: text/event-stream",
                "X-More: Content-Type: text/html|Content-Encoding: br",
                "X-More: Content-Type: text/html|Cache-Control: private, No-Transform",
                "X-More: Content-Type: text/html|Content-Digest: sha-256=:x:",
                "X-More: Content-Type: text/html|Content-Range: bytes 0-3899/9999\nX-Status: 206 Partial Content",
                "X-Body: small",
            })
    void whatIsNotForItIsLeftByteForByte(String headers) {
        Response plain = get(headers + "\n");
        Response asked = get(GZIP + headers + "\n");

        assertThat(asked.body()).isEqualTo(plain.body()).isIn(TEXT, "small");
        assertThat(asked.header("content-length")).isEqualTo("" + asked.body().length());
        assertThat(asked.header("content-encoding")).isEqualTo(plain.header("content-encoding"));
        assertThat(asked.header("vary")).isNull();
    }

    @Test
    void aStatusOfAnErrorIsCompressedToo() throws IOException {
        assertThat(unzipped(get(GZIP + "X-Status: 404 Not Found\n").body())).isEqualTo(TEXT);
    }

    @Test
    void aHeadAndAClientOfHttp10HearThatThereIsAChoiceAndGetTheLength() {
        try (RawClient client = gateway.client()) {
            Response head =
                    client.send("HEAD / HTTP/1.1\nHost: a.test\n" + GZIP + "\n").response(true);
            assertThat(head.header("content-length")).isEqualTo("" + TEXT.length());
            assertThat(head.header("content-encoding")).isNull();
            assertThat(head.header("vary")).isEqualTo("accept-encoding");
            Response old =
                    client.send("GET / HTTP/1.0\nHost: a.test\n" + GZIP + "\n").response();
            assertThat(old.body()).isEqualTo(TEXT);
        }
    }

    @Test
    void aVaryThatSaysItAlreadyIsKeptAndOthersAreAddedTo() {
        assertThat(get(GZIP + "X-More: Content-Type: text/css|Vary: Origin, Accept-Encoding\n")
                        .header("vary"))
                .isEqualTo("Origin, Accept-Encoding");
        assertThat(get(GZIP + "X-More: Content-Type: text/css|Vary: *\n").header("vary"))
                .isEqualTo("*");
        assertThat(get(GZIP + "X-More: Content-Type: text/css|Vary: Origin\n").header("vary"))
                .isEqualTo("Origin,accept-encoding");
        assertThat(get(GZIP + "X-More: Content-Type: text/css|ETag: W/\"x\"\n").header("etag"))
                .isEqualTo("W/\"x\"");
    }

    @Test
    void overHttp2ItIsTheSame() throws IOException {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            FrameSocket.Response response = client.get(1, "/", "accept-encoding: gzip\n");
            assertThat(response.field("content-encoding")).isEqualTo("gzip");
            assertThat(response.field("content-length")).isNull();
            assertThat(client.get(3, "/", "accept-encoding: br\n").body()).isEqualTo(TEXT);
        }
    }

    @Test
    void aStreamThatPausesIsReadAsFarAsItHasCome() throws Exception {
        SynchronousQueue<String> pieces = new SynchronousQueue<>();
        try (Upstream slow = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Type: text/plain\nTransfer-Encoding: chunked\n\n");
                    for (String piece = next(pieces); !piece.isEmpty(); piece = next(pieces)) {
                        conversation.send(Integer.toHexString(piece.length()) + "\n" + piece + "\n");
                    }
                    conversation.send("0\nX-Sum: 7\n\n");
                });
                TestGateway through = over(slow);
                RawClient client = through.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\n" + GZIP + "\n");
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                // the head
            }
            InputStream chunks = new Chunks(client);
            pieces.put("first ");
            GZIPInputStream body = new GZIPInputStream(chunks);
            assertThat(new String(body.readNBytes(6), StandardCharsets.US_ASCII))
                    .isEqualTo("first ");
            pieces.put("second");
            assertThat(new String(body.readNBytes(6), StandardCharsets.US_ASCII))
                    .isEqualTo("second");
            pieces.put("");
            assertThat(body.read()).isEqualTo(-1);
            await().until(() -> through.count("a", "master", stats -> stats.compressedFrom) == 12);
        }
    }

    private static String next(SynchronousQueue<String> pieces) throws IOException {
        try {
            return pieces.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The bytes of chunks as they come. */
    private static final class Chunks extends InputStream {
        private final RawClient client;
        private int left;
        private boolean over;

        Chunks(RawClient client) {
            this.client = client;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && !over) {
                left = Integer.parseInt(client.line(), 16);
                over = left == 0;
            }
            if (over) {
                return -1;
            }
            int read = client.in().read(into, offset, Math.min(left, length));
            left -= read;
            if (left == 0) {
                client.line();
            }
            return read;
        }
    }

    @Test
    void aBodyOfMegabytesComesWholeThroughAClientThatReadsSlowly() throws Exception {
        byte[] random = new byte[8_000_000];
        new SplittableRandom(1).nextBytes(random);
        String body = new String(random, StandardCharsets.ISO_8859_1);
        try (Upstream large = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send(
                            "HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: " + random.length + "\n\n");
                    conversation.sendRaw(random);
                });
                TestGateway through = over(large);
                RawClient client = RawClient.over(small(through.port()))) {
            client.send("GET / HTTP/1.1\nHost: a.test\n" + GZIP + "\n");
            AtomicLong before = new AtomicLong();
            await().until(() -> {
                long taken = through.count("a", "master", stats -> stats.compressedFrom);
                return taken > 100_000 && before.getAndSet(taken) == taken;
            });
            assertThat(before.get()).isLessThan(random.length);
            assertThat(unzipped(client.response().body())).isEqualTo(body);
        }
    }

    /** A connection whose reader takes little at a time. */
    private static Socket small(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    @Test
    void encodersAreGivenBackWhateverBecomesOfTheirResponses() throws Exception {
        try (Upstream broken = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 9000\n\nbegun");
                });
                TestGateway through = over(broken)) {
            for (int i = 0; i < GzipEncoders.MOST + 10; i++) {
                try (RawClient client = through.client()) {
                    client.send("GET / HTTP/1.1\nHost: a.test\n" + GZIP + "\n");
                    String answer = new String(client.in().readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertThat(answer).contains("content-encoding: gzip").doesNotEndWith("\r\n0\r\n\r\n");
                }
            }
        }
    }
}
