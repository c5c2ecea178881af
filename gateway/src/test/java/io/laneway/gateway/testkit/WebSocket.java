package io.laneway.gateway.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/**
 * One end of a WebSocket that sends exactly the frames it is told to (RFC 6455 section 5.2), and reads whatever comes.
 * Who is a client masks, and who reads checks that the other end does as its role asks.
 */
public final class WebSocket implements AutoCloseable {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final byte[] MASK = {0x11, (byte) 0x9c, 0x3f, (byte) 0xe4};
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final boolean client;
    private final DataInputStream in;
    private final OutputStream out;
    private final EndOutput endOutput;
    private final AutoCloseable connection;

    private interface EndOutput {
        void end() throws IOException;
    }

    /** A frame as it came, unmasked. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    public record Frame(boolean fin, int opcode, boolean masked, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a close frame, 1005 if it has none. */
        public int code() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }
    }

    private WebSocket(boolean client, InputStream in, OutputStream out, EndOutput endOutput, AutoCloseable connection) {
        this.client = client;
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = out;
        this.endOutput = endOutput;
        this.connection = connection;
    }

    /** A client over an upgraded HTTP/1.1 connection to a host {@code a.test}, once it was answered 101. */
    public static WebSocket overHttp1(int port) {
        return overHttp1(RawClient.to(port), "");
    }

    /** The same over a connection that stands, with further header lines, each ended by {@code \n}. */
    public static WebSocket overHttp1(RawClient raw, String headers) {
        return overHttp1(raw, headers, "a.test");
    }

    /** The same to another host. */
    public static WebSocket overHttp1(RawClient raw, String headers, String host) {
        RawClient.Response response = raw.send("GET /socket HTTP/1.1\nHost: " + host + "\nConnection: Upgrade\n"
                        + "Upgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: " + KEY + "\n" + headers
                        + "\n")
                .response(true);
        if (response.status() != 101 || !accept(KEY).equals(response.header("sec-websocket-accept"))) {
            throw new IllegalStateException("no upgrade: " + response);
        }
        Socket socket = raw.socket();
        return new WebSocket(true, raw.in(), output(socket), socket::shutdownOutput, raw);
    }

    /** A client over an extended CONNECT (RFC 8441) on a connection that was begun, once it was answered 200. */
    public static WebSocket overHttp2(FrameSocket socket) {
        StreamPipe pipe = StreamPipe.open(socket, 1, """
            :method: CONNECT
            :protocol: websocket
            :scheme: http
            :path: /socket
            :authority: a.test
            sec-websocket-version: 13
            """);
        if (!pipe.head().startsWith(":status: 200")) {
            throw new IllegalStateException("no upgrade: " + pipe.head());
        }
        return new WebSocket(true, pipe.in(), pipe.out(), pipe::endOutput, pipe);
    }

    /** The server's end of a conversation in which the request for an upgrade was read; answers that. */
    public static WebSocket accept(Upstream.Conversation conversation, String head) throws IOException {
        String key = new Upstream.Request(head, "").header("sec-websocket-key");
        if (key == null || Base64.getDecoder().decode(key).length != 16) {
            throw new IllegalStateException("no Sec-WebSocket-Key of 16 bytes: " + head);
        }
        conversation.send("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: websocket\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\n\n");
        Socket socket = conversation.socket();
        return new WebSocket(false, conversation.in(), output(socket), socket::shutdownOutput, socket);
    }

    /** An endpoint that sends every data frame back as it came, answers pings, and closes as it is closed. */
    public static Upstream echoing() {
        return Upstream.scripted(conversation -> {
            String head = conversation.head();
            if (head == null || new Upstream.Request(head, "").header("upgrade") == null) {
                conversation.send("HTTP/1.1 200 OK\nContent-Length: 5\n\nplain");
                return;
            }
            WebSocket socket = accept(conversation, head);
            for (Frame frame = socket.read(); frame != null; frame = socket.read()) {
                socket.frame(frame.fin(), frame.opcode() == PING ? PONG : frame.opcode(), frame.payload());
                if (frame.opcode() == CLOSE) {
                    return;
                }
            }
        });
    }

    private static OutputStream output(Socket socket) {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String accept(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public WebSocket text(String text) {
        return frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a close frame. */
    public WebSocket close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(2 + text.length);
        payload.putShort((short) code).put(text);
        return frame(true, CLOSE, payload.array());
    }

    /** Sends a frame, masked if we are a client. */
    public WebSocket frame(boolean fin, int opcode, byte... payload) {
        return send(bytes(fin, opcode, payload));
    }

    /** The same on another thread, so that what comes back can be read meanwhile. */
    public CompletableFuture<WebSocket> frameAside(boolean fin, int opcode, byte... payload) {
        return CompletableFuture.supplyAsync(() -> frame(fin, opcode, payload));
    }

    /** A frame's bytes as this end would send them. */
    public byte[] bytes(boolean fin, int opcode, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        int mask = client ? 0x80 : 0;
        frame.put((byte) ((fin ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (client) {
            frame.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (client ? payload[i] ^ MASK[i & 3] : payload[i]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Sends bytes as they are. */
    public WebSocket send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends no more, but continues to read. */
    public void endOutput() {
        try {
            endOutput.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a frame; null at the end of the connection. */
    public Frame read() {
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int second = in.readUnsignedByte();
            boolean masked = (second & 0x80) != 0;
            if (masked == client) {
                throw new IllegalStateException("a frame " + (masked ? "masked" : "unmasked") + " by the wrong end");
            }
            long length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] mask = in.readNBytes(masked ? 4 : 0);
            byte[] payload = in.readNBytes((int) length);
            if (payload.length < length) {
                throw new EOFException("a frame of " + length + " ended after " + payload.length);
            }
            for (int i = 0; masked && i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
            return new Frame((first & 0x80) != 0, first & 0x0f, masked, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a message of one frame or several, which must not be divided by control frames. */
    public byte[] message() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        Frame frame = read();
        message.writeBytes(frame.payload());
        while (!frame.fin()) {
            frame = read();
            message.writeBytes(frame.payload());
        }
        return message.toByteArray();
    }

    /** So many bytes of what is no frame, as text. */
    public String raw(int n) {
        try {
            return new String(in.readNBytes(n), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All bytes up to the end of the connection. */
    public byte[] rest() {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
