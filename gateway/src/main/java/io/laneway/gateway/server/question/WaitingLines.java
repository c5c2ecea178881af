package io.laneway.gateway.server.question;

import io.laneway.gateway.telemetry.records.Tail;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lines that wait to be sent: bounded by a number a second, since no reader gets more, and by size. What does not fit is
 * not taken, and so counted by the tail. Safe for many threads.
 */
final class WaitingLines implements Tail.Reader {

    private static final int MAX_CHARS = 512 * 1024;
    private static final int PER_SECOND = 500;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanos;
    private final int perSecond;
    private StringBuilder waiting = new StringBuilder();
    private long second;
    private int inSecond;

    /** @param filter may lower the number of lines a second by its {@code limit} */
    WaitingLines(JsonObject filter, LongSupplier nanos) {
        this.nanos = nanos;
        this.second = nanos.getAsLong();
        this.perSecond = filter.getValue(TailAnswer.LIMIT) instanceof Number limit
                ? Math.max(1, Math.min(PER_SECOND, limit.intValue()))
                : PER_SECOND;
    }

    @Override
    public synchronized boolean take(String line) {
        long now = nanos.getAsLong();
        if (now - second >= SECOND_NANOS) {
            second = now;
            inSecond = 0;
        }
        if (inSecond >= perSecond || waiting.length() + line.length() >= MAX_CHARS) {
            return false;
        }
        inSecond++;
        waiting.append(line).append('\n');
        return true;
    }

    /** Takes what waits, empty if nothing does. */
    synchronized String drain() {
        String text = waiting.toString();
        waiting.setLength(0);
        if (text.length() > MAX_CHARS / 2) {
            waiting = new StringBuilder();
        }
        return text;
    }
}
