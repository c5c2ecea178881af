package io.laneway.control.question;

import io.laneway.control.store.QuestionRows.AnswerPart;

/**
 * Lines of a gateway for a tail at another replica: put into the store a few times a second, together. While so much
 * waits that the store has not taken, the gateway is not read. Confined to the event loop of its connection.
 */
final class RemoteLines {

    private static final long PAUSE_MS = 200;
    private static final int LARGE = 128 << 10;

    /** So many parts of one tail may wait for the replica that asked. */
    private static final int MAX_PARTS = 64;

    private final Questions questions;
    private final String question;
    private final String gateway;
    private final AnswerReply reply;
    private final StringBuilder waiting = new StringBuilder();
    private boolean writing;
    private boolean paused;
    private boolean closed;
    private long dropped;

    RemoteLines(Questions questions, String question, String gateway, AnswerReply reply) {
        this.questions = questions;
        this.question = question;
        this.gateway = gateway;
        this.reply = reply;
    }

    void add(String lines) {
        waiting.append(lines);
        if (waiting.length() >= LARGE && !paused) {
            paused = true;
            reply.request().pause();
        }
        if (!writing) {
            writing = true;
            reply.vertx().setTimer(PAUSE_MS, id -> write());
        }
    }

    void close() {
        closed = true;
        waiting.setLength(0);
    }

    private void write() {
        if (closed) {
            return;
        }
        if (dropped > 0) {
            waiting.append("{\"dropped\":").append(dropped).append("}\n");
            dropped = 0;
        }
        String text = waiting.toString();
        waiting.setLength(0);
        AnswerPart part = new AnswerPart(question, gateway, questions.nextPart(), text);
        reply.vertx()
                .executeBlocking(() -> questions.deliver(part, MAX_PARTS), false)
                .onComplete(done -> written(done.succeeded() && done.result(), text));
    }

    private void written(boolean taken, String text) {
        if (!taken) {
            dropped += text.lines().count();
        }
        writing = false;
        if (!closed && paused) {
            paused = false;
            reply.request().resume();
        }
        if (!closed && waiting.length() > 0) {
            add("");
        }
    }
}
