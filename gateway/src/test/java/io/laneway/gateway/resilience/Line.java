package io.laneway.gateway.resilience;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection on which a caller asks one thing after the other, without ever trying again. */
interface Line extends AutoCloseable {

    /** Asks, and tells what was wrong with the answer; null if nothing was. */
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
        private final Predicate<RawClient.Answer> good;
        private boolean over;

        Http1(int port, String request, Predicate<RawClient.Answer> good) {
            this.client = RawClient.to(port);
            this.request = request;
            this.good = good;
        }

        @Override
        public @Nullable String ask() {
            RawClient.Answer answer = client.send(request).answer();
            over = "close".equals(answer.header("connection"));
            return good.test(answer) ? null : answer.status() + " " + answer.body();
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
        private int stream = -1;
        private boolean over;

        Http2(int port) {
            this.client = FrameSocket.client(port);
        }

        @Override
        public @Nullable String ask() {
            stream += 2;
            client.headers(stream, true, FrameSocket.GET);
            String status = "";
            for (FrameSocket.Frame frame = client.read(); frame != null; frame = client.read()) {
                over |= frame.type() == FrameSocket.GOAWAY;
                if (frame.type() == FrameSocket.HEADERS) {
                    status = client.fields(frame).lines().findFirst().orElse("");
                }
                if (frame.stream() == stream && (frame.endsStream() || frame.type() == FrameSocket.RST_STREAM)) {
                    boolean good = frame.endsStream() && status.equals(":status: 200");
                    return good ? null : status + " frame " + frame.type();
                }
            }
            over = true;
            return "closed in stream " + stream;
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
