package io.laneway.cli.redirect;

import java.util.ArrayList;
import java.util.List;

/**
 * Redirection in the words of {@code iptables-restore --noflush}: chains of the gateway's own in table {@code nat}, to which
 * one rule each leads. A chain that is declared is emptied, so only the rules that lead there must not be added twice.
 * Immutable.
 *
 * @param six whether the text is for {@code ip6tables-restore}
 */
record IptablesRules(RedirectRules rules, boolean six) {

    /** A rule that leads to a chain of ours. */
    record Jump(String from, String to) {

        /** The rule as the commands of {@code iptables} take it. */
        List<String> words() {
            return List.of(from, "-p", "tcp", "-j", to);
        }

        private String line(String verb) {
            return verb + " " + String.join(" ", words());
        }
    }

    static final Jump OUTPUT = new Jump("OUTPUT", "LANEWAY_OUTPUT");
    static final Jump PREROUTING = new Jump("PREROUTING", "LANEWAY_PREROUTING");

    /** Makes the chains, whatever was in them. */
    String install(List<Jump> there) {
        List<String> lines = new ArrayList<>();
        lines.add("*nat");
        if (rules.outbound() != 0) {
            lines.add(":" + OUTPUT.to() + " - [0:0]");
        }
        if (rules.inbound() != 0) {
            lines.add(":" + PREROUTING.to() + " - [0:0]");
        }
        if (rules.outbound() != 0) {
            outbound(lines);
            lead(OUTPUT, there, lines);
        }
        if (rules.inbound() != 0) {
            inbound(lines);
            lead(PREROUTING, there, lines);
        }
        lines.add("COMMIT");
        return String.join("\n", lines) + "\n";
    }

    private static void lead(Jump jump, List<Jump> there, List<String> lines) {
        if (!there.contains(jump)) {
            lines.add(jump.line("-A"));
        }
    }

    /** Takes those rules and their chains away. */
    static String remove(List<Jump> there) {
        List<String> lines = new ArrayList<>();
        lines.add("*nat");
        for (Jump jump : there) {
            lines.add(jump.line("-D"));
            lines.add("-F " + jump.to());
            lines.add("-X " + jump.to());
        }
        lines.add("COMMIT");
        return String.join("\n", lines) + "\n";
    }

    private void outbound(List<String> lines) {
        String chain = "-A " + OUTPUT.to();
        lines.add(chain + " -o lo -j RETURN");
        rules.users().forEach(user -> lines.add(chain + " -m owner --uid-owner " + user + " -j RETURN"));
        rules.groups().forEach(group -> lines.add(chain + " -m owner --gid-owner " + group + " -j RETURN"));
        ports(chain, rules.outboundPorts(), lines);
        rules.networks(six).forEach(network -> lines.add(chain + " -d " + network + " -j RETURN"));
        lines.add(chain + " -p tcp -j REDIRECT --to-ports " + rules.outbound());
    }

    private void inbound(List<String> lines) {
        String chain = "-A " + PREROUTING.to();
        lines.add(chain + " -i lo -j RETURN");
        lines.add(chain + " -m addrtype ! --dst-type LOCAL -j RETURN");
        ports(chain, rules.inboundPorts(), lines);
        lines.add(chain + " -p tcp -j REDIRECT --to-ports " + rules.inbound());
    }

    private static void ports(String chain, List<PortRange> ports, List<String> lines) {
        ports.forEach(each -> lines.add(chain + " -p tcp --dport " + each.text(":") + " -j RETURN"));
    }
}
