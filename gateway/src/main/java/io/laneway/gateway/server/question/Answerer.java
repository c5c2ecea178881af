package io.laneway.gateway.server.question;

import io.laneway.gateway.telemetry.records.Tail;
import io.vertx.core.json.JsonObject;

/** What a gateway knows of one kind of question. Safe for many threads. */
public sealed interface Answerer permits Answerer.Document, Answerer.Lines, Answerer.Order {

    /** Answers with one document. */
    non-sealed interface Document extends Answerer {

        /** Looks up what is asked; blocks. */
        JsonObject answer(JsonObject filter);
    }

    /** Answers with lines until the question is over. */
    non-sealed interface Lines extends Answerer {

        /**
         * Begins to hand over lines; blocks.
         *
         * @throws IllegalArgumentException if the filter makes no sense
         */
        Tail.Open open(JsonObject filter, Tail.Reader reader);
    }

    /** Does what is ordered, and says by itself how far it is. */
    non-sealed interface Order extends Answerer {

        /**
         * Takes an order; one that it has taken before is let pass. Does not block.
         *
         * @param order names it
         */
        void take(String order, JsonObject filter, AnswerSender sender);
    }
}
