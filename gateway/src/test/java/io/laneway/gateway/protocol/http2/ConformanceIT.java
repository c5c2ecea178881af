package io.laneway.gateway.protocol.http2;

import static io.laneway.gateway.testkit.FrameSocket.ACK;
import static io.laneway.gateway.testkit.FrameSocket.CONTINUATION;
import static io.laneway.gateway.testkit.FrameSocket.DATA;
import static io.laneway.gateway.testkit.FrameSocket.END_HEADERS;
import static io.laneway.gateway.testkit.FrameSocket.END_STREAM;
import static io.laneway.gateway.testkit.FrameSocket.GET;
import static io.laneway.gateway.testkit.FrameSocket.GOAWAY;
import static io.laneway.gateway.testkit.FrameSocket.HEADERS;
import static io.laneway.gateway.testkit.FrameSocket.PADDED;
import static io.laneway.gateway.testkit.FrameSocket.PING;
import static io.laneway.gateway.testkit.FrameSocket.POST;
import static io.laneway.gateway.testkit.FrameSocket.PRIORITY;
import static io.laneway.gateway.testkit.FrameSocket.PUSH_PROMISE;
import static io.laneway.gateway.testkit.FrameSocket.RST_STREAM;
import static io.laneway.gateway.testkit.FrameSocket.SETTINGS;
import static io.laneway.gateway.testkit.FrameSocket.WINDOW_UPDATE;
import static io.laneway.gateway.testkit.FrameSocket.bytes;
import static io.laneway.gateway.testkit.FrameSocket.integer;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a server of HTTP/2 must do with frames, right and wrong, section by section of RFC 7540 and RFC 7541, in the clear
 * and over TLS; named and judged as in h2spec.
 */
class ConformanceIT {

    private static final int NO = 0;
    private static final int PROTOCOL = 1;
    private static final int FLOW = 3;
    private static final int CLOSED = 5;
    private static final int SIZE = 6;
    private static final int REFUSED = 7;
    private static final int COMPRESSION = 9;

    private static final Upstream UPSTREAM =
            Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");
    private static final TestTls TLS = TestTls.make();
    private static final TestGateway GATEWAY =
            TestGateway.over(Tables.one(Protocol.HTTP1, UPSTREAM.port()), config -> TLS.addListener(config, "secure"));

    /** It knows no host that is asked for and responses all by itself. */
    private static final TestGateway EMPTY = TestGateway.over(
            new Tables().service("b", "master", UPSTREAM.port()).build());

    private TestGateway gateway = GATEWAY;
    private int status = 200;

    @AfterAll
    static void close() {
        EMPTY.close();
        GATEWAY.close();
        UPSTREAM.close();
    }

    private record Case(String name, boolean bare, Consumer<FrameSocket> script, Consumer<FrameSocket> expectation) {}

    private final List<Case> cases = new ArrayList<>();

    private void with(String name, Consumer<FrameSocket> script, Consumer<FrameSocket> expectation) {
        cases.add(new Case(name, false, script, expectation));
    }

    private void bare(String name, Consumer<FrameSocket> script, Consumer<FrameSocket> expectation) {
        cases.add(new Case(name, true, script, expectation));
    }

    // what h2spec calls a connection error: GOAWAY with one of the codes, or the connection closed; a request that was
    // whole
    // before may have been answered
    private static Consumer<FrameSocket> connectionError(Integer... codes) {
        return socket -> {
            for (FrameSocket.Frame frame = read(socket); frame != null; frame = read(socket)) {
                if (frame.type() == GOAWAY) {
                    assertThat(frame.error()).isIn((Object[]) codes);
                    return;
                }
            }
        };
    }

    // a stream error: RST_STREAM or GOAWAY with one of the codes, or the connection closed
    private static Consumer<FrameSocket> streamError(Integer... codes) {
        return socket -> {
            for (FrameSocket.Frame frame = read(socket); frame != null; frame = read(socket)) {
                if (frame.type() == GOAWAY || frame.type() == RST_STREAM) {
                    if (frame.error() != NO) {
                        assertThat(frame.error()).isIn((Object[]) codes);
                        return;
                    }
                }
            }
        };
    }

    private static FrameSocket.Frame read(FrameSocket socket) {
        return socket.read();
    }

    private Consumer<FrameSocket> answered(int stream) {
        return socket -> assertThat(socket.response(stream).status()).isEqualTo(status);
    }

    // the connection is closed, whatever is said before
    private static void closed(FrameSocket socket) {
        FrameSocket.Frame frame = read(socket);
        while (frame != null) {
            frame = read(socket);
        }
    }

