package io.laneway.cli.record;

import io.laneway.replay.http.Destination;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The gateway that requests are replayed to. */
final class GatewayOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--to", paramLabel = "URL", required = true, description = "the gateway: https://gateway:8443")
    private URI to;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "certificates (PEM) that the gateway's must chain to")
    private @Nullable Path cacert;

    URI url() {
        return to;
    }

    /** Where requests go. */
    Destination destination(SendChecks send) {
        if (cacert != null && !Files.isReadable(cacert)) {
            throw wrong("--cacert: " + cacert + " cannot be read (expected: a PEM file)");
        }
        return send.destination(to, cacert);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
