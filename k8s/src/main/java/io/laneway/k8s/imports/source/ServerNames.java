package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Location;
import java.util.List;

/** Names of nginx's servers as hosts of routes. Stateless. */
public final class ServerNames {

    private ServerNames() {}

    /**
     * The hosts that a name is for: two for {@code .example.com}, none for an expression or a wildcard at the end, which is
     * named in the report.
     *
     * @param what where the name stands, such as {@code server_name}
     */
    public static List<String> hosts(String name, String what, Location at, Report report) {
        if (name.startsWith(".")) {
            return List.of(name.substring(1), "*" + name);
        }
        if (name.startsWith("~") || name.endsWith("*")) {
            report.notTaken(at, what + " '" + name + "'", "a host, or *. and a host");
            return List.of();
        }
        return List.of(name);
    }
}
