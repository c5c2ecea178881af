package io.laneway.replay.s3.credentials;

import io.laneway.replay.s3.S3Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that are fetched again five minutes before they end. While that fails, those that have not ended are used,
 * and it is tried again each minute; without any, each five seconds. Safe for many threads.
 */
final class RenewedCredentials implements Supplier<S3Credentials> {

    private static final Duration BEFORE_END = Duration.ofMinutes(5);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration AGAIN_WITHOUT = Duration.ofSeconds(5);

    private final CredentialSource source;
    private final Clock clock;
    private @Nullable Temporary current;
    private @Nullable IOException failure;
    private Instant next = Instant.MIN;

    RenewedCredentials(CredentialSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public synchronized S3Credentials get() {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            fetch(now);
        }
        Temporary known = current;
        if (known != null && now.isBefore(known.expires())) {
            return known.who();
        }
        IOException why = failure == null ? new IOException("credentials have ended") : failure;
        throw new UncheckedIOException(why.getMessage(), why);
    }

    private void fetch(Instant now) {
        try {
            Temporary fetched = source.fetch();
            current = fetched;
            failure = null;
            Instant due = fetched.expires().equals(Instant.MAX)
                    ? Instant.MAX
                    : fetched.expires().minus(BEFORE_END);
            // those that last for less than that
            next = due.isAfter(now) ? due : now.plus(AGAIN_WITHOUT);
        } catch (IOException e) {
            failure = e;
            boolean good = current != null && now.plus(AGAIN).isBefore(current.expires());
            next = now.plus(good ? AGAIN : AGAIN_WITHOUT);
        }
    }
}
