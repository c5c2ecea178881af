package io.laneway.cli.control;

import io.laneway.router.source.TableServer;
import io.laneway.xds.server.XdsServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** To whom the control API serves the table on ports of their own. */
final class ServerOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--xds",
            paramLabel = "PORT",
            description =
                    "serve the table to Envoys and proxyless gRPC on this port (xDS, aggregated), at the address and with"
                            + " the certificates of --host and --tls-certificate; 0 takes a free one (default: not served)")
    private @Nullable Integer xds;

    List<TableServer> servers() {
        if (xds == null) {
            return List.of();
        }
        try {
            return List.of(new XdsServer(xds));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--xds: " + e.getMessage(), e);
        }
    }
}
