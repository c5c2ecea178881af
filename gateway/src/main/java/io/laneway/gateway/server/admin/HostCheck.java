package io.laneway.gateway.server.admin;

import io.laneway.gateway.runtime.config.AdminConfig;
import io.laneway.gateway.server.adminhttp.AdminCall;
import io.laneway.router.access.HostNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests for hosts that are neither {@code localhost}, an IP literal nor configured: the admin interface has
 * no credentials, and a web page can reach it by a name that it made resolve to 127.0.0.1. {@code /livez} and
 * {@code /readyz} answer to every name, since load balancers send names of their own and nothing can be learnt there.
 * Stateless.
 */
final class HostCheck {

    private static final Set<String> OPEN = Set.of("/livez", "/readyz");

    private static final Pattern NO_HOST = Pattern.compile("[@/?#\\\\\\s]");

    private final HostNames names;

    HostCheck(AdminConfig config) {
        List<String> all = new ArrayList<>(config.hosts());
        all.add(config.address().host());
        this.names = HostNames.of(all, HostNames.Literals.ANY);
    }

    /** Whether a call is let through; where not, it has its response. */
    boolean passes(AdminCall call) {
        HostNames.Verdict verdict = names.judge(call.target(), call.headers("host"));
        if (verdict == HostNames.Verdict.KNOWN || OPEN.contains(call.path())) {
            return true;
        }
        if (verdict == HostNames.Verdict.AMBIGUOUS) {
            call.problem(400, "Host: none or several (expected: one)");
        } else if (NO_HOST.matcher(call.headers("host").get(0)).find()) {
            call.problem(400, "Host: cannot be read (expected: a name or an address, with a port)");
        } else {
            call.problem(403, "Host: an unknown name (expected: localhost, an IP address, or one of admin.hosts)");
        }
        return false;
    }
}
