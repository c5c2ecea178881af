package io.laneway.control.question;

/** Takes what gateways answer to one question. Safe for many threads; does not block. */
interface Collector {

    /**
     * Takes an answer of a gateway.
     *
     * @param body a document, or some whole lines of a stream
     */
    void take(String gateway, String body);
}
