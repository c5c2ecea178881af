package io.laneway.replay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.send.Outgoing;
import io.laneway.replay.send.Reply;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of HTTP/1.1 and HTTP/2, plain and over TLS. */
class HttpSenderIT {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void http1KeepsTargetHostAndBody() throws Exception {
        Reply reply = send(server(new HttpServerOptions()), false, null, false, 1 << 20);
        assertThat(text(reply)).isEqualTo("HTTP_1_1 POST /a%2Fb?q=%20 shop.example.com:81 null hello");
        assertThat(Fields.first(reply.response().trailers(), "x-end")).isEqualTo("1");
    }

    @Test
    void http2WithPriorKnowledgeHasTrailers() throws Exception {
        Reply reply = send(server(new HttpServerOptions()), true, null, false, 1 << 20);
        assertThat(text(reply)).isEqualTo("HTTP_2 POST /a%2Fb?q=%20 shop.example.com:81 trailers hello");
        assertThat(Fields.first(reply.response().trailers(), "x-end")).isEqualTo("1");
    }

    @Test
    void tlsIsHttp2ByAlpnAndItsCertificateIsChecked() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path ca = Files.writeString(directory.resolve("ca.pem"), certificate.getCertificatePathPEM());
        int port = server(new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(certificate.getCertificatePathPEM()))
                        .addKeyValue(Buffer.buffer(certificate.getPrivateKeyPEM()))));
        assertThat(text(send(port, true, ca, false, 1 << 20))).startsWith("HTTP_2 ");
        assertThat(text(send(port, false, ca, false, 1 << 20))).startsWith("HTTP_1_1 ");
        assertThat(text(sendTls(port, true, null, true))).startsWith("HTTP_2 ");
        Reply distrusted = sendTls(port, true, null, false);
        assertThat(distrusted.response()).isNull();
        assertThat(distrusted.error()).isNotEmpty();
    }

    @Test
    void whatHasNoContentSaysItsLengthWhereTheMethodExpectsSome() throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.response().end(request.getHeader("content-length") + ""))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        Destination to = new Destination(
                URI.create("http://127.0.0.1:" + port), null, false, 4, Duration.ofSeconds(20), 1 << 20);
        for (boolean http2 : new boolean[] {false, true}) {
            for (String method : List.of("GET", "DELETE", "POST")) {
                Outgoing bare = new Outgoing(http2, method, "shop", "/", List.of(), RecordedBody.NONE);
                assertThat(text(send(to, bare))).isEqualTo(method.equals("POST") ? "0" : "null");
            }
        }
    }

    @Test
    void aLongBodyIsCutAndSaysItsSize() throws Exception {
        RecordedResponse response =
                send(server(new HttpServerOptions()), false, null, false, 4).response();
        assertThat(response.body().cut()).isTrue();
        assertThat(response.body().bytes()).hasSize(4);
        assertThat(response.body().size()).isGreaterThan(40);
    }

    @Test
    void aResponseThatDoesNotComeIsAnError() throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.response().setChunked(true).write("half"))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        Destination slow = new Destination(
                URI.create("http://127.0.0.1:" + port), null, false, 4, Duration.ofMillis(300), 1 << 20);
        Reply reply = send(slow, false);
        assertThat(reply.response()).isNull();
        assertThat(reply.error()).contains("300");
    }

    private int server(HttpServerOptions options) {
        return vertx.createHttpServer(options)
                .requestHandler(HttpSenderIT::respond)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private static void respond(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            request.response().setChunked(true).putHeader("trailer", "x-end");
            request.response().putTrailer("x-end", "1");
            request.response()
                    .end(request.version() + " " + request.method() + " " + request.uri() + " " + request.authority()
                            + " " + request.getHeader("te") + " " + body);
        });
    }

    private static Reply send(int port, boolean http2, Path ca, boolean insecure, int bodies) throws Exception {
        String scheme = ca == null ? "http" : "https";
        return send(
                new Destination(
                        URI.create(scheme + "://localhost:" + port), ca, insecure, 4, Duration.ofSeconds(20), bodies),
                http2);
    }

    private static Reply sendTls(int port, boolean http2, Path ca, boolean insecure) throws Exception {
        return send(
                new Destination(
                        URI.create("https://localhost:" + port), ca, insecure, 4, Duration.ofSeconds(20), 1 << 20),
                http2);
    }

    private static Reply send(Destination destination, boolean http2) throws Exception {
        Outgoing request = new Outgoing(
                http2,
                "POST",
                "shop.example.com:81",
                "/a%2Fb?q=%20",
                http2 ? List.of(new Field("TE", "trailers")) : List.of(new Field("X-A", "1")),
                RecordedBody.whole("hello".getBytes(StandardCharsets.UTF_8)));
        return send(destination, request);
    }

    private static Reply send(Destination destination, Outgoing request) throws Exception {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        try (HttpSender sender = new HttpSender(destination)) {
            sender.send(request, reply::complete);
            return reply.get(30, TimeUnit.SECONDS);
        }
    }

    private static String text(Reply reply) {
        assertThat(reply.error()).isEmpty();
        return new String(reply.response().body().bytes(), StandardCharsets.UTF_8);
    }
}
