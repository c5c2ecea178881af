package io.laneway.gateway.server.question;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;

/** Opens a call to the control API that takes what this gateway answers to a question. Safe for many threads. */
public interface AnswerSender {

    /** A request whose head is not sent yet. */
    Future<HttpClientRequest> answer(String question);
}
