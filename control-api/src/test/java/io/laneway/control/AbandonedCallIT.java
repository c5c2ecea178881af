package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.auth.Role;
import io.laneway.control.http.HttpApi;
import io.laneway.control.http.RequestLimit;
import io.laneway.control.http.message.CallMemory;
import io.laneway.control.http.message.MemoryBounds;
import io.laneway.control.http.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait for their turn while their clients leave. */
class AbandonedCallIT {

    @TempDir
    Path directory;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private TestControl control;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        control = TestControl.start(directory);
        Router router = HttpApi.router(
                vertx,
                control.api().parts().authenticator(),
                new RequestLimit(0, Clock.systemUTC()),
                () -> {},
                new CallMemory(MemoryBounds.here()),
                List.of(routes ->
                        routes.whole(HttpMethod.GET, "/slow", Role.VIEWER, call -> Future.succeededFuture(slow()))));
        server = vertx.createHttpServer(new HttpServerOptions().setPort(0).setHost("127.0.0.1"))
                .requestHandler(request -> {
                    request.connection().closeHandler(closed -> gone.countDown());
                    router.handle(request);
                })
                .listen()
                .await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        control.close();
    }

    private Reply slow() {
        begun.countDown();
        try {
            assertThat(free.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Reply.text("text/plain", "done " + done.incrementAndGet());
    }

    @Test
    void aCallWhoseClientLeftBeforeItsTurnIsNotDone() throws Exception {
        try (Socket first = ask();
                Socket last = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            ask().close();
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
            free.countDown();
            assertThat(read(first)).endsWith("done 1");
            send(last);
            assertThat(read(last)).as("the one that left was not done").endsWith("done 2");
        }
    }

    /** Vert.x ends executors that are collected, and forgets what waits for them. */
    @Test
    void callsThatWaitForTheirTurnOutliveACollection() throws Exception {
        try (Socket first = ask()) {
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            try (Socket second = ask()) {
                TimeUnit.MILLISECONDS.sleep(100);
                for (int i = 0; i < 5; i++) {
                    System.gc();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                free.countDown();
                assertThat(read(first)).endsWith("done 1");
                second.setSoTimeout(10_000);
                assertThat(read(second)).endsWith("done 2");
            }
        }
    }

    private Socket ask() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        send(socket);
        return socket;
    }

    private static void send(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
