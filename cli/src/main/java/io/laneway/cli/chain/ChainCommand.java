package io.laneway.cli.chain;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.MissingGateways;
import io.laneway.cli.remote.Remote;
import io.laneway.control.question.StoryChain;
import io.laneway.router.chain.Chain;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway chain FILE} and {@code laneway chain --request ID}: the hops of requests, and who failed first. */
@Command(
        name = "chain",
        description =
                "Shows the hops of requests over all gateways, and which service or gateway failed first: of recorded"
                        + " requests those that failed, or the one that is asked for; without a file one that gateways"
                        + " still remember, as the control API has it. Exits 0, 1 if that one is not known, 2 when it"
                        + " could not run.",
        mixinStandardHelpOptions = true)
final class ChainCommand implements Callable<Integer> {

    private static final int UNKNOWN = 1;
    private static final int COULD_NOT_RUN = 2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "recordings, or directories of recordings")
    private List<Path> files = List.of();

    @Option(names = "--request", paramLabel = "ID", description = "the x-request-id, or the trace id, of one request")
    private @Nullable String request;

    @Option(names = "--all", description = "recorded requests that did not fail, too")
    private boolean all;

    @Override
    public Integer call() {
        if (files.isEmpty() && request == null) {
            throw new ParameterException(spec.commandLine(), "expected: FILE, --request ID, or both");
        }
        try {
            return files.isEmpty() ? remembered(String.valueOf(request)) : recorded();
        } catch (CallFailed e) {
            spec.commandLine().getErr().println("laneway: " + e.getMessage());
            return UNKNOWN;
        } catch (IOException | CommandFailed e) {
            spec.commandLine().getErr().println("laneway: " + e.getMessage());
            return COULD_NOT_RUN;
        }
    }

    private int remembered(String id) {
        JsonObject story = remote.get(ControlClient.path("requests", id));
        print(Map.of(id, StoryChain.of(story)));
        MissingGateways.lines(story).forEach(remote::note);
        return 0;
    }

    private int recorded() throws IOException {
        RecordedChains recorded = new RecordedChains();
        for (Path file : files) {
            RecordingFiles.read(file, recorded::add, spec.commandLine().getErr());
        }
        Map<String, Chain> chains = recorded.chains();
        String wanted = request == null ? null : recorded.name(request);
        Map<String, Chain> shown = new LinkedHashMap<>();
        chains.forEach((name, chain) -> {
            if (wanted == null ? all || chain.failed() != null : name.equals(wanted)) {
                shown.put(name, chain);
            }
        });
        if (wanted != null && shown.isEmpty()) {
            spec.commandLine().getErr().println("laneway: " + request + ": is in none of the files");
            return UNKNOWN;
        }
        print(shown);
        long failed =
                chains.values().stream().filter(chain -> chain.failed() != null).count();
        remote.note(chains.size() + " requests, " + failed + " failed");
        return 0;
    }

    private void print(Map<String, Chain> chains) {
        if (remote.format() == Format.table) {
            chains.forEach((name, chain) -> remote.println(ChainText.of(name, chain)));
            return;
        }
        remote.print(ChainJson.of(chains));
    }
}
