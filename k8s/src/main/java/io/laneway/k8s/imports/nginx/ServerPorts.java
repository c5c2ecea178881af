package io.laneway.k8s.imports.nginx;

import io.laneway.router.document.tree.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * At which ports the servers of a file listen, and which one takes what no name is of. Where servers of one name are at
 * several ports, as one that redirects to TLS and the one with TLS, requests go by the port as well. Immutable once made.
 */
final class ServerPorts {

    private static final Pattern ADDRESS = Pattern.compile("(?:.*[:\\]])?:?([0-9]{1,5})");
    private static final int HTTP = 80;

    private final List<Directive> servers;
    private final Map<Location, Set<Integer>> ports = new HashMap<>();
    private final Map<Integer, Directive> standard = new TreeMap<>();

    ServerPorts(List<Directive> servers) {
        this.servers = servers;
        for (Directive server : servers) {
            Set<Integer> own = new TreeSet<>();
            for (Directive listen : Directive.named(server.block(), "listen")) {
                int port = port(listen.arg(0));
                own.add(port);
                if (listen.args().contains("default_server")) {
                    standard.put(port, server);
                }
            }
            ports.put(server.location(), own.isEmpty() ? Set.of(HTTP) : own);
        }
        servers.forEach(server -> of(server).forEach(port -> standard.putIfAbsent(port, server)));
    }

    private static int port(String address) {
        Matcher port = ADDRESS.matcher(address);
        return port.matches() && !address.startsWith("unix:") ? Integer.parseInt(port.group(1)) : HTTP;
    }

    private Set<Integer> of(Directive server) {
        return ports.getOrDefault(server.location(), Set.of());
    }

    /** Those at which its names are its own; empty for any, where no other server has one of them at another port. */
    List<Integer> ofNames(Directive server) {
        List<Integer> own = new ArrayList<>(of(server));
        boolean apart = false;
        boolean before = true;
        for (Directive other : servers) {
            if (other.equals(server)) {
                before = false;
            } else if (names(other).stream().anyMatch(names(server)::contains)) {
                apart |= !of(other).equals(of(server));
                if (before && !of(other).containsAll(own)) {
                    own.removeAll(of(other));
                }
            }
        }
        return apart ? own : List.of();
    }

    private static List<String> names(Directive server) {
        return Directive.named(server.block(), "server_name").stream()
                .flatMap(one -> one.args().stream())
                .toList();
    }

    /** Whether it takes requests of hosts without a server at one of its ports. */
    boolean isStandard(Directive server) {
        return standard.containsValue(server);
    }

    /** Those at which it does; empty if it does at all of the file. */
    List<Integer> ofStandard(Directive server) {
        List<Integer> own = standard.entrySet().stream()
                .filter(one -> one.getValue().equals(server))
                .map(Map.Entry::getKey)
                .toList();
        return own.size() == standard.size() ? List.of() : own;
    }
}
