package io.laneway.router.route;

import io.laneway.router.carrier.HostPattern;
import io.laneway.router.model.Carriers;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * The host patterns of lanes whose host without the lane is here: <code>app-{lane}.example.com</code> beside
 * {@code app.example.com}. A request for a host that nothing but such a pattern matches is for that other host, whatever
 * the listener. Immutable. docs/concepts/decision.md#service.
 */
public final class LaneHosts {

    private record Bare(HostPattern pattern, Slice host) {}

    private final Bare[] patterns;
    private final ServiceHosts services;
    private final RouteMap routes;

    private LaneHosts(Bare[] patterns, ServiceHosts services, RouteMap routes) {
        this.patterns = patterns;
        this.services = services;
        this.routes = routes;
    }

    public static LaneHosts of(Carriers carriers, ServiceHosts services, RouteMap routes) {
        List<Bare> patterns = new ArrayList<>();
        for (String text : carriers.host()) {
            HostPattern pattern = HostPattern.parse(text, "lane");
            Slice bare = Slice.of(pattern.without());
            if (services.named(bare, false) || routes.hasHost(bare)) {
                patterns.add(new Bare(pattern, bare));
            }
        }
        return new LaneHosts(patterns.toArray(Bare[]::new), services, routes);
    }

    /**
     * Points {@code into} at the host without the lane, if only a pattern matches this one (without port).
     *
     * @return false, with {@code into} as it was or at the lane, if the host is to be taken as it is
     */
    public boolean bare(Slice host, Slice into) {
        for (Bare each : patterns) {
            if (each.pattern.match(host, into)) {
                if (services.named(host, true) || routes.hasHost(host)) {
                    return false;
                }
                into.set(each.host.array(), each.host.offset(), each.host.length());
                return true;
            }
        }
        return false;
    }
}
