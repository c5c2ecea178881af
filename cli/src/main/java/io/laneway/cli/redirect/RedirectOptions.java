package io.laneway.cli.redirect;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is redirected. Confined to one thread. */
final class RedirectOptions {

    private static final int DNS = 53;
    private static final int ADMIN = 9901;
    private static final int PROBES = 9902;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--outbound-port",
            paramLabel = "PORT",
            defaultValue = "15001",
            description = "port of the listener for what applications open; 0 for none (default: ${DEFAULT-VALUE})")
    private int outbound;

    @Option(
            names = "--inbound-port",
            paramLabel = "PORT",
            defaultValue = "15006",
            description = "port of the listener for what others open; 0 for none (default: ${DEFAULT-VALUE})")
    private int inbound;

    @Option(
            names = "--uid",
            paramLabel = "UID",
            split = ",",
            defaultValue = "1337",
            description = "users whose connections are left alone: the gateway's (default: ${DEFAULT-VALUE})")
    private List<Long> users = new ArrayList<>();

    @Option(names = "--gid", paramLabel = "GID", split = ",", description = "groups whose connections are left alone")
    private List<Long> groups = new ArrayList<>();

    @Option(
            names = "--exclude-outbound-ports",
            paramLabel = "PORTS",
            split = ",",
            converter = PortRange.Converter.class,
            description = "ports, or ranges such as 8000-8080, to which connections are left alone, beside 53 (DNS)")
    private List<PortRange> outboundPorts = new ArrayList<>();

    @Option(
            names = "--exclude-inbound-ports",
            paramLabel = "PORTS",
            split = ",",
            converter = PortRange.Converter.class,
            description = "ports at which connections are left alone, beside 9901, 9902 and those of the two listeners")
    private List<PortRange> inboundPorts = new ArrayList<>();

    @Option(
            names = "--exclude-cidrs",
            paramLabel = "CIDRS",
            split = ",",
            converter = Network.Converter.class,
            description = "networks to which connections are left alone, beside loopback")
    private List<Network> networks = new ArrayList<>();

    RedirectRules rules() {
        List<PortRange> out = new ArrayList<>(List.of(PortRange.of(DNS)));
        out.addAll(outboundPorts);
        List<PortRange> in = new ArrayList<>(List.of(PortRange.of(ADMIN), PortRange.of(PROBES)));
        for (int port : new int[] {outbound, inbound}) {
            if (port != 0) {
                in.add(port(port));
            }
        }
        in.addAll(inboundPorts);
        try {
            return new RedirectRules(outbound, inbound, users, groups, out, in, networks);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private PortRange port(int port) {
        try {
            return PortRange.of(port);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "port " + port + " (expected: 0 to 65535)");
        }
    }
}
