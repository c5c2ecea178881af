package io.laneway.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.api.HttpBody;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of HTTP with JSON call a service of grpc-java through a gateway. */
class TranscodeIT {

    private final HttpClient http = HttpClient.newBuilder().build();

    @TempDir
    private Path directory;

    private Library library;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        library = new Library();
        Files.writeString(directory.resolve("lanes.yaml"), """
                schema: 1
                services:
                  - name: library
                    hosts: [localhost]
                    deployments: [{lane: master, protocol: h2c, endpoints: ["127.0.0.1:%d"]}]
                    policy: {grpc: {json: {descriptors: "%s"}}, cors: {origins: ["https://app.test"]}}
                  - name: gone
                    hosts: [127.0.0.1]
                    deployments: [{lane: master, protocol: h2c, endpoints: []}]
                    policy: {grpc: {json: {descriptors: "%s"}}}
                """.formatted(library.port(), descriptors(), descriptors()));
        String config = """
                id: gw
                listeners: [{name: edge, address: "127.0.0.1:0"}]
                admin: {address: "127.0.0.1:0"}
                table: {file: lanes.yaml}
                data: data
                threads: 1
                """;
        gateway = Gateway.start(
                ConfigReader.read(config.getBytes(StandardCharsets.UTF_8), directory.resolve("laneway.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("0.1"));
    }

    private static String descriptors() {
        return Base64.getEncoder().encodeToString(Library.SET.toByteArray());
    }

    @AfterEach
    void stop() {
        gateway.close();
        library.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.port("edge") + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(to(path));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(to(path).method(method, BodyPublishers.ofString(body)).header("content-type", "application/json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/shelves/1/books/a%20b | {'name':'shelves/1/books/a b'}",
                "/v1/shelves/1/books/2?size=7&trace-branch=f-1 | {'name':'shelves/1/books/2','size':7}",
                "/v1/size/42 | {'size':42}",
                "/v1/files/a/b%2Fc/d | {'name':'a/b%2Fc/d'}",
                "/v1/files/x?book.tags=a&book.tags=b+c&book.kind=RARE&book.pageCount=9007199254740993 |"
                        + " {'name':'x','book':{'pageCount':'9007199254740993','kind':'RARE','tags':['a','b c']}}",
                "/v1/files/x?book.printed=2026-11-30T00:00:00Z&book.part.name=p&book.cover=AQI- |"
                        + " {'name':'x','book':{'printed':'2026-11-30T00:00:00Z','part':{'name':'p'},'cover':'AQI+'}}",
            })
    void pathsAndQueriesAreFields(String path, String json) throws Exception {
        for (Version version : Version.values()) {
            HttpResponse<String> response = send(to(path).version(version));

            assertThat(response.body()).isEqualTo(json.replace('\'', '"'));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).contains("application/json");
            assertThat(response.headers().map()).doesNotContainKeys("grpc-status", "grpc-accept-encoding");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /v1/shelves/3?size=4 | {'name':'x','kind':'RARE'} | {'name':'shelves/3','kind':'RARE'}",
                "POST | /v1/tags | ['a','b'] | ['a','b']",
                "POST | /v1/tags | [] | []",
                "POST | /v1/shelves/3:move | {'name':'x','size':2} | {'name':'shelves/3','size':2}",
                "SEARCH | /v1/all?size=1 | '' | {'size':1}",
            })
    void bodiesAreMessagesOrFields(String method, String path, String body, String json) throws Exception {
        HttpResponse<String> response =
                send(method, path, body.replace('\'', '"').replace("\"\"", ""));

        assertThat(response.body()).isEqualTo(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /v1/size/many | '' | size: 'many' (expected: int32)",
                "GET | /v1/files/x?book.kind=NONE | '' | book.kind: 'NONE' (expected: lib.Kind)",
                "POST | /v1/shelves/3:move | {'size' | End of input",
                "POST | /v1/shelves/3:move | {'none':1} | Cannot find field: none",
                "POST | /v1/tags | ['a'],'name':'b' | ",
                "POST | /v1/shelves/3:move | [] | ",
            })
    void whatIsMalformedIsSaidToItsClient(String method, String path, String body, String why) throws Exception {
        HttpResponse<String> response = send(method, path, body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"code\":3,").contains(why == null ? "" : why);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> response = send("POST", "/v1/shelves/3:move", " ".repeat(MessageReader.MAX + 1));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"code\":8");
    }

    @Test
    void whatClientsThatLeaveHadSentIsGivenUp() throws Exception {
        try (Socket socket = new Socket("localhost", gateway.port("edge"))) {
            socket.getOutputStream()
                    .write("POST /v1/shelves/3:move HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{\"size\""
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> Gathering.PROCESS.held() == 7);
        }
        await().until(() -> Gathering.PROCESS.held() == 0);
        assertThat(get("/v1/size/1").statusCode()).isEqualTo(200);
        assertThat(Gathering.PROCESS.held()).isZero();
    }

    @Test
    void aFailedCallHasItsStatusWithDetails() throws Exception {
        com.google.rpc.Status status = com.google.rpc.Status.newBuilder()
                .setCode(5)
                .setMessage("no 50% \u00e9")
                .addDetails(Any.pack(BadRequest.newBuilder()
                        .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder().setField("name"))
                        .build()))
                .addDetails(Any.newBuilder().setTypeUrl("x.test/none.None").setValue(ByteString.copyFromUtf8("a")))
                .build();
        StatusRuntimeException failure = StatusProto.toStatusRuntimeException(status);
        library.calls.put("Get", (in, out) -> out.onError(failure));

        HttpResponse<String> response = get("/v1/size/1");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"code\":5,\"message\":\"no 50% \u00e9\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"name\"}]},"
                        + "{\"@type\":\"x.test/none.None\",\"value\":\"YQ==\"}]}");
    }

    @Test
    void theGatewaysOwnRepliesAreStatusesToo() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port("edge") + "/v1/size/1")));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":14", "no healthy upstream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json | [{'name':'a'},{'name':'b'}]",
                "application/x-ndjson | application/x-ndjson | {'name':'a'}~{'name':'b'}~",
                "text/event-stream | text/event-stream | data: {'name':'a'}~~data: {'name':'b'}~~",
            })
    void aStreamHasTheFormThatIsAccepted(String accept, String type, String body) throws Exception {
        library.calls.put("List", (in, out) -> {
            out.onNext(Library.book("a"));
            out.onNext(Library.book("b"));
            out.onCompleted();
        });
        HttpResponse<String> response = send(to("/v1/list").header("accept", accept));

        assertThat(response.headers().firstValue("content-type")).contains(type);
        assertThat(response.body()).isEqualTo(body.replace('\'', '"').replace('~', '\n'));
    }

    @Test
    void aStreamMayBeEmptyOrFail() throws Exception {
        library.calls.put("List", (in, out) -> out.onCompleted());
        assertThat(get("/v1/list").body()).isEqualTo("[]");

        library.calls.put("List", (in, out) -> out.onError(Status.PERMISSION_DENIED.asRuntimeException()));
        assertThat(get("/v1/list").statusCode()).isEqualTo(403);

        library.calls.put("List", (in, out) -> {
            out.onNext(Library.book("a"));
            out.onError(Status.ABORTED.withDescription("gone").asRuntimeException());
        });
        assertThat(send(to("/v1/list").header("accept", "text/event-stream")).body())
                .endsWith("event: error\ndata: {\"code\":10,\"message\":\"gone\",\"details\":[]}\n\n");
        assertThat(catchThrowable(() -> get("/v1/list"))).isInstanceOf(IOException.class);
    }

    @Test
    void bodiesWithATypeOfTheirOwnPassAsTheyAre() throws Exception {
        library.calls.put("Upload", (in, out) -> {
            Message file = (Message) in.getField(Library.type("Request").findFieldByName("file"));
            try {
                HttpBody body = HttpBody.parseFrom(file.toByteString());
                out.onNext(DynamicMessage.newBuilder(body.toBuilder()
                                .setData(body.getData().concat(ByteString.copyFromUtf8("!")))
                                .build())
                        .build());
                out.onCompleted();
            } catch (InvalidProtocolBufferException e) {
                out.onError(e);
            }
        });
        HttpResponse<String> response = send(to("/v1/upload/x")
                .POST(BodyPublishers.ofString("<a>"))
                .header("content-type", "text/plain; charset=utf-8"));

        assertThat(response.body()).isEqualTo("<a>!");
        assertThat(response.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
    }

    @Test
    void pagesOfAllowedOriginsMayReadTheResponse() throws Exception {
        HttpResponse<String> response = send(to("/v1/size/1").header("origin", "https://app.test"));

        assertThat(response.headers().allValues("access-control-allow-origin")).containsExactly("https://app.test");
    }

    @Test
    void aResponseThatIsTooLargeIsAnError() throws Exception {
        library.calls.put("Get", (in, out) -> {
            out.onNext(DynamicMessage.newBuilder(in.getDescriptorForType())
                    .setField(in.getDescriptorForType().findFieldByName("name"), "x".repeat(MessageReader.MAX))
                    .build());
            out.onCompleted();
        });
        HttpResponse<String> response = get("/v1/size/1");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"code\":13", "expected: at most 4194304");
    }

    @Test
    void whatNoMethodIsBoundToPassesAsItIs() throws Exception {
        assertThat(get("/v2/none").headers().firstValue("content-type")).isNotEqualTo(Optional.of("application/json"));
        assertThat(get("/v1/chat").headers().firstValue("content-type")).isNotEqualTo(Optional.of("application/json"));
    }

    @Test
    void theSetsThatAreCheckedSayWhatTheyLack() {
        assertThat(new JsonTranscoders().problem(Library.SET.toByteArray())).isNull();
        assertThat(new JsonTranscoders().problem(new byte[] {1, 2})).startsWith("no descriptor set");
        assertThat(new JsonTranscoders().problem(new byte[0])).isEqualTo("a descriptor set without a file");
        var file = Library.SET.getFile(0).toBuilder().addDependency("other.proto");
        assertThat(new JsonTranscoders()
                        .problem(
                                Library.SET.toBuilder().setFile(0, file).build().toByteArray()))
                .isEqualTo("it imports other.proto, which it does not hold");
    }
}
