package io.laneway.cli.run;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.traffic.filter.FilterProblems;
import io.laneway.router.document.tree.Problem;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A gateway as a process of its own. */
public final class GatewayProcess {

    private GatewayProcess() {}

    /**
     * Runs until a signal comes or a drain was asked for at the admin interface; then finishes what runs, within
     * the grace time, and ends.
     *
     * @param file the configuration; each problem in it, and why it could not start, is printed on a line of its own
     * @return whether it ran
     */
    public static boolean run(Path file, PrintWriter problems) {
        ConfigReader.Result read = ConfigReader.read(file, System.getenv());
        GatewayConfig config = read.config();
        if (config == null) {
            read.problems().forEach(problems::println);
            return false;
        }
        String missing = Sources.missing(config.table());
        if (missing != null) {
            problems.println(
                    new Problem(file.toString(), 0, "table." + missing, ProgramVersion.lacking(), ProgramVersion.FULL));
            return false;
        }
        try {
            run(
                    config,
                    GatewayEnvironment.system(ProgramVersion.text())
                            .withSources(Sources::of)
                            .withLogLevels(new LogbackLevels()));
        } catch (FilterProblems e) {
            e.list().forEach(problems::println);
            return false;
        } catch (StartFailure e) {
            problems.println("laneway: " + e.getMessage());
            return false;
        } catch (UncheckedIOException e) {
            problems.println("laneway: " + new StartFailure(String.valueOf(e.getMessage()), e.getCause()).getMessage());
            return false;
        }
        return true;
    }

    private static void run(GatewayConfig config, GatewayEnvironment environment) {
        Lifetime lifetime = new Lifetime();
        try (Gateway gateway = Gateway.start(config, environment)) {
            CompletableFuture<Integer> drained = gateway.drained().toCompletableFuture();
            drained.thenRun(lifetime::end);
            lifetime.await(null);
            gateway.drain();
            drained.join();
        } finally {
            lifetime.closed();
        }
    }
}
