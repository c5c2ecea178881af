package io.laneway.gateway.traffic.context;

import io.laneway.router.model.recording.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the requests of one event loop that recordings want. Confined to that loop. */
@FunctionalInterface
public interface ExchangeRecorder {

    /** Keeps nothing. */
    ExchangeRecorder NONE = (exchange, edge, recordings) -> null;

    /**
     * What follows an exchange whose request was decided on, null if no recording wants it.
     *
     * @param edge       whether it comes from a stranger, whose stamp says nothing
     * @param recordings those of the table that decided; the same list for requests of one table
     */
    @Nullable
    ExchangeRecording follow(FollowedExchange exchange, boolean edge, List<Recording> recordings);
}
