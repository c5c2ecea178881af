package io.laneway.gateway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One end of an HTTP/2 connection that sends exactly the frames it is told to, right or wrong, and reads whatever comes.
 * Field lists are written as {@code name: value} lines; pseudo-header fields keep their colon.
 */
public final class FrameSocket implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;

    /** The client's first bytes. */
    public static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    /** A request for service {@code a}. */
    public static final String GET = ":method: GET\n:scheme: http\n:path: /\n:authority: a.test\n";

    public static final String POST = ":method: POST\n:scheme: http\n:path: /\n:authority: a.test\n";

    private static final int TIMEOUT_MS = 5_000;

    private final Socket socket;
    private final DataInputStream in;
    private final Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);

    /** A frame as it came. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    public record Frame(int type, int flags, int stream, byte[] payload) {

        public boolean endsStream() {
            return (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
        }

        /** The error code of RST_STREAM and GOAWAY. */
        public int error() {
            int at = type == GOAWAY ? 4 : 0;
            return Unpooled.wrappedBuffer(payload).getInt(at);
        }

        public String text() {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }
    }

    /** A response: its fields as lines, its body, its trailers as lines; {@code reset} is -1 if it ended well. */
    public record Response(String fields, String body, String trailers, int reset) {

        public int status() {
            return Integer.parseInt(field(":status"));
        }

        public String field(String name) {
            return value(fields, name);
        }

        public String trailer(String name) {
            return value(trailers, name);
        }

        private static String value(String lines, String name) {
            for (String line : lines.split("\n")) {
                if (line.startsWith(name + ": ")) {
                    return line.substring(name.length() + 2);
                }
            }
            return null;
        }
    }

    private FrameSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** A connection on which nothing was sent. */
    public static FrameSocket bare(int port) {
        try {
            return over(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static FrameSocket over(Socket socket) {
        try {
            return new FrameSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that has sent preface and empty settings and acknowledged the server's. */
    public static FrameSocket client(int port, int... settings) {
        return bare(port).begin(settings);
    }

    /** Sends preface and settings, and acknowledges the server's. */
    public FrameSocket begin(int... settings) {
        send(PREFACE);
        settings(settings);
        await(SETTINGS);
        return frame(SETTINGS, ACK, 0);
    }

    public Socket socket() {
        return socket;
    }

    public FrameSocket send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a frame. */
    public FrameSocket frame(int type, int flags, int stream, byte... payload) {
        return send(bytes(payload.length, type, flags, stream, payload));
    }

    /** A frame whose header says what it is told. */
    public static byte[] bytes(int length, int type, int flags, int stream, byte... payload) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeMedium(length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream)
                .writeBytes(payload);
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        return bytes;
    }

    /** Sends settings: ids and values in turn. */
    public FrameSocket settings(int... settings) {
        ByteBuf payload = Unpooled.buffer();
        for (int i = 0; i < settings.length; i += 2) {
            payload.writeShort(settings[i]).writeInt(settings[i + 1]);
        }
        byte[] bytes = new byte[payload.readableBytes()];
        payload.readBytes(bytes);
        return frame(SETTINGS, 0, 0, bytes);
    }

    /** Sends a whole field list in one HEADERS frame. */
    public FrameSocket headers(int stream, boolean end, String fields) {
        return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(fields));
    }

    public FrameSocket data(int stream, boolean end, String text) {
        return frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public FrameSocket window(int stream, int increment) {
        return frame(WINDOW_UPDATE, 0, stream, integer(increment));
    }

    public FrameSocket reset(int stream, int error) {
        return frame(RST_STREAM, 0, stream, integer(error));
    }

    public static byte[] integer(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    /** A field list as literals without indexing (RFC 7541 section 6.2.2), in the order given. */
    public byte[] block(String fields) {
        return literals(fields);
    }

    /** As {@link #block}. */
    public static byte[] literals(String fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String line : fields.split("\n")) {
            if (!line.isEmpty()) {
                int colon = line.indexOf(": ", 1);
                block.write(0);
                literal(block, text(line.substring(0, colon)));
                literal(block, text(line.substring(colon + 2)));
            }
        }
        return block.toByteArray();
    }

    /** A string as HPACK writes it without Huffman coding (RFC 7541 section 5.2). */
    public static void literal(ByteArrayOutputStream block, String text) {
        int length = text.length();
        block.write(Math.min(length, 127));
        if (length >= 127) {
            int rest = length - 127;
            for (; rest >= 128; rest >>>= 7) {
                block.write((rest & 0x7f) | 0x80);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Escapes of a test's text: {@code \r}, {@code \n} and {@code \0} spelled out. */
    private static String text(String escaped) {
        return escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    }

    /** Reads one byte of what is no frame. */
    public int next() throws IOException {
        return in.readUnsignedByte();
    }

    /** Reads a frame; null at the end of the connection. */
    public Frame read() {
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int length = first << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & 0x7fffffff;
            return new Frame(type, flags, stream, in.readNBytes(length));
        } catch (EOFException | SocketException e) {
            return null;
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until a frame of that type comes; null if the connection ends before. */
    public Frame await(int type) {
        Frame frame = read();
        while (frame != null && frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    /** The fields of a HEADERS frame, one a line. To be called for each, in order. */
    public String fields(Frame frame) {
        StringBuilder lines = new StringBuilder();
        try {
            for (Map.Entry<CharSequence, CharSequence> field :
                    decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()))) {
                lines.append(field.getKey())
                        .append(": ")
                        .append(field.getValue())
                        .append('\n');
            }
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
        return lines.toString();
    }

    /** Reads the response to a stream, giving back window as data comes; interim responses are left out. */
    public Response response(int stream) {
        String fields = "";
        String trailers = "";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame = read(); frame != null; frame = read()) {
            if (frame.type() == HEADERS) {
                String list = fields(frame);
                if (frame.stream() == stream && !list.startsWith(":status: 1")) {
                    trailers = fields.isEmpty() ? trailers : list;
                    fields = fields.isEmpty() ? list : fields;
                }
            } else if (frame.type() == DATA) {
                if (frame.payload().length > 0) {
                    window(0, frame.payload().length);
                }
                if (frame.stream() == stream) {
                    body.writeBytes(frame.payload());
                    if (!frame.endsStream() && frame.payload().length > 0) {
                        window(stream, frame.payload().length);
                    }
                }
            } else if (frame.type() == RST_STREAM && frame.stream() == stream) {
                return new Response(fields, body.toString(StandardCharsets.ISO_8859_1), trailers, frame.error());
            } else if (frame.type() == SETTINGS && (frame.flags() & ACK) == 0) {
                frame(SETTINGS, ACK, 0);
            }
            if (frame.stream() == stream && frame.endsStream()) {
                return new Response(fields, body.toString(StandardCharsets.ISO_8859_1), trailers, -1);
            }
        }
        throw new IllegalStateException("connection closed before the answer, fields so far: " + fields);
    }

    /** Reads the responses to so many streams in the order in which they end, as far as they fit the first windows. */
    public List<Response> responses(int count) {
        Map<Integer, String> heads = new HashMap<>();
        Map<Integer, StringBuilder> bodies = new HashMap<>();
        List<Response> responses = new ArrayList<>();
        while (responses.size() < count) {
            Frame frame = read();
            if (frame == null) {
                throw new IllegalStateException("connection closed after " + responses.size() + " answers");
            }
            if (frame.type() == HEADERS) {
                heads.put(frame.stream(), fields(frame));
            } else if (frame.type() == DATA) {
                bodies.computeIfAbsent(frame.stream(), stream -> new StringBuilder())
                        .append(frame.text());
            }
            boolean reset = frame.type() == RST_STREAM;
            if (reset || frame.endsStream()) {
                String body =
                        bodies.getOrDefault(frame.stream(), new StringBuilder()).toString();
                responses.add(
                        new Response(heads.getOrDefault(frame.stream(), ""), body, "", reset ? frame.error() : -1));
            }
        }
        return responses;
    }

    /** Sends a request without body and reads its response. */
    public Response get(int stream, String path, String fields) {
        headers(stream, true, ":method: GET\n:scheme: http\n:path: " + path + "\n:authority: a.test\n" + fields);
        return response(stream);
    }

    /** All frames until the connection ends or nothing comes for a while. */
    public List<Frame> rest(int quietMs) {
        List<Frame> frames = new ArrayList<>();
        try {
            socket.setSoTimeout(quietMs);
            for (Frame frame = read(); frame != null; frame = read()) {
                frames.add(frame);
            }
        } catch (IOException | UncheckedIOException e) {
            return frames;
        }
        return frames;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
