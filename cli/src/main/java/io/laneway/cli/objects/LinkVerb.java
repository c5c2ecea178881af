package io.laneway.cli.objects;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.laneway.router.access.PrivateFiles;
import io.laneway.router.link.LinkAddress;
import io.laneway.router.link.LinkSigner;
import io.laneway.router.model.Carriers;
import io.laneway.router.unit.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway lanes link NAME}. */
@Command(
        name = "link",
        description = "Makes a signed link into a lane, for listeners with lanes: signed, and prints it.",
        mixinStandardHelpOptions = true)
final class LinkVerb implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "holds for (default: ${DEFAULT-VALUE})",
            defaultValue = "2h")
    private String ttl;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the page that it leads to (default: none, only the parameters are printed)")
    private @Nullable String url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "sign with the key in FILE, which is made if it is not there, in place of the control API's; the"
                            + " linkKey for the lane in the table's file goes to standard error")
    private @Nullable Path keyFile;

    @Option(
            names = "--parameter",
            paramLabel = "NAME",
            description = "with --key-file, the query parameter of the table's carriers (default: ${DEFAULT-VALUE})",
            defaultValue = Carriers.MARKER)
    private String parameter;

    @Override
    public void run() {
        if (keyFile != null) {
            sign(keyFile);
            return;
        }
        JsonObject wish = new JsonObject().put("ttl", ttl);
        if (url != null) {
            wish.put("url", url);
        }
        String path = ControlClient.path("lanes", name, "links") + "?wait=applied";
        JsonObject made = (JsonObject) remote.ask("POST", path, wish.encode());
        JsonObject applied = made.getJsonObject("applied", new JsonObject());
        if (!applied.getJsonArray("stragglers", new JsonArray()).isEmpty()) {
            remote.note("some gateways do not know the key of the lane yet: " + applied.getJsonArray("stragglers"));
        }
        if (remote.format() == Format.table) {
            remote.println(made.getString("link", made.getString("query", made.getString("key"))));
            remote.note("until " + made.getString("expires"));
        } else {
            remote.print(made);
        }
    }

    private void sign(Path file) {
        try {
            LinkSigner signer = signer(file);
            Instant end = Instant.now().plus(Durations.parse(ttl)).truncatedTo(ChronoUnit.SECONDS);
            String query = LinkAddress.query(parameter, name, signer.link(name, end));
            remote.println(url == null ? query : LinkAddress.parse(url).with(query));
            remote.note("until " + end + "; linkKey: " + signer.key());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailed(file + ": " + e.getMessage());
        }
    }

    private static LinkSigner signer(Path file) throws IOException {
        if (Files.exists(file)) {
            return LinkSigner.read(Files.readString(file));
        }
        LinkSigner fresh = LinkSigner.fresh();
        boolean unused = PrivateFiles.file(file);
        Files.writeString(file, fresh.secret() + "\n");
        return fresh;
    }
}
