package io.laneway.gateway.server.replay;

import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.redact.RedactionRules;
import io.laneway.replay.send.Pace;
import io.laneway.replay.send.ReplayOptions;
import io.laneway.replay.send.SafeRequests;
import io.laneway.router.codec.replay.ReplayRulesForm;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.replay.ReplayRules;
import io.laneway.router.unit.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A replay as the control API orders it. Immutable.
 *
 * @param to       where requests go; null for the gateway itself
 * @param listener of the gateway that they go to; null for the one that services call
 * @param against  the base lane; empty for none
 * @param host     asked for instead of the recorded ones; empty to keep these
 * @param within   after which it ends
 * @param redact   what becomes a pseudonym in what is kept, beyond what always does
 * @param rules    how what came back is compared
 * @param descriptors a descriptor set in Base64; null for none
 */
record ReplayOrder(
        String id,
        String recording,
        @Nullable String to,
        @Nullable String listener,
        String lane,
        String against,
        Pace pace,
        int times,
        Predicate<RecordedRequest> safe,
        boolean unsafe,
        boolean insecure,
        String host,
        int inFlight,
        Duration timeout,
        Duration within,
        RedactionRules redact,
        ReplayRules rules,
        @Nullable String descriptors) {

    private static final int MOST_IN_FLIGHT = 256;

    /**
     * Reads an order.
     *
     * @throws IllegalArgumentException if it makes no sense to this gateway
     */
    static ReplayOrder read(String id, JsonObject filter) {
        try {
            JsonObject redact = filter.getJsonObject("redact", new JsonObject());
            return new ReplayOrder(
                    id,
                    filter.getString("recording", ""),
                    filter.getString("to"),
                    filter.getString("listener"),
                    filter.getString("lane", ""),
                    filter.getString("against", ""),
                    Pace.parse(filter.getString("rate", "1x")),
                    Math.max(1, filter.getInteger("times", 1)),
                    SafeRequests.parse(texts(filter, "safe")),
                    filter.getBoolean("unsafe", false),
                    filter.getBoolean("insecure", false),
                    filter.getString("host", ""),
                    Math.max(1, Math.min(MOST_IN_FLIGHT, filter.getInteger("inFlight", 64))),
                    Durations.parse(filter.getString("timeout", "30s")),
                    Durations.parse(filter.getString("within", "1h")),
                    new RedactionRules(
                            texts(redact, "headers"),
                            texts(redact, "query"),
                            texts(redact, "form"),
                            texts(redact, "json"),
                            texts(redact, "keep")),
                    rules(filter),
                    filter.getString("descriptors"));
        } catch (ClassCastException e) {
            throw new IllegalArgumentException("a member of it is of another kind than this gateway knows", e);
        }
    }

    private static ReplayRules rules(JsonObject filter) {
        if (!filter.containsKey("rules")) {
            return ReplayRules.NONE;
        }
        // to leave one out that a newer control API knows would report what is no difference
        Problems problems = Problems.strict();
        Node node =
                Documents.parseJson(filter.getJsonObject("rules").encode().getBytes(StandardCharsets.UTF_8), problems);
        ReplayRules rules = node == null ? null : ReplayRulesForm.FORM.read(node, problems);
        if (rules == null || !problems.isEmpty()) {
            throw new IllegalArgumentException("rules: this gateway cannot read them: " + problems);
        }
        return rules;
    }

    private static List<String> texts(JsonObject from, String key) {
        return from.getJsonArray(key, new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }

    /** @param declared says of further requests that they change nothing */
    ReplayOptions options(Predicate<RecordedRequest> declared) {
        return new ReplayOptions(lane, against, unsafe, inFlight, safe.or(declared), ValueRules.of(rules));
    }
}
