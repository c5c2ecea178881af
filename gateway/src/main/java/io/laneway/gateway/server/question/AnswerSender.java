package io.laneway.gateway.server.question;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;

/** Opens calls to the control API that take what this gateway says to a question. Safe for many threads. */
public interface AnswerSender {

    /** A request for an answer, whose head is not sent yet. */
    Future<HttpClientRequest> answer(String question);

    /** A request for how far a replay is, whose head is not sent yet. */
    Future<HttpClientRequest> replay(String replay);
}
