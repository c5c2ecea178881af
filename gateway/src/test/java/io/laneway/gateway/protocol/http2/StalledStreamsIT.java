package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.FrameSocket.Frame;
import io.laneway.gateway.testkit.FrameUpstream;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.router.model.service.Protocol;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * Streams that their readers leave alone hold back no other stream of their connection, though the connection's window
 * is far smaller than what waits for all of theirs; and no more waits for each than its bound.
 */
class StalledStreamsIT {

    private static final int INITIAL_WINDOW_SIZE = 4;
    /** So small that the stalled streams together leave most of the connection's 65,535 bytes. */
    private static final int LITTLE = 256;

    private static final int STALLED = 64;
    private static final int READ = 2 * STALLED + 1;
    private static final int LONG = 1_000_000;
    private static final String PIECE = "x".repeat(16_000);
    /** What the gateway takes of a stream that its reader leaves alone: a window, and what may wait. */
    private static final int MOST = 128 * 1024 + StreamOutput.HIGH + 32 * 1024;

    private final Map<Integer, Integer> credit = new ConcurrentHashMap<>();
    /** The number that the stream which is read has between the gateway and the endpoint. */
    private volatile int read;

    private static TestGateway over(FrameUpstream upstream) {
        return TestGateway.over(Tables.one(Protocol.H2C, upstream.port()));
    }

    private void note(FrameSocket connection, Frame head) {
        if (connection.fields(head).contains("x-read: ")) {
            read = head.stream();
        }
    }

    private void note(Frame frame) {
        if (frame.type() == FrameSocket.WINDOW_UPDATE && frame.stream() != 0) {
            credit.merge(frame.stream(), ByteBuffer.wrap(frame.payload()).getInt(), Integer::sum);
        }
    }

    /** Sends as much on each stream as it is let, each to its end. */
    private final class Pourer {

        private final FrameSocket socket;
        private final int[] left = new int[4 * STALLED];
        private final int[] window = new int[4 * STALLED];

        Pourer(FrameSocket socket) {
            this.socket = socket;
        }

        void begin(int stream, int first) {
            left[stream] = LONG;
            window[stream] = first;
            pour(stream);
        }

        void heard(Frame frame) {
            note(frame);
            int stream = frame.stream();
            if (frame.type() == FrameSocket.WINDOW_UPDATE && stream != 0) {
                window[stream] += ByteBuffer.wrap(frame.payload()).getInt();
                pour(stream);
            }
        }

        private void pour(int stream) {
            int n = Math.min(PIECE.length(), Math.min(left[stream], window[stream]));
            while (n > 0) {
                left[stream] -= n;
                window[stream] -= n;
                socket.data(stream, left[stream] == 0, PIECE.substring(0, n));
                n = Math.min(PIECE.length(), Math.min(left[stream], window[stream]));
            }
        }
    }

    private static int endpointWindow(FrameSocket connection) {
        ByteBuffer settings =
                ByteBuffer.wrap(connection.await(FrameSocket.SETTINGS).payload());
        connection.frame(FrameSocket.SETTINGS, FrameSocket.ACK, 0);
        while (settings.hasRemaining()) {
            int id = settings.getShort();
            int value = settings.getInt();
            if (id == INITIAL_WINDOW_SIZE) {
                return value;
            }
        }
        return 65_535;
    }

    private void download(FrameSocket connection, int number) {
        int window = endpointWindow(connection);
        Pourer responses = new Pourer(connection);
        for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
            if (frame.type() == FrameSocket.HEADERS) {
                note(connection, frame);
                connection.headers(frame.stream(), false, ":status: 200\n");
                responses.begin(frame.stream(), window);
            } else {
                responses.heard(frame);
            }
        }
    }

    @Test
    void downloadsThatNobodyReadsHoldNoOtherBack() {
        try (FrameUpstream upstream = FrameUpstream.scripted(this::download);
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port(), INITIAL_WINDOW_SIZE, LITTLE)) {
            for (int stream = 1; stream < READ; stream += 2) {
                client.headers(stream, true, FrameSocket.GET);
            }
            client.headers(READ, true, FrameSocket.GET + "x-read: yes\n").window(READ, 65_535 - LITTLE);

            FrameSocket.Response response = client.response(READ);
            assertThat(response.body().length())
                    .as("reset %s", response.reset())
                    .isEqualTo(LONG);
            assertThat(upstream.connections()).isEqualTo(1);
            credit.remove(read);
            assertThat(credit.values()).allMatch(given -> given <= MOST);
            aFirstOneGoesOnWhenItIsReadAtLast(client);
        }
    }

    private static void aFirstOneGoesOnWhenItIsReadAtLast(FrameSocket client) {
        client.window(1, 65_535);
        int heard = 0;
        for (Frame frame = client.read(); frame.stream() != 1 || !frame.endsStream(); frame = client.read()) {
            int n = frame.type() == FrameSocket.DATA ? frame.payload().length : 0;
            if (n > 0) {
                heard += n;
                client.window(0, n).window(frame.stream(), n);
            }
        }
        assertThat(heard).isGreaterThan(LONG / 2);
    }

    /** Takes in what comes on the last stream and leaves the others alone. */
    private void upload(FrameSocket connection, int number) {
        int heard = 0;
        for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
            int n = frame.type() == FrameSocket.DATA ? frame.payload().length : 0;
            if (frame.type() == FrameSocket.HEADERS) {
                note(connection, frame);
                n = 65_535 - LITTLE;
            }
            if (n > 0 && frame.stream() == read) {
                connection.window(0, n).window(read, n);
                heard += frame.type() == FrameSocket.DATA ? n : 0;
            }
            if (frame.endsStream()) {
                FrameUpstream.response(connection, frame.stream(), "read " + heard);
            }
        }
    }

    @Test
    void uploadsThatNobodyReadsHoldNoOtherBack() {
        try (FrameUpstream upstream = FrameUpstream.scripted(this::upload, INITIAL_WINDOW_SIZE, LITTLE);
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            Pourer requests = new Pourer(client);
            for (int stream = 1; stream <= READ; stream += 2) {
                client.headers(stream, false, FrameSocket.POST + (stream == READ ? "x-read: yes\n" : ""));
                requests.begin(stream, 65_535);
            }
            Frame frame = client.read();
            while (frame.type() != FrameSocket.DATA) {
                requests.heard(frame);
                assertThat(frame.type()).isNotEqualTo(FrameSocket.RST_STREAM);
                frame = client.read();
            }

            assertThat(frame.text()).isEqualTo("read " + LONG);
            assertThat(upstream.connections()).isEqualTo(1);
            credit.remove(READ);
            assertThat(credit.values()).allMatch(given -> given <= MOST);
        }
    }
}
