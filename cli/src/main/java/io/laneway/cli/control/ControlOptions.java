package io.laneway.cli.control;

import io.laneway.control.ControlConfig;
import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.router.unit.Durations;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code laneway control}. */
final class ControlOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Option(
            names = "--host",
            description = "address to listen on (default: ${DEFAULT-VALUE})",
            defaultValue = "127.0.0.1")
    private String host;

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "name that calls may use while there is no token, beside localhost and loopback addresses")
    private List<String> hostNames = List.of();

    @Option(
            names = "--flags-origin",
            paramLabel = "ORIGIN",
            description = "pages that may evaluate flags (OFREP), such as https://shop.example.com; * for all;"
                    + " repeatable (default: none)")
    private List<String> flagOrigins = List.of();

    @Option(names = "--port", description = "port to listen on (default: ${DEFAULT-VALUE})", defaultValue = "9900")
    private int port;

    @Option(names = "--tls-certificate", paramLabel = "PEM", description = "certificate chain; serves TLS")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "PEM", description = "its private key")
    private @Nullable Path privateKey;

    @Option(names = "--client-ca", paramLabel = "PEM", description = "authorities of client certificates")
    private @Nullable Path clientCa;

    @Mixin
    private AuthenticationOptions authentication;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description =
                    "calls a second of each subject, twice as many at once; 0 for any (default: ${DEFAULT-VALUE})",
            defaultValue = "0")
    private int requests;

    @Option(names = "--history", paramLabel = "TIME", description = "edits are kept for; for ever if not given")
    private @Nullable String history;

    @Option(
            names = "--lane-warn",
            paramLabel = "TIME",
            description = "idle lanes are warned after",
            defaultValue = "6d")
    private String warn;

    @Option(names = "--lane-expire", paramLabel = "TIME", description = "idle lanes expire after", defaultValue = "7d")
    private String expire;

    @Option(names = "--lane-delete", paramLabel = "TIME", description = "expired lanes go after", defaultValue = "7d")
    private String delete;

    @Option(names = "--lane-check", paramLabel = "TIME", description = "lanes are looked at every", defaultValue = "1m")
    private String every;

    @Mixin
    private WebhookOptions webhooks;

    @Option(
            names = "--link",
            paramLabel = "URL",
            description = "where this API is reached, for the renew link and for logins")
    private @Nullable String link;

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "server that the queries of guards are asked of, such as http://prometheus:9090")
    private @Nullable String prometheus;

    ControlConfig config() {
        try {
            ControlConfig config = ControlConfig.in(Path.of("."), port)
                    .with(store.config())
                    .with(new ControlConfig.Listen(host, port, tls(), hostNames, flagOrigins))
                    .with(authentication.config(WebUrl.of("--link", link)))
                    .with(new ControlConfig.Bounds(ControlConfig.Bounds.DEFAULT.gatewaySilence(), requests, kept()))
                    .with(laneLife());
            URI server = WebUrl.of("--prometheus", prometheus);
            return server == null ? config : config.with(server);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ControlConfig.@Nullable Tls tls() {
        if (certificate == null && privateKey == null && clientCa == null) {
            return null;
        }
        if (certificate == null || privateKey == null) {
            throw new IllegalArgumentException(
                    "--tls-certificate, --tls-key: one is missing (expected: both, with or without --client-ca)");
        }
        return new ControlConfig.Tls(certificate, privateKey, clientCa);
    }

    private @Nullable Duration kept() {
        return history == null ? null : Durations.parse(history);
    }

    private LaneLifeConfig laneLife() {
        return new LaneLifeConfig(
                Durations.parse(warn),
                Durations.parse(expire),
                Durations.parse(delete),
                true,
                Durations.parse(every),
                WebUrl.of("--link", link),
                webhooks.config());
    }
}
