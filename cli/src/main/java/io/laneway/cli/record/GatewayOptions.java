package io.laneway.cli.record;

import io.laneway.replay.http.Destination;
import io.laneway.router.unit.Durations;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The gateway that requests are replayed to, and how. */
final class GatewayOptions {

    private static final int BODIES = 1024 * 1024;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--to", paramLabel = "URL", required = true, description = "the gateway: https://gateway:8443")
    private URI to;

    @Option(names = "--host", defaultValue = "", description = "ask for this host instead of the recorded ones")
    private String host;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "256",
            description = "requests under way at most; more are late (default: ${DEFAULT-VALUE})")
    private int inFlight;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "for each response (default: ${DEFAULT-VALUE})")
    private String timeout;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "certificates (PEM) that the gateway's must chain to")
    private @Nullable Path cacert;

    @Option(names = "--insecure", description = "take any certificate of the gateway")
    private boolean insecure;

    URI url() {
        return to;
    }

    /** Empty for the recorded ones. */
    String host() {
        return host;
    }

    int inFlight() {
        return inFlight;
    }

    /** Where requests go. */
    Destination destination() {
        if (cacert != null && !Files.isReadable(cacert)) {
            throw wrong("--cacert: " + cacert + " cannot be read (expected: a PEM file)");
        }
        try {
            return new Destination(to, cacert, insecure, inFlight, Durations.parse(timeout), BODIES);
        } catch (IllegalArgumentException e) {
            throw wrong("--to, --timeout: " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
