package io.laneway.router.check;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks services: identities, hosts with one owner, deployments. Confined to one thread. */
final class ServiceCheck {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?");
    private static final String NAME_FORM = "letters, digits, '-' and '_', no dot";

    private final NameLookup names;
    private final PathProblems findings;
    private final Set<ServiceId> seen = new HashSet<>();
    private final Map<String, ServiceId> hosts = new HashMap<>();

    ServiceCheck(NameLookup names, PathProblems findings) {
        this.names = names;
        this.findings = findings;
    }

    void check(List<Service> services) {
        for (int i = 0; i < services.size(); i++) {
            service(services.get(i), findings.below("services[" + i + "]"));
        }
    }

    private void service(Service service, PathProblems at) {
        ServiceId id = service.id();
        if (!seen.add(id)) {
            at.add("name", "'" + id + "' is there twice", "another name or namespace");
        }
        if (!NAME.matcher(id.name()).matches()) {
            at.add("name", "'" + id.name() + "'", NAME_FORM);
        }
        if (id.namespace() != null && !NAME.matcher(id.namespace()).matches()) {
            at.add("namespace", "'" + id.namespace() + "'", NAME_FORM);
        }
        if (service.shift() != null && !names.hasShift(service.shift())) {
            at.add("shift", "no shift '" + service.shift() + "'", "the name of a shift");
        }
        hosts(service, at);
        deployments(service.deployments(), at);
        PolicyCheck.check(service.policy(), names, at);
        if (service.policy().grpc() != null) {
            speakHttp2(service.deployments(), at);
        }
    }

    private void hosts(Service service, PathProblems at) {
        for (int i = 0; i < service.hosts().size(); i++) {
            String host = service.hosts().get(i);
            HostSyntax.check(host, "hosts[" + i + "]", at);
            ServiceId owner = hosts.putIfAbsent(host.toLowerCase(Locale.ROOT), service.id());
            if (owner != null) {
                at.add(
                        "hosts[" + i + "]",
                        "'" + host + "' is a host of " + owner + " already",
                        "a host of one service");
            }
        }
    }

    private static void speakHttp2(List<Deployment> deployments, PathProblems at) {
        for (int i = 0; i < deployments.size(); i++) {
            if (deployments.get(i).ports().stream().allMatch(ServiceCheck::isHttp1)) {
                at.add(
                        "deployments[" + i + "].protocol",
                        "HTTP/1.1 beside policy.grpc",
                        "h2c, h2 or auto: gRPC is carried by HTTP/2");
            }
        }
    }

    private static boolean isHttp1(Port port) {
        return port.protocol() == Protocol.HTTP1 || port.protocol() == Protocol.HTTPS;
    }

    private void deployments(List<Deployment> deployments, PathProblems at) {
        Set<String> lanes = new HashSet<>();
        for (int i = 0; i < deployments.size(); i++) {
            String lane = deployments.get(i).lane();
            if (!names.hasLane(lane)) {
                at.add("deployments[" + i + "].lane", "no lane '" + lane + "'", "the name of a lane");
            } else if (!lanes.add(names.slug(lane))) {
                at.add("deployments[" + i + "].lane", "'" + lane + "' is there twice", "one deployment a lane");
            }
            DeploymentCheck.check(deployments.get(i), at.below("deployments[" + i + "]"));
        }
    }
}
