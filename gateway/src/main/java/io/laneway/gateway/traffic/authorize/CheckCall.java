package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.RequestHead;

/** A check as it is sent to an authorizer. Made for one call. */
final class CheckCall {

    private final RequestHead head;
    private final byte[] body;

    CheckCall(RequestHead head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    RequestHead head() {
        return head;
    }

    byte[] body() {
        return body;
    }
}
