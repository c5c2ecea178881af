package io.laneway.control.question;

import io.laneway.control.store.QuestionRows.AnswerPart;
import io.laneway.control.table.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Reads an answer that is one document, up to a bound; one that is larger is refused while it is read, and the asker gets
 * an error. Confined to the event loop of its connection.
 */
final class DocumentReader {

    /** The largest answer of one gateway to one question, in bytes. */
    static final int MOST = 256 << 10;

    /** So many gateways may answer one question by another replica than the one that asked. */
    private static final int MAX_GATEWAYS = 10_000;

    private static final long PATIENCE_MS = 30_000;

    private final Questions questions;
    private final String question;
    private final String gateway;
    private final AnswerReply reply;
    private Buffer body = Buffer.buffer();
    private long timer;
    private boolean over;

    DocumentReader(Questions questions, String question, String gateway, AnswerReply reply) {
        this.questions = questions;
        this.question = question;
        this.gateway = gateway;
        this.reply = reply;
    }

    void start() {
        timer = reply.vertx().setTimer(PATIENCE_MS, late -> reply.onLoop(this::tooSlow));
        reply.request()
                .handler(this::bytes)
                .exceptionHandler(broken -> finish())
                .endHandler(end -> whole())
                .resume();
    }

    private void bytes(Buffer chunk) {
        if (over) {
            return;
        }
        if (body.length() + chunk.length() > MOST) {
            tooLarge();
        } else if (!questions.room().take(chunk.length())) {
            finish();
            reply.fail(new Refusal(Refusal.Kind.TOO_MANY, "too many answers at once (expected: again after a second)"));
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void tooLarge() {
        finish();
        String why = "its answer is larger than " + MOST + " bytes";
        deliver(new JsonObject().put("problem", why).encode());
        reply.fail(new Refusal(Refusal.Kind.TOO_LARGE, "the answer is larger than " + MOST + " bytes"));
    }

    private void tooSlow() {
        if (!over) {
            finish();
            reply.fail(
                    new Refusal(Refusal.Kind.MALFORMED, "the answer did not come within " + PATIENCE_MS / 1000 + " s"));
        }
    }

    private void whole() {
        if (over) {
            return;
        }
        String text = body.toString(StandardCharsets.UTF_8);
        finish();
        deliver(text);
        reply.taken();
    }

    /** At the asker's replica at once; over the store on a worker thread. */
    private void deliver(String text) {
        AnswerPart part = new AnswerPart(question, gateway, 0, text);
        if (questions.here(question)) {
            questions.collect(question, gateway, text);
        } else {
            var unused = reply.vertx().executeBlocking(() -> questions.deliver(part, MAX_GATEWAYS), false);
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            reply.vertx().cancelTimer(timer);
            questions.room().give(body.length());
            body = Buffer.buffer();
        }
    }
}
