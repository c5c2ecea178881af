package io.laneway.cli.objects;

import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laneway tokens create SUBJECT --role releaser}. */
@Command(name = "create", description = "Makes a token; it is shown this once.", mixinStandardHelpOptions = true)
final class TokenCreateVerb implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "SUBJECT", description = "who it is for, as the history will say")
    private String subject;

    @Option(names = "--role", required = true, description = "gateway, flags, viewer, joiner, releaser or admin")
    private String role;

    @Option(
            names = "--lanes",
            paramLabel = "PATTERN",
            description =
                    "only lanes like this, such as f-team1-*; with role joiner also lanes/services, such as f-*/order")
    private @Nullable String lanes;

    @Option(
            names = "--gateways",
            paramLabel = "PATTERN",
            description = "gateways that role gateway reports for: an id, or a pattern such as edge-*")
    private @Nullable String gateways;

    @Option(names = "--ttl", paramLabel = "TIME", description = "valid for, such as 30d (default: for ever)")
    private @Nullable String ttl;

    @Override
    public void run() {
        JsonObject wanted = new JsonObject().put("subject", subject).put("role", role);
        if (lanes != null) {
            wanted.put("lanes", lanes);
        }
        if (gateways != null) {
            wanted.put("gateways", gateways);
        }
        if (ttl != null) {
            wanted.put("ttl", ttl);
        }
        remote.call("POST", "/v1/tokens", wanted.encode());
    }
}
