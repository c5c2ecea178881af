package io.laneway.gateway.server.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.laneway.gateway.telemetry.records.RequestRecords;
import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.laneway.testkit.LogCapture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions as events bring them, and the answers as a control API on a real socket takes them. */
class QuestionsIT {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final List<HttpServerRequest> streams = new CopyOnWriteArrayList<>();

    @SuppressWarnings("JdkObsolete") // written by one thread and read by another
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final AtomicInteger broken = new AtomicInteger();
    private final OneTail tail = new OneTail();
    private HttpServer control;
    private Questions questions;

    /** A tail of a test, which says what finished. */
    private static final class OneTail implements Tail {
        final AtomicLong dropped = new AtomicLong();
        final AtomicInteger closed = new AtomicInteger();
        volatile @Nullable Reader reader;
        volatile @Nullable RecordFilter filter;

        @Override
        public Open open(RecordFilter wanted, Reader to) {
            filter = wanted;
            reader = to;
            return new Open() {
                @Override
                public long dropped() {
                    return dropped.get();
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }

        void finish(String line) {
            if (!reader.take(line)) {
                dropped.incrementAndGet();
            }
        }
    }

    @BeforeEach
    void start() {
        control = get(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
        HttpClient client = vertx.createHttpClient();
        questions = new Questions(
                vertx,
                sender(client),
                () -> Map.of(
                        RequestsAnswer.KIND, new RequestsAnswer(records()), TailAnswer.KIND, new TailAnswer(tail)));
    }

    @AfterEach
    void stop() {
        questions.close();
        get(vertx.close());
    }

    private AnswerSender sender(HttpClient client) {
        return new AnswerSender() {
            @Override
            public Future<HttpClientRequest> answer(String question) {
                return request(client, question);
            }

            @Override
            public Future<HttpClientRequest> replay(String replay) {
                return request(client, replay);
            }
        };
    }

    private Future<HttpClientRequest> request(HttpClient client, String id) {
        return client.request(HttpMethod.POST, control.actualPort(), "127.0.0.1", "/" + id);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpServerRequest request) {
        if (broken.getAndDecrement() > 0) {
            request.connection().close();
        } else if ("application/jsonl".equals(request.getHeader("content-type"))) {
            request.handler(bytes -> lines.add(bytes.toString()));
            streams.add(request);
        } else {
            request.body().onSuccess(body -> {
                answers.add(request.path() + " " + body);
                request.response().setStatusCode(204).end();
            });
        }
    }

    private static RequestRecords records() {
        return new RequestRecords() {
            @Override
            public List<String> byRequestId(String id) {
                return id.equals("many")
                        ? java.util.Collections.nCopies(2, "{\"path\":\"" + "x".repeat(150_000) + "\"}")
                        : List.of("{\"x_request_id\":\"" + id + "\"}");
            }

            @Override
            public List<String> byTraceId(String id) {
                return List.of("{\"trace_id\":\"" + id + "\"}");
            }
        };
    }

    private void ask(String id, String kind, String filter) {
        String event = "{\"id\":\"" + id + "\",\"kind\":\"" + kind + "\",\"filter\":" + filter
                + ",\"until\":\"2099-01-01T00:00:00Z\",\"newer\":1}";
        questions.asked(event.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsRememberedIsOneDocument() {
        ask("q-1", "requests", "{\"request\":\"r-1\",\"trace\":\"t-1\"}");
        await().until(() -> answers.size() == 1);
        assertThat(answers.get(0)).isEqualTo("/q-1 {\"records\":[{\"x_request_id\":\"r-1\"},{\"trace_id\":\"t-1\"}]}");
        assertThat(questions.kinds()).containsExactly("requests", "tail");
    }

    @Test
    void anAnswerIsSentAgainWhereTheConnectionBreaksAndIsBoundedInSize() {
        broken.set(2);
        ask("q-1", "requests", "{\"request\":\"r-1\"}");
        await().until(() -> answers.size() == 1);
        ask("q-2", "requests", "{\"request\":\"many\",\"trace\":\"t-1\"}");
        await().until(() -> answers.size() == 2);

        JsonObject bounded = new JsonObject(answers.get(1).substring("/q-2 ".length()));
        assertThat(bounded.getJsonArray("records")).hasSize(2);
        assertThat(bounded.encode()).hasSizeLessThan(256 << 10);
    }

    @Test
    void whatIsNoQuestionOrOfAnotherKindIsLetPass() {
        questions.asked("{".getBytes(StandardCharsets.UTF_8));
        questions.asked("{\"id\":7,\"kind\":[]}".getBytes(StandardCharsets.UTF_8));
        ask("q-1", "weather", "{}");
        ask("q-2", "requests", "{}");
        await().until(() -> answers.size() == 1);
        assertThat(answers.get(0)).isEqualTo("/q-2 " + new JsonObject().put("records", new JsonArray()));
    }

    @Test
    void aTailIsAnsweredInOneCallUntilTheControlApiEndsIt() {
        ask("q-1", "tail", "{\"status\":\"5xx\",\"limit\":3}");
        await().until(() -> streams.size() == 1 && tail.reader != null);
        assertThat(tail.filter.statuses()).hasSize(1);
        ask("q-1", "tail", "{\"status\":\"5xx\",\"limit\":3}");
        for (int i = 0; i < 5; i++) {
            tail.finish("{\"n\":" + i + "}");
        }

        await().until(() -> String.join("", lines).equals("{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n{\"dropped\":2}\n"));
        assertThat(streams).hasSize(1);
        streams.get(0).response().setStatusCode(204).end();
        await().until(() -> tail.closed.get() == 1);
    }

    @Test
    void aTailThatTheControlApiEndsIsNoErrorInTheLog() {
        try (LogCapture log = LogCapture.ofAll()) {
            for (int i = 1; i <= 3; i++) {
                int all = i;
                ask("q-" + i, "tail", "{}");
                await().until(() -> streams.size() == all);
                streams.get(i - 1).response().setStatusCode(204).end();
                await().until(() -> tail.closed.get() == all);
            }
            get(control.close());
            assertThat(log.events())
                    .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                    .isEmpty();
        }
    }

    @Test
    void aTailThatBreaksIsBegunAgainAndOneThatIsOverIsNot() {
        ask("q-1", "tail", "{}");
        await().until(() -> streams.size() == 1 && tail.reader != null);
        streams.get(0).connection().close();
        await().until(() -> streams.size() == 2);
        tail.finish("{\"n\":1}");
        await().until(() -> String.join("", lines).equals("{\"n\":1}\n"));

        streams.get(1).response().setStatusCode(404).end();
        await().until(() -> tail.closed.get() == 1);
        assertThat(streams).hasSize(2);
    }
}
