package io.laneway.gateway.resilience;

import io.laneway.gateway.testkit.Upstream;

/** Holds an endpoint's requests while it is shut, and counts them. Safe for many threads. */
final class Gate {

    static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

    private boolean shut;
    private int inside;
    private int most;

    /** A response, once the gate is open. */
    synchronized String pass(Upstream.Request request) {
        inside++;
        most = Math.max(most, inside);
        try {
            while (shut) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inside--;
        return OK;
    }

    synchronized void shut() {
        shut = true;
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }

    synchronized int inside() {
        return inside;
    }

    synchronized int most() {
        return most;
    }
}
