package io.laneway.control.question;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Role;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.table.Refusal;
import io.vertx.core.Context;

/**
 * {@code POST /v1/gateways/{id}/answers/{question}}: what a gateway answers, one document or, for a tail, lines of JSON
 * until the question is over. Whether it is open and was asked of that gateway is known before a byte is read.
 */
public final class AnswersResource {

    private static final int MAX_ID = 200;

    private final Questions questions;

    public AnswersResource(Questions questions) {
        this.questions = questions;
    }

    /** Adds its route. */
    public void mount(Routes routes) {
        // A newer gateway may say more.
        routes.upload("/v1/gateways/{id}/answers/{question}{?any*}", Role.GATEWAY, this::answer);
    }

    private void answer(Call call) {
        String id = call.path("id");
        String question = call.path("question");
        if (id.isBlank() || id.length() > MAX_ID) {
            throw new Refusal(Refusal.Kind.MALFORMED, "gateway id: expected 1 to " + MAX_ID + " characters");
        }
        if (!call.principal().speaksFor(id)) {
            throw Denied.insufficient("gateway " + id + " (expected: one that matches "
                    + call.principal().gateways() + ")");
        }
        Context context = call.context().vertx().getOrCreateContext();
        AnswerReply reply = new AnswerReply(call.context(), context);
        call.context()
                .vertx()
                .executeBlocking(() -> kind(question, id), false)
                .onSuccess(kind -> read(kind, question, id, reply))
                .onFailure(reply::fail);
    }

    /** Blocks. */
    private QuestionKind kind(String question, String gateway) {
        QuestionKind kind = questions
                .kind(question)
                .orElseThrow(() -> Refusal.absent("question " + question + ", which is over or was never asked,"));
        if (!questions.asks(kind, gateway)) {
            throw Refusal.absent("question " + question + " for gateway " + gateway
                    + ", which was not asked (expected: a gateway that watches and reports questions of kind "
                    + kind.word() + "),");
        }
        return kind;
    }

    private void read(QuestionKind kind, String question, String gateway, AnswerReply reply) {
        if (kind == QuestionKind.TAIL) {
            new LinesReader(questions, question, gateway, reply).start();
        } else {
            new DocumentReader(questions, question, gateway, reply).start();
        }
    }
}
