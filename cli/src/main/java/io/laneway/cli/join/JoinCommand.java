package io.laneway.cli.join;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import io.laneway.router.text.Slug;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway join order --lane f-1 --port 8080}: this machine serves a lane of a service, until it is interrupted. */
@Command(
        name = "join",
        description = {
            "Serves a lane of a service from this machine, until it is interrupted.",
            "Gateways send the lane's requests of the service to a port here, through the control API: nothing needs to"
                    + " reach this machine. A lane that the table does not have is there for as long.",
            "A control API that goes away is waited for."
        },
        mixinStandardHelpOptions = true)
public final class JoinCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;
    private static final int LEAVE_SECONDS = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Remote remote;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "to serve, as the table names it")
    private String service;

    @Option(names = "--lane", required = true, description = "to serve it in")
    private String lane;

    @Option(names = "--port", required = true, description = "at which it listens on this machine")
    private int port;

    @Option(
            names = "--host",
            description = "at which it listens, where that is not this machine, such as a container"
                    + " (default: 127.0.0.1, else ::1)")
    private @Nullable String host;

    @Option(
            names = "--protocol",
            description = "that it speaks: auto, http1 or h2c (default: ${DEFAULT-VALUE})",
            defaultValue = "auto")
    private String protocol;

    @Option(
            names = "--replace",
            description =
                    "takes the place of the deployment, or of another machine, that serves the lane, while it runs")
    private boolean replace;

    @Option(names = "--strict", description = "serves a strict lane too, whose requests get 503 while this is away")
    private boolean strict;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        check();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        LocalPort local = new LocalPort(vertx, host, port);
        try {
            listens(local);
            Joiner joiner = new Joiner(vertx, remote, path(), local);
            Thread leaving = new Thread(() -> leave(joiner), "leaving");
            Runtime.getRuntime().addShutdownHook(leaving);
            try {
                joiner.start()
                        .future()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException known) {
                    throw known;
                }
                throw e;
            } finally {
                forget(leaving);
            }
            return ExitCode.OK;
        } finally {
            vertx.close();
        }
    }

    private void check() {
        if (Slug.of(lane).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--lane: '" + lane + "' (expected: a name with a letter or digit in it)");
        }
        if (service.isBlank()) {
            throw new ParameterException(spec.commandLine(), "SERVICE: '" + service + "' (expected: a service's name)");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--port: " + port + " (expected: 1 to 65535)");
        }
        if (!List.of("auto", "http1", "h2c").contains(protocol)) {
            throw new ParameterException(
                    spec.commandLine(), "--protocol: " + protocol + " (expected: auto, http1 or h2c)");
        }
    }

    private String path() {
        return ControlClient.path("services", service, "deployments", lane, "join") + "?joiner=" + UUID.randomUUID()
                + "&port=" + port + "&protocol=" + URLEncoder.encode(protocol, StandardCharsets.UTF_8)
                + (replace ? "&replace=true" : "") + (strict ? "&strict=true" : "");
    }

    private void listens(LocalPort local) throws InterruptedException {
        try {
            local.connect()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LEAVE_SECONDS, TimeUnit.SECONDS)
                    .close();
        } catch (ExecutionException | TimeoutException e) {
            remote.note("nothing listens at " + local + " yet: the lane falls back until something does");
        }
    }

    /** Interrupted: requests that are under way have some seconds. */
    private void leave(Joiner joiner) {
        remote.note("leaving");
        Promise<Void> left = joiner.leave();
        try {
            left.future().toCompletionStage().toCompletableFuture().get(LEAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            remote.note("requests that were under way are given up");
        }
        spec.commandLine().getOut().flush();
        Runtime.getRuntime().halt(0);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is at work already
        }
    }
}
