package io.laneway.xds.stream;

import java.util.ArrayList;
import java.util.List;

/** What a stream was sent, in order. */
final class Kept<S> implements Outlet<S> {

    private final List<S> sent = new ArrayList<>();
    private String refusal = "";

    @Override
    public void send(S response) {
        sent.add(response);
    }

    @Override
    public void refuse(String why) {
        refusal = why;
    }

    int count() {
        return sent.size();
    }

    S last() {
        return sent.get(sent.size() - 1);
    }

    String refusal() {
        return refusal;
    }
}
