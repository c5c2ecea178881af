package io.laneway.k8s.discovery;

import io.laneway.k8s.finding.Finding;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a Service contributes without the pods of other lanes that it catches too, and what is to be said of that. Its
 * selector shows it before any pod runs; the pods show it where there is no selector. Immutable.
 */
record Leak(List<Port> ports, List<Finding> findings) {

    /** @param others the Services of other lanes, whose pods are theirs */
    static Leak of(Found one, List<Found> others) {
        if (others.isEmpty()) {
            return new Leak(one.ports(), List.of());
        }
        Set<String> theirs = new HashSet<>();
        Set<String> caught = new TreeSet<>();
        for (Found other : others) {
            other.ports().forEach(port -> port.endpoints().forEach(endpoint -> theirs.add(endpoint.address())));
            if (one.catches(other)) {
                caught.add(other.identity().lane());
            }
        }
        List<Finding> findings = new ArrayList<>();
        if (!caught.isEmpty()) {
            findings.add(new Finding(
                    Finding.Kind.LEAK,
                    one.key(),
                    "its selector also selects the pods of lanes " + String.join(", ", caught)
                            + " (expected: the version of lane '"
                            + one.identity().lane() + "' in it)"));
        }
        List<Port> ports = new ArrayList<>();
        one.ports().forEach(port -> ports.add(without(one, port, theirs, findings)));
        return new Leak(ports, findings);
    }

    private static Port without(Found one, Port port, Set<String> theirs, List<Finding> findings) {
        List<Endpoint> own = port.endpoints().stream()
                .filter(endpoint -> !theirs.contains(endpoint.address()))
                .toList();
        int leaked = port.endpoints().size() - own.size();
        if (leaked == 0) {
            return port;
        }
        if (findings.isEmpty()) {
            findings.add(new Finding(
                    Finding.Kind.LEAK,
                    one.key(),
                    "port " + port.number() + " also catches " + leaked
                            + " pods of lanes (expected: a selector with the base lane's version)"));
        }
        return port.with(own);
    }
}
