package io.laneway.gateway.runtime.names;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What resolv.conf(5) says: the name servers, and how names are completed. Immutable.
 *
 * @param servers in the order in which they are asked, at least one
 * @param search  domains that are appended to names
 * @param ndots   so many dots in a name have it asked as it is first
 * @param rotate  whether servers are asked by turns
 */
record ResolverConfig(List<InetAddress> servers, List<String> search, int ndots, boolean rotate) {

    private static final Logger log = LoggerFactory.getLogger(ResolverConfig.class);
    private static final int MOST_DOTS = 15;

    ResolverConfig {
        servers = servers.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : List.copyOf(servers);
        search = List.copyOf(search);
    }

    /** Reads a file; one that is missing says what an empty one does: a server on this machine, no domains. */
    static ResolverConfig read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file).log("the resolver's configuration cannot be read");
            return parse(List.of());
        }
    }

    static ResolverConfig parse(List<String> lines) {
        List<InetAddress> servers = new ArrayList<>();
        List<String> search = new ArrayList<>();
        int ndots = 1;
        boolean rotate = false;
        for (String line : lines) {
            String[] words = line.replaceAll("[#;].*", "").trim().split("\\s+");
            switch (words[0]) {
                case "nameserver" -> server(words, servers);
                case "search", "domain" -> {
                    search.clear();
                    search.addAll(domains(words));
                }
                case "options" -> {
                    ndots = Math.min(MOST_DOTS, option(words, "ndots", ndots));
                    rotate |= List.of(words).contains("rotate");
                }
                default -> {}
            }
        }
        return new ResolverConfig(servers, search, ndots, rotate);
    }

    private static void server(String[] words, List<InetAddress> servers) {
        String address = words.length > 1 ? words[1] : "";
        InetAddress server = NetUtil.createInetAddressFromIpAddressString(address);
        if (server != null) {
            servers.add(server);
            return;
        }
        log.atWarn().addKeyValue("nameserver", address).log("a name server is left out (expected: an IP address)");
    }

    private static List<String> domains(String[] words) {
        List<String> domains = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            String domain = words[i].endsWith(".") ? words[i].substring(0, words[i].length() - 1) : words[i];
            if (!domain.isEmpty()) {
                domains.add(domain);
            }
        }
        return domains;
    }

    private static int option(String[] words, String name, int otherwise) {
        for (String word : words) {
            if (word.matches(name + ":\\d{1,6}")) {
                return Integer.parseInt(word.substring(name.length() + 1));
            }
        }
        return otherwise;
    }
}
