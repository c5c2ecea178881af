package io.laneway.control.question;

import io.laneway.control.table.Refusal;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a streamed answer: lines of JSON, passed on as whole lines, until the gateway ends it or the question is
 * over. What waits for another replica holds the gateway up and not the heap. Confined to the event loop of its
 * connection.
 */
final class LinesReader {

    /** The longest line, in bytes. */
    static final int MAX_LINE = 64 << 10;

    private final Questions questions;
    private final String question;
    private final String gateway;
    private final AnswerReply reply;
    private final RemoteLines remote;
    private Buffer rest = Buffer.buffer();
    private Runnable left = () -> {};
    private boolean over;

    LinesReader(Questions questions, String question, String gateway, AnswerReply reply) {
        this.questions = questions;
        this.question = question;
        this.gateway = gateway;
        this.reply = reply;
        this.remote = new RemoteLines(questions, question, gateway, reply);
    }

    void start() {
        reply.request()
                .handler(this::bytes)
                .exceptionHandler(broken -> finish())
                .endHandler(end -> whole())
                .resume();
        left = questions.stream(question, () -> reply.onLoop(this::enough));
    }

    private void bytes(Buffer chunk) {
        if (over) {
            return;
        }
        Buffer all = rest.length() == 0 ? chunk : rest.appendBuffer(chunk);
        int end = lastLineEnd(all);
        rest = all.getBuffer(end, all.length());
        if (rest.length() > MAX_LINE) {
            finish();
            reply.fail(new Refusal(Refusal.Kind.TOO_LARGE, "a line is larger than " + MAX_LINE + " bytes"));
        } else if (end > 0) {
            lines(all.getString(0, end, StandardCharsets.UTF_8.name()));
        }
    }

    private static int lastLineEnd(Buffer all) {
        int end = all.length();
        while (end > 0 && all.getByte(end - 1) != '\n') {
            end--;
        }
        return end;
    }

    private void lines(String lines) {
        if (questions.here(question)) {
            questions.collect(question, gateway, lines);
        } else {
            remote.add(lines);
        }
    }

    private void whole() {
        finish();
        reply.taken();
    }

    private void enough() {
        finish();
        reply.enough();
    }

    private void finish() {
        if (!over) {
            over = true;
            rest = Buffer.buffer();
            left.run();
            remote.close();
        }
    }
}
