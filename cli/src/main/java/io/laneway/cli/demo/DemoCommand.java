package io.laneway.cli.demo;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.run.Lifetime;
import io.laneway.cli.run.LogbackLevels;
import io.laneway.cli.run.ProgramVersion;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.router.unit.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway demo}: runs the main job on one machine, without configuration or network. */
@Command(
        name = "demo",
        description =
                "Runs three services A > B > C with their lanes, a gateway and a control API, and prints calls to try.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final int MAX_FIRST_PORT = 65_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "edge on N, control API on N+1, admin on N+2, services above; 0 takes any free ports (default:"
                            + " 8080, 9900, 9901)")
    private @Nullable Integer port;

    @Option(names = "--duration", paramLabel = "TIME", description = "end by itself after, such as 30s or 5m")
    private @Nullable String duration;

    @Option(names = "--access-log", description = "print a line for each request")
    private boolean accessLog;

    @Option(names = "--traffic", description = "send requests of 200 tenants and some lanes, 25 a second, to look at")
    private boolean traffic;

    @Option(
            names = "--record-replay",
            description = "record requests, replay them into a lane with a fault, print what differs, and end: exits 0"
                    + " when the fault is what was found, else 1")
    private boolean recordReplay;

    @Option(names = "--open", description = "open the console in a browser")
    private boolean open;

    @Option(names = "--quiet", description = "print nothing")
    private boolean quiet;

    @Override
    public Integer call() {
        int first = firstPort();
        Duration time = time();
        GatewayEnvironment around =
                GatewayEnvironment.system(ProgramVersion.text()).withLogLevels(new LogbackLevels());
        if (System.getenv("LANEWAY_LOG_LEVEL") == null) {
            around.logLevels().set("", "warn");
        }
        Lifetime lifetime = new Lifetime();
        try (Demo demo = Demo.start(recordReplay && port == null ? 0 : first, accessLog, around)) {
            if (recordReplay) {
                return recordReplay(demo);
            }
            if (traffic) {
                demo.traffic();
            }
            Optional<URI> console = open || !quiet ? demo.console() : Optional.empty();
            if (!quiet) {
                greet(demo, console);
            }
            show(console);
            lifetime.await(time);
        } catch (PortTaken e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } finally {
            lifetime.closed();
        }
        return ExitCode.OK;
    }

    private int recordReplay(Demo demo) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            boolean found = new RecordReplay(demo, quiet ? new PrintWriter(Writer.nullWriter()) : out).run();
            return found ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new CommandFailed("demo: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.SOFTWARE;
        }
    }

    private void show(Optional<URI> console) {
        if (open && !console.map(Browser::open).orElse(false)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    console.isEmpty()
                            ? "laneway demo: --open: this program has no console"
                            : "laneway demo: --open: no browser could be started; the console is at " + console.get());
            err.flush();
        }
    }

    private int firstPort() {
        if (port == null) {
            return -1;
        }
        if (port < 0 || port > MAX_FIRST_PORT) {
            throw new ParameterException(
                    spec.commandLine(), "--port: " + port + " (expected: 0 to " + MAX_FIRST_PORT + ")");
        }
        return port;
    }

    private @Nullable Duration time() {
        try {
            return duration == null ? null : Durations.parse(duration);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--duration: " + e.getMessage(), e);
        }
    }

    private void greet(Demo demo, Optional<URI> console) {
        String edge = "localhost:" + demo.edge();
        String control = "localhost:" + demo.control();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Laneway demo: A > B > C behind %s%n%n", edge);
        console.ifPresent(page -> out.printf("Look at it in a browser: %s%n%n", page));
        out.printf("  curl %s/                                  # all master%n", edge);
        out.printf("  curl -H 'trace-branch: f-1' %s/           # A@f-1 > B@master > C@master%n", edge);
        out.printf("  curl '%s/?trace-branch=f-2'               # A@master > B@f-2 > C@master%n", edge);
        out.printf("  curl -H 'baggage: trace-branch=bg0-1' %s/ # A@master > B@bg0-1 > C@master%n", edge);
        out.printf("  curl -i -H 'trace-branch: nope' %s/       # all master, reason lane_unknown%n%n", edge);
        out.printf("Move a fifth of the tenants to environment G0, and watch one of them:%n%n");
        out.printf("  curl -X PUT %s/v1/shifts/default -H 'content-type: application/json' \\%n", control);
        out.printf("       -d '{\"environments\":[{\"lane\":\"G0\",\"share\":\"20%%\"}]}'%n");
        out.printf("  curl -H 'x-tenant-id: oceanic' %s/        # A@G0 > B@G0 > C@G0%n%n", edge);
        out.printf("Serve a lane from your own machine, with something that listens at port 8088:%n%n");
        out.printf("  ./laneway join A --lane my-lane --port 8088 --control http://%s%n", control);
        out.printf("  curl -H 'trace-branch: my-lane' %s/       # what listens there%n%n", edge);
        out.printf("Ask why, and look inside:%n%n");
        out.printf("  ./laneway explain B --lane f-1 --control http://%s%n", control);
        out.printf("  curl 'localhost:%d/explain?service=B&lane=f-1'%n", demo.admin());
        out.printf("  curl localhost:%d/metrics%n", demo.admin());
        String id = demo.firstRequest();
        if (!id.isEmpty()) {
            out.printf("%nEach response carries an x-request-id; the demo just made a request in lane f-1. Ask where it"
                    + " went:%n%n");
            out.printf("  ./laneway explain --request %s --control http://%s%n", id, control);
            out.printf(
                    "  ./laneway tail --lane f-1 --control http://%s    # and see requests as they finish%n", control);
        }
        out.flush();
    }
}
