package io.laneway.replay.diff.report;

import java.util.Comparator;
import java.util.List;

/**
 * What a comparison found, the most important first. Immutable.
 *
 * @param endpoints all that were compared, with their requests
 * @param uncompared requests whose bodies were not compared, since one was cut or left out
 */
public record DiffReport(long requests, List<EndpointRequests> endpoints, long uncompared, List<Finding> findings) {

    private static final Comparator<Finding> IMPORTANCE = Comparator.comparing(Finding::level)
            .thenComparing(Finding::facet)
            .thenComparing(finding -> -finding.lane() / (double) finding.requests())
            .thenComparing(Finding::endpoint)
            .thenComparing(Finding::path);

    /** An endpoint with how many requests it had. Immutable. */
    public record EndpointRequests(String endpoint, long requests) {}

    public DiffReport {
        endpoints = List.copyOf(endpoints);
        findings = findings.stream().sorted(IMPORTANCE).toList();
    }

    /** Whether the lane differs. */
    public boolean differs() {
        return findings.stream().anyMatch(finding -> finding.level() == Level.DIFFERS);
    }

    /** The same with the most important findings alone, and so many endpoints. */
    public DiffReport first(int most, int mostEndpoints) {
        return new DiffReport(
                requests,
                endpoints.subList(0, Math.min(mostEndpoints, endpoints.size())),
                uncompared,
                findings.subList(0, Math.min(most, findings.size())));
    }
}
