package io.laneway.control.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What large responses take of the memory for calls comes back, however their connection ends. */
class ResponseMemoryIT {

    private static final String LARGE = "x".repeat(8 << 20);

    private final CallMemory memory = new CallMemory(MemoryBounds.of(512L << 20));
    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> sentToNone = new CompletableFuture<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        router.get("/now").handler(ctx -> ResponseWriter.send(ctx, memory, Reply.text("text/plain", LARGE)));
        router.get("/late")
                .handler(ctx -> ctx.request().connection().closeHandler(closed -> {
                    ResponseWriter.send(ctx, memory, Reply.text("text/plain", LARGE));
                    sentToNone.complete(null);
                }));
        server = vertx.createHttpServer(new HttpServerOptions().setPort(0).setHost("127.0.0.1"))
                .requestHandler(router)
                .listen()
                .await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void aClientThatTakesItsResponse() throws IOException {
        try (Socket socket = ask("/now")) {
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(LARGE.length()).length).isEqualTo(LARGE.length());
            await().until(() -> memory.replies().taken() == 0);
        }
    }

    @Test
    void aClientThatLeavesAmidItsResponse() throws IOException {
        try (Socket socket = ask("/now")) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThat(memory.replies().taken()).isEqualTo(LARGE.length());
        }
        await().until(() -> memory.replies().taken() == 0);
    }

    /** A response that is made for none. */
    @Test
    void aClientThatLeftBeforeItsResponseWasMade() throws Exception {
        ask("/late").close();
        sentToNone.get(10, TimeUnit.SECONDS);
        assertThat(memory.replies().taken()).isZero();
    }

    private Socket ask(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
