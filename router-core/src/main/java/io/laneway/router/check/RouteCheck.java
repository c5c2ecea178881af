package io.laneway.router.check;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.ServiceId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks routes: hosts, paths, what they match, what they change, and that their services exist. */
final class RouteCheck {

    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9._-]{1,253}):[0-9]{1,5}");

    private RouteCheck() {}

    static void check(List<Route> routes, NameLookup names, PathProblems findings) {
        for (int i = 0; i < routes.size(); i++) {
            check(routes.get(i), names, findings.below("routes[" + i + "]"));
        }
    }

    private static void check(Route route, NameLookup names, PathProblems at) {
        for (int h = 0; h < route.hosts().size(); h++) {
            HostSyntax.check(route.hosts().get(h), "hosts[" + h + "]", at);
        }
        if (!isPath(route.path())) {
            at.add(
                    "path",
                    "'" + route.path().replaceAll("\\p{Cntrl}", "?") + "'",
                    "a path without query, fragment or white space");
        }
        ServiceId service = route.service();
        if (service != null) {
            service(service, "service", names, at);
        }
        match(route, at.below("match"));
        action(route.action(), names, at);
    }

    /** Whether it is a path alone; those that are not are no other problem. */
    static boolean isPath(String text) {
        return text.chars().noneMatch(c -> c <= ' ' || c == '?' || c == '#' || c == 0x7F);
    }

    private static void service(ServiceId service, String path, NameLookup names, PathProblems at) {
        if (!names.hasService(service)) {
            at.add(path, "no service '" + service + "'", "name or name.namespace of a service");
        }
    }

    private static void match(Route route, PathProblems at) {
        String method = route.match().method();
        if (method != null && !HostSyntax.isToken(method)) {
            at.add("method", "'" + method + "'", "a method, such as GET");
        }
        Set<String> seen = new HashSet<>();
        route.match().regex().headers().keySet().forEach(name -> {
            if (!HostSyntax.isToken(name)) {
                at.add("regex.headers", "'" + name + "'", "a header name (RFC 9110 section 5.1)");
            }
        });
        route.match().headers().keySet().forEach(name -> {
            if (!HostSyntax.isToken(name) || !seen.add(name.toLowerCase(Locale.ROOT))) {
                at.add("headers", "'" + name + "'", "a header name (RFC 9110 section 5.1), once");
            }
        });
    }

    private static void action(RouteAction action, NameLookup names, PathProblems at) {
        for (int i = 0; i < action.split().size(); i++) {
            part(action.split().get(i), "services[" + i + "]", names, at);
        }
        for (int i = 0; i < action.mirrors().size(); i++) {
            String path = i == 0 ? "mirror" : "mirrors[" + (i - 1) + "]";
            service(action.mirrors().get(i).service(), path + ".service", names, at);
        }
        if (action.redirect() != null) {
            host(action.redirect().host(), "redirect.host", at);
        }
        if (action.rewrite() != null) {
            host(action.rewrite().host(), "rewrite.host", at);
        }
        HeaderCheck.edit(action.headers().request(), "headers.request", at);
        HeaderCheck.edit(action.headers().response(), "headers.response", at);
    }

    private static void part(RoutePart part, String path, NameLookup names, PathProblems at) {
        if (part.service() != null) {
            service(part.service(), path + ".service", names, at);
        }
        String address = part.address();
        if (address != null && !ADDRESS.matcher(address).matches()) {
            at.add(path + ".address", "'" + address.replaceAll("\\p{Cntrl}", "?") + "'", "host:port");
        }
        if (part.rewrite() != null) {
            host(part.rewrite().host(), path + ".rewrite.host", at);
        }
        HeaderCheck.edit(part.headers().request(), path + ".headers.request", at);
        HeaderCheck.edit(part.headers().response(), path + ".headers.response", at);
    }

    private static void host(@Nullable String host, String path, PathProblems at) {
        if (host == null) {
            return;
        }
        HostSyntax.check(host, path, at);
        if (host.startsWith("*")) {
            at.add(path, "'" + host + "'", "a host, no pattern");
        }
    }
}
