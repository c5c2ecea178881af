package io.laneway.cli.replays;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.router.codec.replay.ReplayRulesForm;
import io.laneway.router.model.replay.ReplayRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a replay sends and how, whether it is from here or by a gateway. Confined to one thread. */
public final class SendOptions {

    private static final int IN_FLIGHT = 256;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--lane", paramLabel = "LANE", required = true, description = "the lane that requests go to")
    private String lane;

    @Option(
            names = "--against",
            paramLabel = "LANE",
            defaultValue = "",
            description = "send safe requests to this lane, too, before and after, to compare: master")
    private String against;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            defaultValue = "1x",
            description =
                    "a multiple of the recorded speed (1x, 4x) or a fixed rate (200/s) (default: ${DEFAULT-VALUE})")
    private String rate;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "1",
            description = "how often all are sent (default: ${DEFAULT-VALUE})")
    private int times;

    @Option(
            names = "--unsafe",
            description = "also send requests that may change something (POST, PUT, ...), each at most once and to the"
                    + " lane alone, which has to be strict by the control API")
    private boolean unsafe;

    @Option(
            names = "--safe",
            paramLabel = "METHOD PATH",
            description =
                    "requests that change nothing although they are no GET, such as \"POST /shop.Orders/Get*\": sent"
                            + " without --unsafe and to --against, too; may be repeated")
    private List<String> safe = List.of();

    @Option(
            names = "--descriptors",
            paramLabel = "FILE",
            description = "a descriptor set of protobuf: methods with idempotency_level = NO_SIDE_EFFECTS are safe;"
                    + " a gateway compares messages by field")
    private @Nullable Path descriptors;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "YAML with values that responses give and later requests have again; a gateway also compares"
                    + " by it, as laneway diff --rules does")
    private @Nullable Path rules;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "",
            description = "ask for this host instead of the recorded ones")
    private String host;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "requests under way at most; more are late (default: 256, by a gateway 64)")
    private @Nullable Integer inFlight;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "for each response (default: ${DEFAULT-VALUE})")
    private String timeout;

    @Option(names = "--insecure", description = "take any certificate of --to")
    private boolean insecure;

    /** The lane that requests go to. */
    public String lane() {
        return lane;
    }

    /** The base lane; empty for none. */
    public String against() {
        return against;
    }

    public boolean unsafe() {
        return unsafe;
    }

    public int times() {
        return times;
    }

    /** Asked for instead of the recorded ones; empty for these. */
    public String host() {
        return host;
    }

    /** How fast, as it was written. */
    public String rate() {
        return rate;
    }

    /** Of each response, as it was written. */
    public String timeout() {
        return timeout;
    }

    public boolean insecure() {
        return insecure;
    }

    /** Requests under way at most. */
    public int inFlight() {
        return inFlight == null ? IN_FLIGHT : inFlight;
    }

    /** Requests that change nothing, as they were written. */
    public List<String> safe() {
        return safe;
    }

    /** The file of a descriptor set; null for none. */
    public @Nullable Path descriptors() {
        return descriptors;
    }

    /** The rules of a team; reads the file. */
    public ReplayRules rules() throws IOException {
        return rules == null ? ReplayRules.NONE : RulesFile.read(rules);
    }

    /** What is wrong with an option. */
    public ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** What a gateway is to do; the control API checks it. Reads the files. */
    JsonObject body() throws IOException {
        JsonObject body = new JsonObject()
                .put("lane", lane)
                .put("rate", rate)
                .put("times", times)
                .put("unsafe", unsafe)
                .put("insecure", insecure)
                .put("timeout", timeout);
        put(body, "against", against.isEmpty() ? null : against);
        put(body, "host", host.isEmpty() ? null : host);
        put(body, "inFlight", inFlight);
        put(body, "safe", safe.isEmpty() ? null : new JsonArray(safe));
        put(body, "rules", rules == null ? null : new JsonObject(ReplayRulesForm.FORM.json(rules())));
        put(body, "descriptors", descriptors == null ? null : base64(descriptors));
        return body;
    }

    static void put(JsonObject body, String key, @Nullable Object value) {
        if (value != null) {
            body.put(key, value);
        }
    }

    private static String base64(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(file + ": is not there (expected: a descriptor set)");
        }
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
