package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.RequestHead;
import java.util.ArrayDeque;

/** Request heads at rest, to be filled again. Confined to one event loop; one for each loop. */
public final class HeadPool {

    private static final int MAX = 1024;

    private final ArrayDeque<RequestHead> resting = new ArrayDeque<>();

    RequestHead take() {
        RequestHead head = resting.pollLast();
        return head == null ? new RequestHead() : head;
    }

    void give(RequestHead head) {
        if (resting.size() < MAX) {
            resting.addLast(head);
        }
    }
}
