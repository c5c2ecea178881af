package io.laneway.gateway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One stream of an HTTP/2 connection as two streams of bytes, both within their windows. A thread of its own reads the
 * frames, so no other may. The window of what comes is given back as it is read.
 */
public final class StreamPipe implements AutoCloseable {

    private static final int FRAME = 16_384;
    private static final int INITIAL_WINDOW_SIZE = 4;

    private final FrameSocket socket;
    private final int stream;
    private final CompletableFuture<String> head = new CompletableFuture<>();
    private final CompletableFuture<Integer> reset = new CompletableFuture<>();
    private final PipedInputStream in = new PipedInputStream(1 << 20);
    private final PipedOutputStream into;
    private final Object windows = new Object();
    private long connectionWindow = 65_535;
    private long streamWindow = 65_535;

    private StreamPipe(FrameSocket socket, int stream) {
        this.socket = socket;
        this.stream = stream;
        try {
            into = new PipedOutputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "stream-pipe");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens a stream with these fields on a connection that was begun. */
    public static StreamPipe open(FrameSocket socket, int stream, String fields) {
        socket.headers(stream, false, fields);
        return new StreamPipe(socket, stream);
    }

    private void run() {
        try (into) {
            for (FrameSocket.Frame frame = socket.read(); frame != null; frame = socket.read()) {
                take(frame);
            }
        } catch (IOException | UncheckedIOException e) {
            // the connection is over, which the readers are told below
        }
        head.complete("");
        reset.complete(-1);
    }

    private void take(FrameSocket.Frame frame) throws IOException {
        if (frame.type() == FrameSocket.SETTINGS && (frame.flags() & FrameSocket.ACK) == 0) {
            settings(frame.payload());
            socket.frame(FrameSocket.SETTINGS, FrameSocket.ACK, 0);
        } else if (frame.type() == FrameSocket.WINDOW_UPDATE) {
            grow(frame.stream(), frame.error());
        } else if (frame.type() == FrameSocket.PING && (frame.flags() & FrameSocket.ACK) == 0) {
            socket.frame(FrameSocket.PING, FrameSocket.ACK, 0, frame.payload());
        } else if (frame.stream() == stream) {
            ours(frame);
        }
    }

    private void ours(FrameSocket.Frame frame) throws IOException {
        if (frame.type() == FrameSocket.HEADERS) {
            head.complete(socket.fields(frame));
        } else if (frame.type() == FrameSocket.DATA && frame.payload().length > 0) {
            into.write(frame.payload());
            into.flush();
            socket.window(0, frame.payload().length);
            if (!frame.endsStream()) {
                socket.window(stream, frame.payload().length);
            }
        } else if (frame.type() == FrameSocket.RST_STREAM) {
            reset.complete(frame.error());
            into.close();
        }
        if (frame.endsStream()) {
            into.close();
        }
    }

    private void settings(byte[] payload) {
        for (int at = 0; at + 6 <= payload.length; at += 6) {
            int value = new FrameSocket.Frame(0, 0, 0, Arrays.copyOfRange(payload, at + 2, at + 6)).error();
            if (payload[at + 1] == INITIAL_WINDOW_SIZE) {
                grow(stream, value - 65_535);
            }
        }
    }

    private void grow(int which, int by) {
        synchronized (windows) {
            if (which == 0) {
                connectionWindow += by;
            } else if (which == stream) {
                streamWindow += by;
            }
            windows.notifyAll();
        }
    }

    /** The fields of the response's head, a line each. */
    public String head() {
        return head.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The code with which the peer reset the stream; -1 if the connection ended first. */
    public int reset() {
        return reset.orTimeout(10, TimeUnit.SECONDS).join();
    }

    public InputStream in() {
        return in;
    }

    /** Sends bytes as DATA as the windows allow. */
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int at = offset; at < offset + length; ) {
                    int n = claim(Math.min(FRAME, offset + length - at));
                    socket.frame(FrameSocket.DATA, 0, stream, Arrays.copyOfRange(bytes, at, at + n));
                    at += n;
                }
            }
        };
    }

    private int claim(int wanted) throws IOException {
        synchronized (windows) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (Math.min(connectionWindow, streamWindow) <= 0) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("no window for 10 s");
                }
                try {
                    windows.wait(100);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            int n = (int) Math.min(wanted, Math.min(connectionWindow, streamWindow));
            connectionWindow -= n;
            streamWindow -= n;
            return n;
        }
    }

    /** Ends the stream in our direction. */
    public void endOutput() {
        socket.data(stream, true, "");
    }

    @Override
    public void close() {
        socket.close();
    }
}
