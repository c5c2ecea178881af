package io.laneway.gateway.resilience;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection on which a client asks one thing after the other, without ever trying again. */
interface Line extends AutoCloseable {

    /** Asks, and tells what was wrong with the response; null if nothing was. */
    @Nullable
    String ask();

    /** Whether the gateway said that it wants no more requests here. */
    boolean over();

    @Override
    void close();

    /** HTTP/1.1, which says {@code Connection: close}. */
    final class Http1 implements Line {
        private final RawClient client;
        private final String request;
        private final Predicate<RawClient.Response> good;
        private boolean over;

        Http1(int port, String request, Predicate<RawClient.Response> good) {
            this.client = RawClient.to(port);
            this.request = request;
            this.good = good;
        }

        @Override
        public @Nullable String ask() {
            RawClient.Response response = client.send(request).response();
            over = "close".equals(response.header("connection"));
            return good.test(response) ? null : response.status() + " " + response.body();
        }

        @Override
        public boolean over() {
            return over;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** HTTP/2, which says GOAWAY. */
    final class Http2 implements Line {
        private final FrameSocket client;
        private final String request;
        private final Predicate<String> good;
        private int stream = -1;
        private boolean over;

        Http2(int port) {
            this(port, FrameSocket.GET, "200"::equals);
        }

        /** @param good whether that is a status to be answered with */
        Http2(int port, String request, Predicate<String> good) {
            this.client = FrameSocket.client(port);
            this.request = request;
            this.good = good;
        }

        @Override
        public @Nullable String ask() {
            stream += 2;
            client.headers(stream, true, request);
            String status = "";
            for (FrameSocket.Frame frame = client.read(); frame != null; frame = client.read()) {
                over |= frame.type() == FrameSocket.GOAWAY;
                if (frame.type() == FrameSocket.HEADERS) {
                    status = status(client.fields(frame), status);
                }
                takes(frame);
                if (frame.stream() == stream && (frame.endsStream() || frame.type() == FrameSocket.RST_STREAM)) {
                    return frame.endsStream() && good.test(status) ? null : status + " frame " + frame.type();
                }
            }
            over = true;
            return "closed in stream " + stream;
        }

        private static String status(String fields, String before) {
            return fields.startsWith(":status: ") ? fields.substring(9, 12) : before;
        }

        /** Gives back the window that a frame took. */
        private void takes(FrameSocket.Frame frame) {
            int length = frame.payload().length;
            if (frame.type() == FrameSocket.DATA && length > 0) {
                client.window(0, length);
                if (!frame.endsStream()) {
                    client.window(frame.stream(), length);
                }
            }
        }

        @Override
        public boolean over() {
            return over;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
