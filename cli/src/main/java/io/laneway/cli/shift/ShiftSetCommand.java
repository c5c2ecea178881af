package io.laneway.cli.shift;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import io.laneway.router.text.Slug;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code laneway shift set default G0=20%}. */
@Command(name = "set", description = "Sets the shares of a shift's environments.", mixinStandardHelpOptions = true)
final class ShiftSetCommand implements Runnable {

    private static final int STALE = 412;

    @Mixin
    private Change change;

    @Mixin
    private Shares shares;

    @Option(names = "--create", description = "make the shift if there is none of this name")
    private boolean create;

    @Override
    public void run() {
        String body = shares.body().encode();
        try {
            change.make("PUT", ControlClient.path("shifts", shares.shift()), body, create ? null : "*");
        } catch (CallFailed e) {
            throw e.status() == STALE ? unknown(e) : e;
        }
    }

    /** The same failure in words, if it came of a shift that is not there. */
    private CallFailed unknown(CallFailed failure) {
        JsonArray shifts = change.remote().get("/v1/shifts").getJsonArray("shifts", new JsonArray());
        List<String> names = shifts.stream()
                .map(shift -> ((JsonObject) shift).getString("name"))
                .toList();
        String slug = Slug.of(shares.shift());
        return names.stream().anyMatch(name -> Slug.of(name).equals(slug))
                ? failure
                : new CallFailed("shift " + shares.shift() + " is not there (expected: "
                        + (names.isEmpty() ? "" : "one of " + String.join(", ", names) + ", or ")
                        + "--create to make it)");
    }
}
