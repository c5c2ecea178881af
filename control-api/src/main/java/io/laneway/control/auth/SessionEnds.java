package io.laneway.control.auth;

import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.SessionRows;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Which sessions were ended before their time: all that a subject began until then. What another replica ended is known
 * after the next look. Safe for many threads; {@link #look} and {@link #end} block.
 */
public final class SessionEnds {

    /** How long a session lasts at most: a day's work. */
    static final Duration LONGEST = Duration.ofHours(12);

    private final SessionRows rows;
    private final Clock clock;
    private volatile Map<String, Long> known = Map.of();

    public SessionEnds(SessionRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
        look();
    }

    /** Looks what other replicas ended. */
    void look() {
        known = Map.copyOf(rows.ends());
    }

    /** Ends all sessions of a subject, in every browser. */
    public void end(Author by, String subject) {
        long now = clock.millis();
        AuditRow audit = new AuditRow(0, now, by.who(), by.origin(), by.why(), "end", "sessions of " + subject, "");
        rows.end(subject, now, audit, now - LONGEST.toMillis());
        look();
    }

    /** Whether a session that began then was not ended. Does not block. */
    boolean holds(String subject, long begun) {
        Long end = known.get(subject);
        return end == null || begun > end;
    }
}
