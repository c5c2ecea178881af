package io.laneway.router.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random routes and requests: the index finds what a look at every route finds. */
class RouteMapPropertyTest {

    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "");
    private static final List<String> HOSTS = List.of("x.com", "y.x.com", "*.x.com", "*.com");
    private static final List<String> METHODS = List.of("GET", "POST");

    private Random random = new Random(0);

    @Test
    void findsWhatALookAtEveryRouteFinds() {
        int found = 0;
        for (long seed = 0; seed < 1_500; seed++) {
            random = new Random(seed);
            found += run(seed);
        }
        assertThat(found).as("requests that a route wanted").isGreaterThan(5_000);
    }

    private int run(long seed) {
        List<Route> routes = new ArrayList<>();
        Map<ServiceId, Integer> services = new HashMap<>();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            ServiceId service = ServiceId.of("s" + i);
            services.put(service, i);
            routes.add(route(service));
        }
        RouteMap map = RouteMap.of(routes, services);
        int found = 0;
        for (int i = 0; i < 15; i++) {
            String host =
                    List.of("x.com", "y.x.com", "z.y.x.com", "q.com", "org").get(random.nextInt(5));
            String target = path() + (random.nextBoolean() ? "?q=" + random.nextInt(2) : "");
            RequestDraft request = new RequestDraft(METHODS.get(random.nextInt(2)), host, target);
            if (random.nextBoolean()) {
                request.header("x-h", "" + random.nextInt(2));
            }
            CompiledRoute got = map.get(Slice.of(host), Slice.of(target), request);
            Route wanted = obvious(routes, host, target, request);
            assertThat(got == null ? null : got.route())
                    .as("seed %d: %s%s of %s", seed, host, target, routes)
                    .isEqualTo(wanted);
            found += wanted == null ? 0 : 1;
        }
        return found;
    }

    private Route route(ServiceId service) {
        List<String> hosts = random.nextInt(4) == 0 ? List.of() : List.of(HOSTS.get(random.nextInt(HOSTS.size())));
        boolean exact = random.nextInt(4) == 0;
        String method = random.nextInt(3) == 0 ? METHODS.get(random.nextInt(2)) : null;
        Map<String, String> headers = random.nextInt(3) == 0 ? Map.of("x-h", "" + random.nextInt(2)) : Map.of();
        Map<String, String> query = random.nextInt(3) == 0 ? Map.of("q", "" + random.nextInt(2)) : Map.of();
        return new Route(
                hosts, path(), service, false, new RouteMatch(exact, method, headers, query), RouteAction.FORWARD);
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            path.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
        }
        return path.toString();
    }

    /** The most specific host that has a route for the request; there exact, longest, most particular, first. */
    private static Route obvious(List<Route> routes, String host, String target, RequestDraft request) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        Route best = null;
        for (Route route : routes) {
            boolean fits = hostRank(route, host) >= 0
                    && pathRank(route, path) >= 0
                    && holds(route.match(), query < 0 ? "" : target.substring(query + 1), request);
            if (fits && (best == null || better(route, best, host, path))) {
                best = route;
            }
        }
        return best;
    }

    private static boolean better(Route one, Route other, String host, String path) {
        int[] left = ranks(one, host, path);
        int[] right = ranks(other, host, path);
        for (int i = 0; i < left.length; i++) {
            if (left[i] != right[i]) {
                return left[i] > right[i];
            }
        }
        return false;
    }

    private static int[] ranks(Route route, String host, String path) {
        RouteMatch match = route.match();
        return new int[] {
            hostRank(route, host),
            pathRank(route, path),
            match.method() == null ? 0 : 1,
            match.headers().size(),
            match.query().size()
        };
    }

    private static int hostRank(Route route, String host) {
        if (route.hosts().isEmpty()) {
            return 0;
        }
        String of = route.hosts().get(0);
        if (of.startsWith("*.")) {
            return host.endsWith(of.substring(1)) && host.length() > of.length() - 1 ? of.length() : -1;
        }
        return of.equals(host) ? 1_000 : -1;
    }

    private static int pathRank(Route route, String path) {
        if (route.match().exact()) {
            return route.path().equals(path) ? 1_000 : -1;
        }
        String prefix = route.path().replaceAll("/+$", "");
        return path.equals(prefix) || path.startsWith(prefix + "/") ? prefix.length() : -1;
    }

    private static boolean holds(RouteMatch match, String query, RequestDraft request) {
        Slice value = new Slice();
        request.method(value);
        if (match.method() != null && !match.method().contentEquals(value)) {
            return false;
        }
        for (Map.Entry<String, String> header : match.headers().entrySet()) {
            boolean there = request.header(HeaderName.of(header.getKey()), value);
            if (!there || !value.toString().equals(header.getValue())) {
                return false;
            }
        }
        return match.query().entrySet().stream().allMatch(each -> query.equals(each.getKey() + "=" + each.getValue()));
    }
}
