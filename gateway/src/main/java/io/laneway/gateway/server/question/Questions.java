package io.laneway.gateway.server.question;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the questions that come down the watch, each kind by its {@link Answerer}; what it does not know it lets
 * pass. Bounded by number. Safe for many threads; works on one event loop of Vert.x and its worker threads.
 */
public final class Questions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Questions.class);
    private static final int MAX_LOOKUPS = 256;
    private static final int MAX_TAILS = 64;
    private static final int TRIES = 3;
    private static final long AGAIN_MILLIS = 200;

    private final Vertx vertx;
    private final Context context;
    private final AnswerSender sender;
    private final AtomicInteger lookups = new AtomicInteger();
    private final Map<String, LinesAnswer> tails = new HashMap<>();
    private final Supplier<Map<String, Answerer>> answerers;
    private boolean closed;

    /** @param answerers what this gateway knows, by the kind of question */
    public Questions(Vertx vertx, AnswerSender sender, Supplier<Map<String, Answerer>> answerers) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.sender = sender;
        this.answerers = answerers;
    }

    /** The kinds of questions that are answered, in order. */
    public List<String> kinds() {
        return List.copyOf(new TreeSet<>(answerers.get().keySet()));
    }

    /** Takes the data of an event of the watch. */
    public void asked(byte[] data) {
        Question question = Question.read(data);
        Answerer answerer = question == null ? null : answerers.get().get(question.kind());
        if (question == null || answerer == null) {
            log.atDebug().log("a question that this gateway does not know is let pass");
        } else if (answerer instanceof Answerer.Document document) {
            lookup(question, document);
        } else if (answerer instanceof Answerer.Lines lines) {
            context.runOnContext(go -> tail(question, lines));
        } else if (answerer instanceof Answerer.Order order) {
            order.take(question.id(), question.filter(), sender);
        }
    }

    private void lookup(Question question, Answerer.Document document) {
        if (lookups.incrementAndGet() > MAX_LOOKUPS) {
            lookups.decrementAndGet();
            log.atWarn().addKeyValue("open", MAX_LOOKUPS).log("too many questions at once, one is not answered");
            return;
        }
        context.runOnContext(go -> vertx.executeBlocking(() -> document.answer(question.filter()), false)
                .onComplete(done -> {
                    lookups.decrementAndGet();
                    if (done.succeeded()) {
                        send(question, done.result(), TRIES);
                    } else {
                        log.atWarn().setCause(done.cause()).log("a question cannot be answered");
                        send(
                                question,
                                new JsonObject().put("problem", "could not look it up; its log says why"),
                                TRIES);
                    }
                }));
    }

    /** A replica that dies meanwhile is no reason not to answer: the next try may reach another. */
    private void send(Question question, JsonObject document, int tries) {
        sender.answer(question.id())
                .compose(request -> request.putHeader("content-type", "application/json")
                        .send(document.toBuffer())
                        .compose(HttpClientResponse::end))
                .onFailure(error -> {
                    if (tries > 1) {
                        vertx.setTimer(AGAIN_MILLIS, id -> send(question, document, tries - 1));
                    } else {
                        log.atDebug().setCause(error).log("an answer was not delivered");
                    }
                });
    }

    /** The same question comes again with each new watch: then it is being answered already. */
    private void tail(Question question, Answerer.Lines lines) {
        if (closed || tails.containsKey(question.id())) {
            return;
        }
        if (tails.size() >= MAX_TAILS) {
            log.atWarn().addKeyValue("open", MAX_TAILS).log("too many tails at once, one is not answered");
            return;
        }
        LinesAnswer answer = new LinesAnswer(vertx, context, sender, question, lines);
        tails.put(question.id(), answer);
        answer.start(() -> tails.remove(question.id()));
    }

    /** How many tails are answered now. */
    Set<String> tails() {
        return Set.copyOf(tails.keySet());
    }

    @Override
    public void close() {
        context.runOnContext(go -> {
            closed = true;
            List.copyOf(tails.values()).forEach(LinesAnswer::close);
        });
    }
}
