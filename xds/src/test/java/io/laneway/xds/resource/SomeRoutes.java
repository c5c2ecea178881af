package io.laneway.xds.resource;

import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteExpressions;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.HeaderRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Routes of all kinds among some services. */
final class SomeRoutes {

    static final List<String> PATHS = List.of("/", "/api", "/api/", "/api/order", "/api/order/x", "/apis", "/a.b");

    private static final List<String> EXPRESSIONS =
            List.of("/api.*", "/[a-z]+/order", "/a\\.b", "^/(api|apis)(/.*)?$", "/[^/]*", "/\\w+/\\S*", "(?i)/API/?");

    private static final List<String> HOSTS = List.of(
            "S0.example.com",
            "s1.example.com",
            "*.example.com",
            "*.s0.net",
            "deep.er.s0.net",
            "free.org",
            "*.com",
            "*",
            "s0",
            "s1.shop");

    private final Random random;

    SomeRoutes(Random random) {
        this.random = random;
    }

    /** Often none. */
    List<Route> some(List<Service> services) {
        List<Route> routes = new ArrayList<>();
        for (int i = random.nextInt(3) == 0 ? 0 : random.nextInt(8); i > 0; i--) {
            routes.add(route(services));
        }
        return routes;
    }

    private Route route(List<Service> services) {
        if (random.nextInt(6) == 0) {
            String expression = EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size()));
            RouteMatch expressed = new RouteMatch(
                    false,
                    null,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    false,
                    new RouteExpressions(
                            expression,
                            random.nextInt(4) == 0 ? Map.of("X-Kind", "k|K.*") : Map.of(),
                            random.nextInt(4) == 0 ? Map.of("kind", "q.?") : Map.of()));
            RouteAction plain = new RouteAction(List.of(), null, rewrite(false, true), HeaderRules.NONE, null);
            return random.nextInt(3) == 0
                    ? new Route(hosts(), "/", null, false, expressed, redirect(true))
                    : new Route(hosts(), "/", any(services), false, expressed, plain);
        }
        String path = PATHS.get(random.nextInt(PATHS.size()));
        boolean exact = random.nextInt(4) == 0;
        boolean strip = !exact && random.nextInt(4) == 0;
        int kind = random.nextInt(6);
        if (kind == 0) {
            return new Route(hosts(), path, null, false, match(exact), redirect(exact));
        }
        if (kind == 1) {
            return new Route(hosts(), path, null, strip, match(exact), split(services, strip, exact));
        }
        RouteAction action = new RouteAction(List.of(), null, rewrite(strip, exact), HeaderRules.NONE, null);
        return new Route(hosts(), path, any(services), strip, match(exact), action);
    }

    private List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        for (int i = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(2); i > 0; i--) {
            hosts.add(HOSTS.get(random.nextInt(HOSTS.size())));
        }
        return hosts;
    }

    private RouteMatch match(boolean exact) {
        return new RouteMatch(
                exact,
                random.nextInt(5) == 0 ? "POST" : null,
                random.nextInt(4) == 0 ? Map.of("X-Kind", "k") : Map.of(),
                random.nextInt(4) == 0 ? Map.of("kind", "q") : Map.of());
    }

    private RouteAction redirect(boolean exact) {
        Redirect to = new Redirect(
                random.nextBoolean() ? 301 : 307,
                random.nextInt(3) == 0 ? "https" : null,
                random.nextInt(3) == 0 ? "other.example.com" : null,
                random.nextInt(3) == 0 ? 8443 : null,
                random.nextInt(3) == 0 ? "/new" : null,
                null);
        boolean prefix = to.path() == null && !exact && random.nextBoolean();
        Redirect prefixed = new Redirect(to.status(), to.scheme(), to.host(), to.port(), null, prefix());
        return new RouteAction(List.of(), prefix ? prefixed : to, null, HeaderRules.NONE, null);
    }

    private RouteAction split(List<Service> services, boolean strip, boolean exact) {
        List<RoutePart> parts = new ArrayList<>();
        parts.add(new RoutePart(any(services), 1 + random.nextInt(5)));
        for (int i = random.nextInt(3); i > 0; i--) {
            parts.add(
                    random.nextInt(4) == 0
                            ? RoutePart.response(500, random.nextInt(3))
                            : new RoutePart(any(services), random.nextInt(4)));
        }
        return new RouteAction(parts, null, rewrite(strip, exact), HeaderRules.NONE, null);
    }

    private @Nullable Rewrite rewrite(boolean strip, boolean exact) {
        if (random.nextInt(3) > 0) {
            return null;
        }
        String host = random.nextBoolean() ? "inner.example.com" : null;
        boolean prefix = !exact && random.nextBoolean();
        return strip
                ? new Rewrite("inner.example.com", null, null)
                : prefix ? new Rewrite(host, null, prefix()) : new Rewrite(host, "/whole", null);
    }

    private String prefix() {
        return List.of("/", "/v2", "/v2/").get(random.nextInt(3));
    }

    private ServiceId any(List<Service> services) {
        return services.get(random.nextInt(services.size())).id();
    }
}