    private static Consumer<FrameSocket> data(int bytes) {
        return socket -> assertThat(socket.await(DATA).payload()).hasSize(bytes);
    }

    @SuppressWarnings("UnnecessaryLambda") // one entry among others in a table of cases
    private static final Consumer<FrameSocket> PONG = socket -> {
        socket.frame(PING, 0, 0, "h2spec  ".getBytes(StandardCharsets.ISO_8859_1));
        FrameSocket.Frame pong = socket.await(PING);
        assertThat(pong).isNotNull();
        assertThat(pong.flags() & ACK).isEqualTo(ACK);
        assertThat(pong.text()).isEqualTo("h2spec  ");
    };

    @TestFactory
    Stream<DynamicTest> inTheClear() {
        return tests(() -> FrameSocket.bare(GATEWAY.port()));
    }

    @TestFactory
    Stream<DynamicTest> overTls() {
        return tests(() -> FrameSocket.over(TLS.connect(GATEWAY.port("secure"), "h2")));
    }

    @TestFactory
    Stream<DynamicTest> whereNoServiceIsAskedFor() {
        gateway = EMPTY;
        status = 404;
        return tests(() -> FrameSocket.bare(EMPTY.port()));
    }

    private Stream<DynamicTest> tests(java.util.function.Supplier<FrameSocket> sockets) {
        cases.clear();
        starting();
        representations();
        frames();
        streams();
        priorities();
        dataAndHeaders();
        priorityAndReset();
        settings();
        pushPingGoAway();
        windows();
        continuations();
        http();
        pseudoFields();
        hpack();
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> run(each, sockets.get())));
    }

    private void run(Case each, FrameSocket socket) {
        try (socket) {
            if (!each.bare()) {
                socket.begin();
            }
            try {
                each.script().accept(socket);
            } catch (java.io.UncheckedIOException e) {
                // it may close before all is sent; what it said is judged below
            }
            each.expectation().accept(socket);
        }
        try (RawClient client = gateway.client()) {
            assertThat(client.get("/").status()).isEqualTo(status);
        }
    }

    private void starting() {
        with("generic/1 starts a connection", s -> {}, PONG);
        with("generic/2/1 PRIORITY of an idle stream", s -> s.frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 15}), PONG);
        with(
                "generic/2/2 half closed (remote): WINDOW_UPDATE",
                s -> s.settings(4, 0).headers(1, true, GET).window(1, 1),
                data(1));
        with(
                "generic/2/3 half closed (remote): PRIORITY",
                s -> s.settings(4, 0)
                        .headers(1, true, GET)
                        .frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 15})
                        .window(1, 1),
                data(1));
        with(
                "generic/2/4 half closed (remote): RST_STREAM",
                s -> s.headers(1, true, GET).reset(1, 8),
                PONG);
        with("generic/2/5 closed: PRIORITY", s -> finish(s).frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 15}), PONG);
        with("generic/3.1 DATA", s -> s.headers(1, false, POST).data(1, true, "test"), answered(1));
        with(
                "generic/3.1 DATA frames",
                s -> s.headers(1, false, POST).data(1, false, "te").data(1, true, "st"),
                answered(1));
        with(
                "generic/3.1 padded DATA",
                s -> s.headers(1, false, POST)
                        .frame(DATA, END_STREAM | PADDED, 1, (byte) 2, (byte) 'a', (byte) 0, (byte) 0),
                answered(1));
        with("generic/3.2 HEADERS", s -> s.headers(1, true, GET), answered(1));
        with(
                "generic/3.2 padded HEADERS",
                s -> {
                    byte[] block = s.block(GET);
                    byte[] padded = new byte[block.length + 3];
                    padded[0] = 2;
                    System.arraycopy(block, 0, padded, 1, block.length);
                    s.frame(HEADERS, END_HEADERS | END_STREAM | PADDED, 1, padded);
                },
                answered(1));
        with(
                "generic/3.2 HEADERS with priority",
                s -> s.frame(
                        HEADERS, END_HEADERS | END_STREAM | 0x20, 1, join(new byte[] {0, 0, 0, 0, 10}, s.block(GET))),
                answered(1));
        with(
                "generic/3.3 PRIORITY",
                s -> s.frame(PRIORITY, 0, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 15)
                        .headers(1, true, GET),
                answered(1));
        with(
                "generic/3.3 PRIORITY of a stream yet idle, lower after higher",
                s -> s.frame(PRIORITY, 0, 3, new byte[] {0, 0, 0, 0, 9}).headers(1, true, GET),
                answered(1));
        with("generic/3.4 RST_STREAM", s -> s.headers(1, false, POST).reset(1, 8), PONG);
        with(
                "generic/3.5 SETTINGS is acknowledged",
                s -> s.settings(3, 100),
                s -> assertThat(s.await(SETTINGS).flags()).isEqualTo(ACK));
        with("generic/3.7 PING", s -> {}, PONG);
        with("generic/3.8 GOAWAY", s -> s.frame(GOAWAY, 0, 0, new byte[8]), ConformanceIT::closed);
        with("generic/3.9 WINDOW_UPDATE of the connection", s -> s.window(0, 1).headers(1, true, GET), answered(1));
        with(
                "generic/3.9 WINDOW_UPDATE of a stream",
                s -> s.headers(1, true, GET).window(1, 1),
                answered(1));
        with("generic/3.10 CONTINUATION", s -> split(s, 1, 2), answered(1));
        with("generic/3.10 CONTINUATION frames", s -> split(s, 1, 4), answered(1));
        with("generic/4 GET", s -> s.headers(1, true, GET), answered(1));
        with("generic/4 HEAD", s -> s.headers(1, true, GET.replace("GET", "HEAD")), answered(1));
        with("generic/4 POST", s -> s.headers(1, false, POST).data(1, true, "body"), answered(1));
        with(
                "generic/4 POST with trailers",
                s -> s.headers(1, false, POST).data(1, false, "body").headers(1, true, "x-test: ok\n"),
                answered(1));
        bare("http2/3.5/1 preface", s -> s.begin(), PONG);
        bare(
                "http2/3.5/2 broken preface",
                s -> s.send("INVALID CONNECTION PREFACE\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)),
                ConformanceIT::closedWithoutFrames);
    }

    /** In the clear it is taken for HTTP/1.1 and answered so. */
    private static void closedWithoutFrames(FrameSocket socket) {
        try {
            while (true) {
                socket.next();
            }
        } catch (java.io.EOFException | java.net.SocketException end) {
            assertThat(socket.read()).isNull();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Field representations of RFC 7541 section 6, each with a name of its own or an indexed one, plain and in Huffman code. */
    private void representations() {
        byte[] agent = "\nuser-agent".getBytes(StandardCharsets.ISO_8859_1);
        byte[] test = "\u0006x-test".getBytes(StandardCharsets.ISO_8859_1);
        byte[] value = "\u0006h2spec".getBytes(StandardCharsets.ISO_8859_1);
        byte[] agentCode = {(byte) 0x87, (byte) 0xb5, 5, (byte) 0xb1, 0x61, (byte) 0xcc, 0x5a, (byte) 0x93};
        byte[] testCode = {(byte) 0x85, (byte) 0xf2, (byte) 0xb2, 0x4a, (byte) 0x84, (byte) 0xff};
        byte[] valueCode = {(byte) 0x84, (byte) 0x9c, 0x48, (byte) 0xac, (byte) 0xa4};
        field("indexed", new byte[] {(byte) 0xba});
        for (int form : new int[] {0x40, 0, 0x10}) {
            byte[] first = {(byte) form};
            String name = Integer.toHexString(form);
            field("literal " + name + ", user-agent", join(first, join(agent, value)));
            field("literal " + name + ", user-agent, Huffman", join(first, join(agentCode, valueCode)));
            field("literal " + name + ", new name", join(first, join(test, value)));
            field("literal " + name + ", new name, Huffman", join(first, join(testCode, valueCode)));
        }
        byte[] index = {0x7a};
        field("literal with indexed name", join(index, value));
        with(
                "generic/5 table size update",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, join(new byte[] {0x20}, s.block(GET))),
                answered(1));
        with(
                "generic/5 table size updates",
                s -> s.frame(
                        HEADERS,
                        END_HEADERS | END_STREAM,
                        1,
                        join(new byte[] {0x20, 0x3f, (byte) 0xe1, 0x1f}, s.block(GET))),
                answered(1));
    }

    private void field(String name, byte[] representation) {
        with(
                "generic/5 " + name,
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, join(s.block(GET), representation)),
                answered(1));
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** A request in one HEADERS and more CONTINUATION frames. */
    private static void split(FrameSocket s, int stream, int parts) {
        byte[] block = s.block(GET + "x-dummy: " + "0".repeat(40) + "\n");
        int each = block.length / parts;
        for (int i = 0; i < parts; i++) {
            byte[] part = java.util.Arrays.copyOfRange(block, i * each, i == parts - 1 ? block.length : (i + 1) * each);
            s.frame(
                    i == 0 ? HEADERS : CONTINUATION,
                    (i == 0 ? END_STREAM : 0) | (i == parts - 1 ? END_HEADERS : 0),
                    stream,
                    part);
        }
    }

    private void frames() {
        with("http2/4.1/1 unknown type is ignored", s -> s.frame(0x16, 0, 0, new byte[8]), PONG);
        with(
                "http2/4.1/2 undefined flags are ignored",
                s -> s.frame(PING, 0x16, 0, new byte[8]),
                s -> assertThat(s.await(PING)).isNotNull());
        with(
                "http2/4.1/3 reserved bit is ignored",
                s -> s.send(bytes(8, PING, 0, 0x80000000, new byte[8])),
                s -> assertThat(s.await(PING)).isNotNull());
        with(
                "http2/4.2/1 DATA of 2^14 bytes",
                s -> s.headers(1, false, POST).frame(DATA, END_STREAM, 1, new byte[16384]),
                answered(1));
        with(
                "http2/4.2/2 too large DATA",
                s -> s.headers(1, false, POST).frame(DATA, END_STREAM, 1, new byte[16385]),
                streamError(SIZE));
        with(
                "http2/4.2/3 too large HEADERS",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, new byte[16385]),
                connectionError(SIZE));
        with(
                "http2/4.3/1 broken field block",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, (byte) 0x40),
                connectionError(COMPRESSION));
        with(
                "http2/4.3/2 PRIORITY amid field block",
                s -> s.frame(HEADERS, END_STREAM, 1, s.block(GET)).frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 1}),
                connectionError(PROTOCOL));
        with(
                "http2/4.3/3 HEADERS of another stream amid field block",
                s -> s.frame(HEADERS, END_STREAM, 1, s.block(GET))
                        .frame(HEADERS, END_STREAM | END_HEADERS, 3, s.block(GET)),
                connectionError(PROTOCOL));
    }

    private void streams() {
        with("http2/5.1/1 idle: DATA", s -> s.data(1, true, "test"), connectionError(PROTOCOL));
        with("http2/5.1/2 idle: RST_STREAM", s -> s.reset(1, 8), connectionError(PROTOCOL));
        with("http2/5.1/3 idle: WINDOW_UPDATE", s -> s.window(1, 100), connectionError(PROTOCOL));
        with(
                "http2/5.1/4 idle: CONTINUATION",
                s -> s.frame(CONTINUATION, END_HEADERS, 1, s.block(GET)),
                connectionError(PROTOCOL));
        with(
                "http2/5.1/5 half closed (remote): DATA",
                s -> s.headers(1, true, GET).data(1, true, "test"),
                streamError(CLOSED));
        with(
                "http2/5.1/6 half closed (remote): HEADERS",
                s -> s.headers(1, true, GET).headers(1, true, GET),
                streamError(CLOSED));
        with(
                "http2/5.1/7 half closed (remote): CONTINUATION",
                s -> s.headers(1, true, GET).frame(CONTINUATION, END_HEADERS, 1, s.block(GET)),
                streamError(CLOSED, PROTOCOL));
        with(
                "http2/5.1/8 closed by RST_STREAM: DATA",
                s -> s.headers(1, false, POST).reset(1, 8).data(1, true, "test"),
                streamError(CLOSED));
        with(
                "http2/5.1/9 closed by RST_STREAM: HEADERS",
                s -> s.headers(1, false, POST).reset(1, 8).headers(1, true, POST),
                streamError(CLOSED));
        with(
                "http2/5.1/10 closed by RST_STREAM: CONTINUATION",
                s -> s.headers(1, false, POST).reset(1, 8).frame(CONTINUATION, END_HEADERS, 1, s.block(GET)),
                streamError(CLOSED, PROTOCOL));
        with("http2/5.1/11 closed: DATA", s -> finish(s).data(1, true, "test"), connectionError(CLOSED));
        with("http2/5.1/12 closed: HEADERS", s -> finish(s).headers(1, true, GET), connectionError(CLOSED));
        with(
                "http2/5.1/13 closed: CONTINUATION",
                s -> finish(s).frame(CONTINUATION, END_HEADERS, 1, s.block(GET)),
                connectionError(CLOSED, PROTOCOL));
        with("http2/5.1.1/1 even stream id", s -> s.headers(2, true, GET), connectionError(PROTOCOL));
        with(
                "http2/5.1.1/2 smaller stream id",
                s -> s.headers(5, true, GET).headers(3, true, GET),
                connectionErrorAfterResponse(PROTOCOL));
        with(
                "http2/5.1.2/1 more streams than allowed",
                s -> {
                    for (int stream = 1; stream <= 201; stream += 2) {
                        s.headers(stream, false, POST);
                    }
                },
                streamError(REFUSED, PROTOCOL));
        with(
                "http2/5.1.2/1 more streams than allowed, answered but for their bodies",
                s -> {
                    s.settings(4, 0);
                    for (int stream = 1; stream <= 201; stream += 2) {
                        s.headers(stream, true, GET);
                    }
                },
                streamError(REFUSED, PROTOCOL));
    }

    private static Consumer<FrameSocket> connectionErrorAfterResponse(int code) {
        return s -> {
            FrameSocket.Frame frame = s.await(GOAWAY);
            assertThat(frame == null || frame.error() == code || frame.error() == CLOSED)
                    .isTrue();
        };
    }

    private static FrameSocket finish(FrameSocket s) {
        s.headers(1, true, GET);
        s.response(1);
        return s;
    }

    private void priorities() {
        with(
                "http2/5.3.1/1 HEADERS depends on itself",
                s -> s.frame(
                        HEADERS, END_HEADERS | END_STREAM | 0x20, 1, join(new byte[] {0, 0, 0, 1, 10}, s.block(GET))),
                streamError(PROTOCOL));
        with(
                "http2/5.3.1/2 PRIORITY depends on itself",
                s -> s.frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 1, 10}),
                streamError(PROTOCOL));
        with(
                "http2/5.4.1/1 broken connection is closed after GOAWAY",
                s -> s.frame(PING, 0, 1, new byte[8]),
                ConformanceIT::closed);
        with(
                "http2/5.4.1/2 broken connection sends GOAWAY",
                s -> s.frame(PING, 0, 3, new byte[8]),
                s -> assertThat(s.await(GOAWAY)).isNotNull());
        with("http2/5.5/1 unknown extension frame", s -> s.frame(0x20, 0, 0, new byte[8]), PONG);
        with(
                "http2/5.5/2 unknown frame amid field block",
                s -> s.frame(HEADERS, END_STREAM, 1, s.block(GET)).frame(0x20, 0, 1, new byte[8]),
                connectionError(PROTOCOL));
    }

    private void dataAndHeaders() {
        with("http2/6.1/1 DATA on stream 0", s -> s.data(0, true, "test"), connectionError(PROTOCOL));
        with(
                "http2/6.1/2 DATA on half closed stream",
                s -> s.headers(1, true, GET).data(1, true, "test"),
                streamError(CLOSED));
        with(
                "http2/6.1/3 DATA with too long padding",
                s -> s.headers(1, false, POST)
                        .send(bytes(
                                5, DATA, END_STREAM | PADDED, 1, (byte) 6, (byte) 't', (byte) 'e', (byte) 's', (byte)
                                        't')),
                connectionError(PROTOCOL));
        with(
                "http2/6.2/1 HEADERS without END_HEADERS, then PRIORITY",
                s -> s.frame(HEADERS, END_STREAM, 1, s.block(GET)).frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 1}),
                connectionError(PROTOCOL));
        with(
                "http2/6.2/2 HEADERS of another stream amid block",
                s -> s.frame(HEADERS, END_STREAM, 1, s.block(GET))
                        .frame(HEADERS, END_STREAM | END_HEADERS, 3, s.block(GET)),
                connectionError(PROTOCOL));
        with("http2/6.2/3 HEADERS on stream 0", s -> s.headers(0, true, GET), connectionError(PROTOCOL));
        with(
                "http2/6.2/4 HEADERS with too long padding",
                s -> {
                    byte[] block = s.block(GET);
                    s.frame(
                            HEADERS,
                            END_HEADERS | END_STREAM | PADDED,
                            1,
                            join(new byte[] {(byte) (block.length + 1)}, block));
                },
                connectionError(PROTOCOL));
    }

    private void priorityAndReset() {
        with(
                "http2/6.3/1 PRIORITY on stream 0",
                s -> s.frame(PRIORITY, 0, 0, new byte[] {0, 0, 0, 1, 10}),
                connectionError(PROTOCOL));
        with(
                "http2/6.3/2 PRIORITY of another length",
                s -> s.headers(1, false, POST).frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 1}),
                streamError(SIZE));
        with("http2/6.4/1 RST_STREAM on stream 0", s -> s.reset(0, 8), connectionError(PROTOCOL));
        with("http2/6.4/2 RST_STREAM of an idle stream", s -> s.reset(1, 8), connectionError(PROTOCOL));
        with(
                "http2/6.4/3 RST_STREAM of another length",
                s -> s.headers(1, false, POST).frame(RST_STREAM, 0, 1, new byte[3]),
                connectionError(SIZE));
    }

    private void settings() {
        with("http2/6.5/1 SETTINGS ACK with payload", s -> s.frame(SETTINGS, ACK, 0, (byte) 0), connectionError(SIZE));
        with(
                "http2/6.5/2 SETTINGS on a stream",
                s -> s.frame(SETTINGS, 0, 1, new byte[] {0, 3, 0, 0, 0, 100}),
                connectionError(PROTOCOL));
        with(
                "http2/6.5/3 SETTINGS of another length",
                s -> s.frame(SETTINGS, 0, 0, new byte[3]),
                connectionError(SIZE));
        with("http2/6.5.2/1 ENABLE_PUSH neither 0 nor 1", s -> s.settings(2, 2), connectionError(PROTOCOL));
        with("http2/6.5.2/2 INITIAL_WINDOW_SIZE too large", s -> s.settings(4, 0x80000000), connectionError(FLOW));
        with("http2/6.5.2/3 MAX_FRAME_SIZE too small", s -> s.settings(5, 16383), connectionError(PROTOCOL));
        with("http2/6.5.2/4 MAX_FRAME_SIZE too large", s -> s.settings(5, 16777216), connectionError(PROTOCOL));
        with("http2/6.5.2/5 unknown setting is ignored", s -> s.settings(0xff, 1), PONG);
        with(
                "http2/6.5.3/1 several values of one setting",
                s -> s.settings(4, 100, 4, 1).headers(1, true, GET),
                data(1));
        with(
                "http2/6.5.3/2 SETTINGS is acknowledged",
                s -> s.settings(),
                s -> assertThat(s.await(SETTINGS).flags()).isEqualTo(ACK));
    }

    private void pushPingGoAway() {
        with(
                "http2/6.6 PUSH_PROMISE from a client",
                s -> s.headers(1, false, POST).frame(PUSH_PROMISE, END_HEADERS, 1, join(integer(2), s.block(GET))),
                connectionError(PROTOCOL));
        with("http2/6.7/1 PING is answered", s -> {}, PONG);
        with(
                "http2/6.7/2 PING ACK is not answered",
                s -> s.frame(PING, ACK, 0, "invalid ".getBytes(StandardCharsets.ISO_8859_1)),
                PONG);
        with("http2/6.7/3 PING on a stream", s -> s.frame(PING, 0, 1, new byte[8]), connectionError(PROTOCOL));
        with("http2/6.7/4 PING of another length", s -> s.frame(PING, 0, 0, new byte[6]), connectionError(SIZE));
        with("http2/6.8/1 GOAWAY on a stream", s -> s.frame(GOAWAY, 0, 1, new byte[8]), connectionError(PROTOCOL));
    }

    private void windows() {
        with("http2/6.9/1 WINDOW_UPDATE of 0 for the connection", s -> s.window(0, 0), connectionError(PROTOCOL));
        with(
                "http2/6.9/2 WINDOW_UPDATE of 0 for a stream",
                s -> s.headers(1, false, POST).window(1, 0),
                streamError(PROTOCOL));
        with(
                "http2/6.9/3 WINDOW_UPDATE of another length",
                s -> s.frame(WINDOW_UPDATE, 0, 0, new byte[3]),
                connectionError(SIZE));
        bare("http2/6.9.1/1 no more DATA than the window", s -> s.begin(4, 1).headers(1, true, GET), data(1));
        with(
                "http2/6.9.1/2 window of the connection above 2^31-1",
                s -> s.window(0, 0x7fffffff).window(0, 0x7fffffff),
                connectionError(FLOW));
        with(
                "http2/6.9.1/3 window of a stream above 2^31-1",
                s -> s.headers(1, false, POST).window(1, 0x7fffffff).window(1, 0x7fffffff),
                streamError(FLOW));
        bare(
                "http2/6.9.2/1 window changes after HEADERS",
                s -> s.begin(4, 0).headers(1, true, GET).settings(4, 1),
                data(1));
        bare(
                "http2/6.9.2/2 negative window",
                s -> {
                    s.begin(4, 3).headers(1, true, GET);
                    assertThat(s.await(DATA).payload()).hasSize(3);
                    s.settings(4, 2).window(1, 2);
                },
                data(1));
        with("http2/6.9.2/3 INITIAL_WINDOW_SIZE above 2^31-1", s -> s.settings(4, 0x80000000), connectionError(FLOW));
    }

    private void continuations() {
        with("http2/6.10/1 many CONTINUATION frames", s -> split(s, 1, 5), answered(1));
        with(
                "http2/6.10/2 other frame amid CONTINUATION",
                s -> s.frame(HEADERS, END_STREAM, 1, s.block(GET)).data(1, true, "test"),
                connectionError(PROTOCOL));
        with(
                "http2/6.10/3 CONTINUATION on stream 0",
                s -> s.frame(HEADERS, END_STREAM, 1, s.block(GET))
                        .frame(CONTINUATION, END_HEADERS, 0, s.block("x-a: b\n")),
                connectionError(PROTOCOL));
        with(
                "http2/6.10/4 CONTINUATION after END_HEADERS",
                s -> s.frame(HEADERS, END_HEADERS, 1, s.block(POST))
                        .frame(CONTINUATION, END_HEADERS, 1, s.block("x-a: b\n")),
                connectionError(PROTOCOL));
        with(
                "http2/6.10/5 CONTINUATION after CONTINUATION with END_HEADERS",
                s -> s.frame(HEADERS, 0, 1, s.block(POST))
                        .frame(CONTINUATION, END_HEADERS, 1, s.block("x-a: b\n"))
                        .frame(CONTINUATION, END_HEADERS, 1, s.block("x-b: b\n")),
                connectionError(PROTOCOL));
        with(
                "http2/6.10/6 CONTINUATION after DATA",
                s -> s.headers(1, false, POST)
                        .data(1, true, "test")
                        .frame(CONTINUATION, END_HEADERS, 1, s.block("x-a: b\n")),
                connectionErrorAfterResponse(PROTOCOL));
        with(
                "http2/7/1 GOAWAY with unknown code",
                s -> s.frame(GOAWAY, 0, 0, join(integer(0), integer(0xff))),
                ConformanceIT::closed);
        with(
                "http2/7/2 RST_STREAM with unknown code",
                s -> s.headers(1, false, POST).reset(1, 0xff),
                PONG);
    }

    private void http() {
        with(
                "http2/8.1/1 second HEADERS without END_STREAM",
                s -> s.headers(1, false, POST).headers(1, false, "x-test: ok\n"),
                streamError(PROTOCOL));
        with("http2/8.1.2/1 upper-case name", s -> s.headers(1, true, GET + "X-TEST: ok\n"), streamError(PROTOCOL));
        for (String field : new String[] {
            "connection: keep-alive",
            "keep-alive: 5",
            "proxy-connection: keep-alive",
            "transfer-encoding: chunked",
            "upgrade: foo",
            "te: trailers, deflate"
        }) {
            with("http2/8.1.2.2 " + field, s -> s.headers(1, true, GET + field + "\n"), streamError(PROTOCOL));
        }
        with(
                "http2/8.1.2.6/1 content-length above the DATA",
                s -> s.headers(1, false, POST + "content-length: 5\n").data(1, true, "test"),
                streamError(PROTOCOL));
        with(
                "http2/8.1.2.6/2 content-length below the DATA frames",
                s -> s.headers(1, false, POST + "content-length: 1\n")
                        .data(1, false, "te")
                        .data(1, true, "st"),
                streamError(PROTOCOL));
        with(
                "http2/8.1.2.6/3 content-length without DATA",
                s -> s.headers(1, true, POST + "content-length: 1\n"),
                streamError(PROTOCOL));
        with(
                "http2/8.2/1 PUSH_PROMISE",
                s -> s.headers(1, true, GET).frame(PUSH_PROMISE, END_HEADERS, 1, join(integer(2), s.block(GET))),
                connectionErrorAfterResponse(PROTOCOL));
    }

    private void pseudoFields() {
        String path = ":path: /\n";
        String method = ":method: GET\n";
        String scheme = ":scheme: http\n";
        String authority = ":authority: a.test\n";
        List<String> wrong = List.of(
                GET + ":test: ok\n",
                GET + ":status: 200\n",
                GET + "x-test: ok\n:path: /\n",
                method + scheme + authority + "x-test: ok\n" + path,
                method + scheme + ":path: \n" + authority,
                scheme + path + authority,
                method + path + authority,
                method + scheme + authority,
                method + GET,
                scheme + GET,
                path + GET,
                authority + GET,
                method + ":scheme: ftp\n" + path + authority,
                method + scheme + ":path: a\n" + authority,
                method + scheme + ":path: *\n" + authority,
                method + scheme + ":path: /a b\n" + authority,
                method + scheme + ":path: /a\\r\\nx: y\n" + authority,
                ":method: GET / HTTP/1.1\\r\\nx\n" + scheme + path + authority,
                method + scheme + path + ":authority: a b\n",
                method + scheme + path + ":authority: u@a.test\n",
                GET + "host: b.test\n",
                GET + "x-a: b\\r\\nc: d\n",
                GET + "x-a: b\\nc\n",
                GET + "x-a: b\\0c\n",
                GET + "x-a:  b\n",
                GET + "x-a: b \n",
                GET + "x a: b\n",
                GET + "x\\r: b\n",
                GET + "x:y: b\n",
                GET + "content-length: +1\n",
                POST + "content-length: 1\ncontent-length: 1\n",
                ":method: CONNECT\n" + authority + scheme + path,
                ":method: GET\n:protocol: websocket\n" + scheme + path + authority);
        for (int i = 0; i < wrong.size(); i++) {
            String fields = wrong.get(i);
            with(
                    "http2/8.1.2.3 " + fields.replace("\n", " | "),
                    s -> s.headers(1, true, fields),
                    streamError(PROTOCOL));
        }
        with(
                "http2/8.1.2.1 pseudo-header field in trailers",
                s -> s.headers(1, false, POST).headers(1, true, ":method: GET\n"),
                streamError(PROTOCOL));
        with(
                "http2/8.1.2.1 CR LF in trailers",
                s -> s.headers(1, false, POST).headers(1, true, "x-a: b\\r\\nc: d\n"),
                streamError(PROTOCOL));
    }

    private void hpack() {
        with(
                "hpack/2.3.3/1 index beyond the table",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, join(s.block(GET), new byte[] {(byte) 0xc6})),
                connectionError(COMPRESSION));
        with(
                "hpack/2.3.3/2 literal with name index beyond the table",
                s -> s.frame(
                        HEADERS, END_HEADERS | END_STREAM, 1, join(s.block(GET), new byte[] {(byte) 0x7f, 0x1e, 1, 'a'
                        })),
                connectionError(COMPRESSION));
        with(
                "hpack/4.2/1 table size update at the end of a block",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, join(s.block(GET), new byte[] {0x21})),
                connectionError(COMPRESSION));
        with(
                "hpack/5.2/1 padding of more than 7 bits",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, join(s.block(GET), new byte[] {
                    0,
                    (byte) 0x85,
                    (byte) 0xf2,
                    (byte) 0xb2,
                    0x4a,
                    (byte) 0x84,
                    (byte) 0xff,
                    (byte) 0x84,
                    0x49,
                    0x50,
                    (byte) 0x9f,
                    (byte) 0xff
                })),
                connectionError(COMPRESSION));
        with(
                "hpack/5.2/2 padding with zeros",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, join(s.block(GET), new byte[] {
                    0,
                    (byte) 0x85,
                    (byte) 0xf2,
                    (byte) 0xb2,
                    0x4a,
                    (byte) 0x84,
                    (byte) 0xff,
                    (byte) 0x83,
                    0x49,
                    0x50,
                    (byte) 0x90
                })),
                connectionError(COMPRESSION));
        with(
                "hpack/5.2/3 EOS in a string",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, join(s.block(GET), new byte[] {
                    0,
                    (byte) 0x85,
                    (byte) 0xf2,
                    (byte) 0xb2,
                    0x4a,
                    (byte) 0x84,
                    (byte) 0xff,
                    (byte) 0x87,
                    0x49,
                    0x51,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xfa,
                    0x7f
                })),
                connectionError(COMPRESSION));
        with(
                "hpack/6.1/1 index 0",
                s -> s.frame(HEADERS, END_HEADERS | END_STREAM, 1, join(s.block(GET), new byte[] {(byte) 0x80})),
                connectionError(COMPRESSION));
        with(
                "hpack/6.3/1 table size above the setting",
                s -> s.frame(
                        HEADERS,
                        END_HEADERS | END_STREAM,
                        1,
                        join(new byte[] {0x3f, (byte) 0xe1, (byte) 0x7f, 0x3f}, s.block(GET))),
                connectionError(COMPRESSION));
    }
}
