package io.laneway.replay.diff;

import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.rules.DiffRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares base, base again and a lane, request by request. Keeps counts and examples and no response. Confined to one
 * thread.
 */
public final class Comparison {

    private final Endpoints endpoints;
    private final DiffRules rules;
    private final Map<String, ComparedEndpoint> compared = new TreeMap<>();
    private long requests;

    /** A comparison whose endpoints are learned. */
    public Comparison(Endpoints endpoints, DiffRules rules) {
        this.endpoints = endpoints;
        this.rules = rules;
    }

    /** Takes one request with its responses. */
    public void add(ComparedRequest it) {
        requests++;
        compared.computeIfAbsent(endpoints.of(it), ComparedEndpoint::new).add(it);
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
