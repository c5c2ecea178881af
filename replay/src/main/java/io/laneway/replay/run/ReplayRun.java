package io.laneway.replay.run;

import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.http.Destination;
import io.laneway.replay.http.HttpSender;
import io.laneway.replay.redact.Redactor;
import io.laneway.replay.result.LaneShare;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ResultSink;
import io.laneway.replay.send.Replay;
import io.laneway.replay.send.ReplayOptions;
import io.laneway.replay.send.ReplayPlan;
import io.laneway.replay.send.Stamps;
import io.laneway.replay.send.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A whole replay: sends a plan's requests, keeps what came back in a file, and compares it. {@link #run} is for one
 * thread, which it blocks; the rest is for any.
 */
public final class ReplayRun {

    private static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0);

    private final ReplayHeader header;
    private final Destination destination;
    private final String host;
    private final ReplayOptions options;
    private final @Nullable Redactor redactor;
    private volatile @Nullable Replay replay;
    private volatile boolean aborted;

    /**
     * A replay that has sent nothing.
     *
     * @param host asked for instead of the recorded ones; empty to keep these
     * @param redactor takes secrets out of what is kept; null to keep all as it came
     */
    public ReplayRun(
            ReplayHeader header,
            Destination destination,
            String host,
            ReplayOptions options,
            @Nullable Redactor redactor) {
        this.header = header;
        this.destination = destination;
        this.host = host;
        this.options = options;
        this.redactor = redactor;
    }

    /**
     * What it came to. Immutable, but for its counts, which are only read.
     *
     * @param problem why it sent no more, by itself; empty if it did not stop
     * @param served how many requests the lane served itself
     * @param compared null if there was nothing to compare it with
     */
    public record Outcome(
            Totals totals,
            String problem,
            LaneShare served,
            @Nullable Compared compared) {}

    /**
     * Sends everything, waits for what is in flight where it is aborted, and compares what came back.
     *
     * @param messages reads messages of protobuf, null to compare them as bytes
     */
    public Outcome run(ReplayPlan plan, Path results, DiffRules rules, @Nullable ProtoReader messages)
            throws IOException, InterruptedException {
        Totals totals;
        Replay sent;
        try (ReplayFiles files = ReplayFiles.open(results, header, false);
                HttpSender sender = HttpSender.modest(destination)) {
            ResultSink sink = redactor == null ? files.writer() : new RedactedResults(files.writer(), redactor);
            sent = new Replay(plan, options, new Stamps(header.replay(), host), sender, sink, files.journal());
            replay = sent;
            if (aborted) {
                sent.abort();
            }
            totals = sent.run();
        }
        String problem = sent.refused().isEmpty() ? sent.stopped() : sent.refused();
        return new Outcome(
                totals, problem, sent.served(), options.against().isEmpty() ? null : compare(results, rules, messages));
    }

    private static @Nullable Compared compare(Path results, DiffRules rules, @Nullable ProtoReader messages)
            throws IOException {
        return Files.exists(results) ? new Results(results).compare(rules, messages) : null;
    }

    /** Sends no more requests; those in flight end. */
    public void abort() {
        aborted = true;
        Replay running = replay;
        if (running != null) {
            running.abort();
        }
    }

    /** How far it is. */
    public Totals totals() {
        Replay running = replay;
        return running == null ? NONE : running.totals();
    }
}
