package io.laneway.gateway.server.admin;

import io.laneway.gateway.runtime.config.AdminConfig;
import io.laneway.router.access.HostNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Refuses requests for hosts that are neither {@code localhost}, an IP literal nor configured: the admin interface has
 * no credentials, and a web page can reach it by a name that it made resolve to 127.0.0.1. {@code /livez} and
 * {@code /readyz} answer to every name, since load balancers send names of their own and nothing can be learnt there.
 * Stateless.
 */
final class HostCheck {

    private static final Set<String> OPEN = Set.of("/livez", "/readyz");

    private final HostNames names;

    HostCheck(AdminConfig config) {
        List<String> all = new ArrayList<>(config.hosts());
        all.add(config.address().host());
        this.names = HostNames.of(all, HostNames.Literals.ANY);
    }

    void mount(Router router) {
        router.route().handler(this::check);
    }

    private void check(RoutingContext call) {
        HostNames.Verdict verdict = verdict(call.request());
        if (verdict == HostNames.Verdict.KNOWN || OPEN.contains(call.request().path())) {
            call.next();
        } else if (verdict == HostNames.Verdict.AMBIGUOUS) {
            AdminResponses.problem(call, 400, "Host: none or several (expected: one)");
        } else {
            AdminResponses.problem(
                    call, 403, "Host: an unknown name (expected: localhost, an IP address, or one of admin.hosts)");
        }
    }

    private HostNames.Verdict verdict(HttpServerRequest request) {
        List<String> hosts = new ArrayList<>(request.headers().getAll("host"));
        HostAndPort authority = request.version() == HttpVersion.HTTP_2 ? request.authority() : null;
        if (authority != null) {
            String own = authority.toString();
            hosts.removeIf(own::equalsIgnoreCase);
            hosts.add(own);
        }
        return names.judge(request.uri(), hosts);
    }
}
