package io.laneway.replay.diff;

import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.rules.DiffRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares base, base again and a lane, request by request. Keeps counts and examples and no response. Confined to one
 * thread.
 */
public final class Comparison {

    /** Endpoints beyond the first so many share {@value #OTHER}: a report and its memory have a bound. */
    private static final int MAX_ENDPOINTS = 1000;

    private static final String OTHER = "__other__";

    private final Endpoints endpoints;
    private final DiffRules rules;
    private final @Nullable ProtoReader messages;
    private final Map<String, ComparedEndpoint> compared = new TreeMap<>();
    private long requests;

    /** A comparison whose endpoints are learned. */
    public Comparison(Endpoints endpoints, DiffRules rules) {
        this(endpoints, rules, null);
    }

    /** The same, with messages of protobuf compared by field. */
    public Comparison(Endpoints endpoints, DiffRules rules, @Nullable ProtoReader messages) {
        this.endpoints = endpoints;
        this.rules = rules;
        this.messages = messages;
    }

    /** Takes one request with its responses. */
    public void add(ComparedRequest it) {
        requests++;
        compared.computeIfAbsent(name(it), name -> new ComparedEndpoint(name, rules, messages))
                .add(it);
    }

    private String name(ComparedRequest it) {
        String name = endpoints.of(it);
        return compared.size() < MAX_ENDPOINTS || compared.containsKey(name) ? name : OTHER;
    }

    /** What was found; nothing may be added afterwards. */
    public DiffReport report() {
        List<DiffReport.EndpointRequests> names = new ArrayList<>();
        long uncompared = 0;
        for (ComparedEndpoint endpoint : compared.values()) {
            names.add(new DiffReport.EndpointRequests(endpoint.name(), endpoint.requests()));
            uncompared += endpoint.uncompared();
        }
        Judge judge = new Judge(List.copyOf(compared.values()), rules);
        return new DiffReport(requests, names, uncompared, judge.findings());
    }
}
