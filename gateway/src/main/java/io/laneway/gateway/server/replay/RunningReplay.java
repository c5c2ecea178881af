package io.laneway.gateway.server.replay;

import io.laneway.gateway.server.replay.ReplayReports.Wanted;
import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.http.Destination;
import io.laneway.replay.redact.Pseudonyms;
import io.laneway.replay.redact.Redactor;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.run.Compared;
import io.laneway.replay.run.RecordedRequests;
import io.laneway.replay.run.ReplayRun;
import io.laneway.replay.run.ReplayRun.Outcome;
import io.laneway.replay.run.SafeMethods;
import io.laneway.replay.send.ReplayPlan;
import io.laneway.router.unit.Durations;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replay on this gateway: claims it, sends on one thread, and says on another how far it is. It ends when all is sent,
 * when it is aborted, when its time is over, or when its results grow too large. {@link #close} is for any thread.
 */
final class RunningReplay {

    private static final Logger log = LoggerFactory.getLogger(RunningReplay.class);
    private static final String STOPPED = "the gateway was stopped";
    private static final int BODIES = 256 << 10;
    private static final long MOST_RESULTS = 1L << 30;
    private static final long SENDING_MILLIS = 1_000;
    private static final long READING_MILLIS = 5_000;
    private static final long AGAIN_MILLIS = 2_000;
    private static final Duration END_PATIENCE = Duration.ofMinutes(10);

    private final String id;
    private final JsonObject filter;
    private final ReplayStore store;
    private final ReplayTargets targets;
    private final ReplayReports reports;
    private final String run = UUID.randomUUID().toString();
    private final Thread thread = new Thread(this::run, "laneway-replay");
    private volatile String problem = "";
    private volatile boolean aborted;
    private volatile boolean closed;

    /** @param filter what is ordered */
    @SuppressWarnings("ThreadPriorityCheck") // a hint, where the system heeds it
    RunningReplay(String id, JsonObject filter, ReplayStore store, ReplayTargets targets, ReplayReports reports) {
        this.id = id;
        this.filter = filter;
        this.store = store;
        this.targets = targets;
        this.reports = reports;
        thread.setDaemon(true);
        // where the system heeds it: requests of others come first
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    void start() {
        thread.start();
    }

    boolean ended() {
        return !thread.isAlive();
    }

    /** Sends no more; waits a moment until it has said so. */
    void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Wanted first = claim();
            if (first == Wanted.CONTINUE) {
                end(replay());
            }
        } catch (InterruptedException e) {
            end(ReplayNews.failed(run, STOPPED));
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).addKeyValue("replay", id).log("a replay ended by an error");
            end(ReplayNews.failed(run, "an error; the log of the gateway says which"));
        }
    }

    /** It is begun once at most: the control API gives it to the first process that says so. */
    private Wanted claim() throws InterruptedException {
        Wanted wanted = Wanted.UNKNOWN;
        for (int tries = 0; wanted == Wanted.UNKNOWN && tries < 5; tries++) {
            if (tries > 0) {
                Thread.sleep(AGAIN_MILLIS);
            }
            wanted = reports.say(ReplayNews.running(run, ReplayNews.NONE, 0));
        }
        return wanted;
    }

    /** Says meanwhile that it runs: a bucket or a topic may take longer than the control API waits for news. */
    private RecordedRequests recorded(String recording) throws IOException, InterruptedException {
        Repeated.Step running = () -> report(ReplayNews.running(run, ReplayNews.NONE, 0));
        Repeated progress = Repeated.start("laneway-replay-reading", READING_MILLIS, running);
        try {
            return store.recorded(recording);
        } finally {
            progress.stop();
        }
    }

    /** Says how far it is, and takes note if it is to be ended. */
    private void report(ReplayNews news) throws InterruptedException {
        Wanted wanted = reports.say(news);
        if (wanted == Wanted.ABORT || wanted == Wanted.OVER) {
            aborted = true;
        }
    }

    private ReplayNews replay() throws InterruptedException {
        try {
            ReplayOrder order = ReplayOrder.read(id, filter);
            ProtoReader messages = Messages.of(order.descriptors());
            RecordedRequests recorded = recorded(order.recording());
            if (aborted) {
                return ReplayNews.aborted(run);
            }
            URI to = order.to() == null ? targets.of(order.listener()) : URI.create(order.to());
            boolean any = order.insecure() || order.to() == null;
            Destination destination = new Destination(to, null, any, order.inFlight(), order.timeout(), BODIES);
            ReplayHeader header = new ReplayHeader(
                    order.id(), order.recording(), to.toString(), order.lane(), order.against(), Instant.now());
            Redactor redactor = Redactor.again(order.redact(), Pseudonyms.random());
            ReplayRun sending =
                    new ReplayRun(header, destination, order.host(), order.options(SafeMethods.of(messages)), redactor);
            ReplayPlan plan = ReplayPlan.of(recorded.requests(), order.pace(), order.times(), false);
            log.atInfo()
                    .addKeyValue("replay", id)
                    .addKeyValue("recording", order.recording())
                    .addKeyValue("lane", order.lane())
                    .addKeyValue("requests", plan.size())
                    .log("replay begins");
            return sent(sending, plan, order, messages, recorded.left());
        } catch (IOException | IllegalArgumentException e) {
            return ReplayNews.failed(run, String.valueOf(e.getMessage()));
        }
    }

    private ReplayNews sent(
            ReplayRun sending, ReplayPlan plan, ReplayOrder order, @Nullable ProtoReader messages, long left)
            throws IOException, InterruptedException {
        Path results = store.results(id);
        long end = System.nanoTime() + order.within().toNanos();
        Repeated progress = Repeated.start("laneway-replay-progress", SENDING_MILLIS, () -> {
            report(ReplayNews.running(run, sending.totals(), left));
            if (!aborted) {
                checkBounds(results, end, order.within());
            }
            if (aborted || !problem.isEmpty()) {
                sending.abort();
            }
        });
        try {
            Outcome outcome = sending.run(plan, results, ComparisonRules.of(order.rules()), messages);
            return news(outcome, left, messages);
        } finally {
            progress.stop();
        }
    }

    /** Takes note if its time is over, or its results have grown too large. */
    private void checkBounds(Path results, long end, Duration within) {
        try {
            if (System.nanoTime() - end > 0) {
                problem = "did not end within " + Durations.format(within);
            } else if (Files.exists(results) && Files.size(results) > MOST_RESULTS) {
                problem = "its results are larger than " + MOST_RESULTS + " bytes";
            }
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
    }

    private ReplayNews news(Outcome outcome, long left, @Nullable ProtoReader messages) throws IOException {
        Compared compared = outcome.compared() == null || outcome.compared().isEmpty() ? null : outcome.compared();
        String why = Stream.of(problem, outcome.problem(), compared == null ? "" : compared.problem())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return new ReplayNews(
                run,
                aborted ? "aborted" : why.isEmpty() ? "done" : "failed",
                aborted ? "" : why,
                outcome.totals(),
                left,
                outcome.served().isKnown() ? outcome.served().toString() : "",
                messages == null ? "" : note(messages),
                compared != null && compared.problem().isEmpty() ? BoundedReport.of(compared.report()) : null);
    }

    /** What was not compared as it was wished for; empty if nothing. */
    private static String note(ProtoReader messages) {
        return messages.unknown().isEmpty()
                ? ""
                : "descriptors: do not have the method of " + String.join(", ", messages.unknown())
                        + " (their messages are compared as bytes)";
    }

    /** Says how it ended, for a while: the control API may be away. */
    private void end(ReplayNews ended) {
        ReplayNews news = closed ? ReplayNews.failed(run, STOPPED) : ended;
        log.atInfo()
                .addKeyValue("replay", id)
                .addKeyValue("state", news.state())
                .addKeyValue("problem", news.problem())
                .log("replay ended");
        long end = System.nanoTime() + END_PATIENCE.toNanos();
        try {
            while (reports.say(news) == Wanted.UNKNOWN && !closed && System.nanoTime() - end < 0) {
                Thread.sleep(AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
