package io.laneway.cli.record;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.Remote;
import io.laneway.cli.replays.SendOptions;
import io.laneway.replay.http.Destination;
import io.laneway.replay.http.HttpSender;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.run.ReplayFiles;
import io.laneway.replay.send.Replay;
import io.laneway.replay.send.ReplayOptions;
import io.laneway.replay.send.ReplayPlan;
import io.laneway.replay.send.Stamps;
import io.laneway.replay.send.Totals;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway replay FILE --to URL --lane f-1}: sends recorded requests into a lane. */
@Command(
        name = "replay",
        description =
                "Sends the requests of a recording, a directory, bucket or topic of recordings, or an HTTP Archive"
                        + " (HAR 1.2) into a lane, on the recorded schedule and in order for each client, and keeps the"
                        + " responses in a file. Exits 0 when all have their responses, 1 when some have not, 2 when it"
                        + " could not run, as where the gateway has no such lane.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Remote remote;

    @Mixin
    private GatewayOptions gateway;

    @Parameters(
            paramLabel = "SOURCE",
            description = "a recording, a directory of recordings, an HTTP Archive, or what gateways recorded into "
                    + SinkOptions.FORM)
    private String source;

    @Mixin
    private SinkOptions sink;

    @Mixin
    private SendOptions send;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the file of results (default: replay-ID.jsonl.gz); its journal is FILE.journal")
    private @Nullable Path out;

    @Option(names = "--resume", description = "continue the replay whose results are in --out")
    private boolean resume;

    @Override
    public Integer call() throws InterruptedException {
        SendChecks checks = new SendChecks(send);
        checks.check();
        Destination destination = gateway.destination(checks);
        try {
            ReplayOptions options = checks.options();
            checkLane();
            ReplaySource recorded = recorded();
            ReplayPlan plan = ReplayPlan.of(recorded.requests(), checks.pace(), send.times(), recorded.archive());
            return run(plan, options, destination);
        } catch (IOException | CommandFailed e) {
            spec.commandLine().getErr().println("laneway: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private ReplaySource recorded() throws IOException {
        if (!SinkOptions.isOne(source)) {
            return ReplaySource.read(Path.of(source), spec.commandLine().getErr());
        }
        try {
            return ReplaySource.read(source, sink.of(source));
        } catch (IllegalArgumentException e) {
            throw send.wrong("SOURCE: " + e.getMessage());
        }
    }

    private int run(ReplayPlan plan, ReplayOptions options, Destination destination)
            throws IOException, InterruptedException {
        ReplayHeader header = header();
        Path results = out == null ? Path.of("replay-" + header.replay() + ".jsonl.gz") : out;
        try (ReplayFiles files = ReplayFiles.open(results, header, resume);
                HttpSender sender = new HttpSender(destination)) {
            Stamps stamps = new Stamps(header.replay(), send.host());
            Replay replay = new Replay(plan, options, stamps, sender, files.writer(), files.journal());
            files.resume(replay);
            spec.commandLine()
                    .getErr()
                    .println("replay " + header.replay() + ": " + plan.size() + " requests to " + gateway.url()
                            + ", lane " + send.lane());
            ReplayProgress progress =
                    ReplayProgress.start(replay, spec.commandLine().getErr());
            Totals totals;
            try {
                totals = replay.run();
            } finally {
                progress.close();
            }
            return ended(replay, totals, results, spec.commandLine().getErr());
        }
    }

    private static int ended(Replay replay, Totals totals, Path results, PrintWriter err) {
        if (replay.served().isKnown()) {
            err.println(replay.served());
        }
        err.println("results: " + results);
        if (!replay.stopped().isEmpty()) {
            err.println("laneway: " + replay.stopped() + ": no more is sent");
        }
        if (!replay.refused().isEmpty()) {
            err.println("laneway: --" + replay.refused());
            return ExitCode.USAGE;
        }
        return totals.whole() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** That of the earlier run when this continues one, whose ids and lane stay. */
    private ReplayHeader header() throws IOException {
        String name = SinkOptions.isOne(source)
                ? source
                : String.valueOf(Path.of(source).getFileName());
        if (!resume) {
            String id = UUID.randomUUID().toString();
            return new ReplayHeader(id, name, gateway.url().toString(), send.lane(), send.against(), Instant.now());
        }
        if (out == null) {
            throw new CommandFailed("--resume: without --out (expected: the results of the earlier run)");
        }
        try (ResultReader reader = ResultReader.open(out)) {
            ReplayHeader earlier = reader.header();
            if (!earlier.lane().equals(send.lane())
                    || !earlier.against().equals(send.against())
                    || !earlier.source().equals(name)) {
                throw new CommandFailed(out + ": is of " + earlier.source() + ", lane " + earlier.lane()
                        + (earlier.against().isEmpty() ? "" : " against " + earlier.against())
                        + " (expected: the same as now)");
            }
            return earlier;
        }
    }

    private void checkLane() {
        String lane = send.lane();
        if (!send.unsafe()) {
            return;
        }
        String mode;
        try {
            mode = remote.get("/v1/lanes/" + lane).getString("mode", "permissive");
        } catch (CallFailed | ClassCastException e) {
            throw new CommandFailed("--unsafe: whether lane " + lane + " is strict cannot be known: " + e.getMessage());
        }
        if (!mode.equals("strict")) {
            throw new CommandFailed("--unsafe: lane " + lane + " is " + mode
                    + " (expected: strict, so that nothing is written by base where the lane has no such service)");
        }
    }
}
