package io.laneway.cli.chain;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.router.chain.Chain;
import io.laneway.router.chain.Hop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts recorded requests of several gateways together that are hops of one. Confined to one thread. */
final class RecordedChains {

    private final Map<String, String> traces = new HashMap<>();
    private final Map<String, List<Hop>> byTrace = new LinkedHashMap<>();
    private final Map<String, List<Hop>> byId = new LinkedHashMap<>();

    /** Takes a recorded request; nothing of its bodies is kept. */
    void add(RecordedExchange it) {
        if (it.continues()) {
            return;
        }
        if (it.trace().isEmpty()) {
            byId.computeIfAbsent(it.id(), key -> new ArrayList<>()).add(hop(it));
        } else {
            traces.putIfAbsent(it.id(), it.trace());
            byTrace.computeIfAbsent(it.trace(), key -> new ArrayList<>()).add(hop(it));
        }
    }

    /** The chains by trace id, or by request id where there is no trace; in the order in which they were met. */
    Map<String, Chain> chains() {
        Map<String, List<Hop>> all = new LinkedHashMap<>();
        byTrace.forEach((trace, hops) -> all.put(trace, new ArrayList<>(hops)));
        byId.forEach((id, hops) -> all.computeIfAbsent(traces.getOrDefault(id, id), key -> new ArrayList<>())
                .addAll(hops));
        Map<String, Chain> chains = new LinkedHashMap<>();
        all.forEach((name, hops) -> chains.put(name, Chain.of(hops)));
        return chains;
    }

    /** The name of the chain that this request or trace id is in. */
    String name(String id) {
        return traces.getOrDefault(id, id);
    }

    private static Hop hop(RecordedExchange it) {
        RecordedResponse response = it.response();
        String grpc = response == null ? null : response.grpcStatus();
        return new Hop(
                it.decision().gateway(),
                it.decision().service(),
                it.decision().served(),
                it.request().method(),
                it.request().path(),
                response == null ? 0 : response.status(),
                grpc == null ? "" : grpc,
                it.failure(),
                "",
                it.time(),
                it.duration(),
                passed(it.request().headers()),
                parent(Fields.first(it.request().headers(), "traceparent")),
                Set.of());
    }

    private static int passed(List<Field> headers) {
        String hops = Fields.first(headers, "x-laneway-hops");
        return hops != null && hops.matches("\\d{1,2}") ? Integer.parseInt(hops) + 1 : 1;
    }

    private static String parent(@Nullable String traceparent) {
        String[] parts = traceparent == null ? new String[0] : traceparent.split("-", -1);
        return parts.length >= 4 ? parts[2] : "";
    }
}
