package io.laneway.gateway.runtime.names;

import io.netty.resolver.HostsFileEntriesProvider;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a hosts file says, as hosts(5); a name may have several addresses, of both families. Immutable. */
final class HostsFile {

    private final Map<String, List<InetAddress>> v4;
    private final Map<String, List<InetAddress>> v6;

    private HostsFile(HostsFileEntriesProvider entries) {
        this.v4 = entries.ipv4Entries();
        this.v6 = entries.ipv6Entries();
    }

    /** Reads a file; one that is missing has no names. */
    static HostsFile read(Path file) {
        return new HostsFile(HostsFileEntriesProvider.parser().parseSilently(file.toFile()));
    }

    /** The addresses of a name, none if it has none. */
    List<InetAddress> addresses(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        List<InetAddress> all = new ArrayList<>(v6.getOrDefault(name, List.of()));
        all.addAll(v4.getOrDefault(name, List.of()));
        return all;
    }
}
