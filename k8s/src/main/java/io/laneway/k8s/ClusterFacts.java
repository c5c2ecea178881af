package io.laneway.k8s;

import io.laneway.k8s.backend.BackendPolicies;
import io.laneway.k8s.discovery.ProxiedServices;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import java.util.List;
import java.util.Set;

/** What discovery knows of the cluster now, for the other duties. Safe for many threads. */
public interface ClusterFacts {

    /** What is wrong. */
    List<Finding> findings();

    /** Where other duties note what they find, so that it is among what is wrong. */
    NotedFindings noted();

    /** The Services that are proxied, as discovery sees them. */
    default ProxiedServices proxied() {
        return new ProxiedServices();
    }

    /** What became of BackendTLSPolicies. */
    default BackendPolicies policies() {
        return new BackendPolicies();
    }

    /** Who has which host. */
    default HostOwners owners() {
        return HostOwners.NONE;
    }

    /** The Services, {@code namespace/name}, whose status says that a host was refused to them. */
    default Set<String> refusedHosts() {
        return Set.of();
    }
}
