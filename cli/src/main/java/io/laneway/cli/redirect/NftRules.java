package io.laneway.cli.redirect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Redirection in the words of {@code nft -f}: one table of the gateway's own for IPv4 and IPv6, which is put in place of the
 * one before at once. Stateless.
 */
final class NftRules {

    private static final String TABLE = "inet laneway_redirect";

    private NftRules() {}

    /** Makes a table that is the whole of the rules, whatever was there. */
    static String install(RedirectRules rules) {
        List<String> lines = new ArrayList<>();
        lines.add("table " + TABLE + " {");
        if (rules.outbound() != 0) {
            lines.add("  chain output {");
            lines.add("    type nat hook output priority -100; policy accept;");
            outbound(rules).forEach(rule -> lines.add("    " + rule));
            lines.add("  }");
        }
        if (rules.inbound() != 0) {
            lines.add("  chain prerouting {");
            lines.add("    type nat hook prerouting priority -100; policy accept;");
            inbound(rules).forEach(rule -> lines.add("    " + rule));
            lines.add("  }");
        }
        lines.add("}");
        return remove() + String.join("\n", lines) + "\n";
    }

    /** Takes the table away; it is made first, as none can be deleted that is not there. */
    static String remove() {
        return "add table " + TABLE + "\ndelete table " + TABLE + "\n";
    }

    private static List<String> outbound(RedirectRules rules) {
        List<String> lines = new ArrayList<>();
        lines.add("oifname \"lo\" return");
        if (!rules.users().isEmpty()) {
            lines.add("meta skuid " + set(rules.users()) + " return");
        }
        if (!rules.groups().isEmpty()) {
            lines.add("meta skgid " + set(rules.groups()) + " return");
        }
        ports(rules.outboundPorts(), lines);
        for (boolean six : new boolean[] {false, true}) {
            if (!rules.networks(six).isEmpty()) {
                lines.add((six ? "ip6" : "ip") + " daddr " + set(rules.networks(six)) + " return");
            }
        }
        lines.add("meta l4proto tcp redirect to :" + rules.outbound());
        return lines;
    }

    private static List<String> inbound(RedirectRules rules) {
        List<String> lines = new ArrayList<>();
        lines.add("iifname \"lo\" return");
        lines.add("fib daddr type != local return");
        ports(rules.inboundPorts(), lines);
        lines.add("meta l4proto tcp redirect to :" + rules.inbound());
        return lines;
    }

    private static void ports(List<PortRange> ports, List<String> lines) {
        if (!ports.isEmpty()) {
            lines.add("tcp dport "
                    + set(ports.stream().map(each -> each.text("-")).toList()) + " return");
        }
    }

    private static String set(List<?> elements) {
        return elements.stream().map(Object::toString).distinct().collect(Collectors.joining(", ", "{ ", " }"));
    }
}
