package io.laneway.replay.run;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.redact.Redactor;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ReplayedResponse;
import io.laneway.replay.result.ResultSink;
import java.io.IOException;

/**
 * Takes secrets out of what a replay got before it is kept: equal ones stay equal, so that it can be compared as well.
 * Confined to one thread.
 */
final class RedactedResults implements ResultSink {

    private final ResultSink to;
    private final Redactor redactor;

    RedactedResults(ResultSink to, Redactor redactor) {
        this.to = to;
        this.redactor = redactor;
    }

    @Override
    public void write(ReplayedRequest request) throws IOException {
        to.write(new ReplayedRequest(
                request.sequence(),
                redactor.redact(request.recorded()),
                request.responses().stream()
                        .map(response -> redacted(request.recorded(), response))
                        .toList()));
    }

    /** With its request, whose secrets a response may have at any place. */
    private ReplayedResponse redacted(RecordedExchange recorded, ReplayedResponse it) {
        if (it.response() == null) {
            return it;
        }
        RecordedExchange whole = redactor.redact(new RecordedExchange(
                recorded.id(),
                recorded.trace(),
                recorded.client(),
                recorded.time(),
                recorded.firstByte(),
                recorded.duration(),
                recorded.decision(),
                recorded.request(),
                it.response(),
                recorded.failure(),
                recorded.redacted()));
        return new ReplayedResponse(it.side(), it.sent(), it.late(), it.duration(), whole.response(), it.error());
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }
}
