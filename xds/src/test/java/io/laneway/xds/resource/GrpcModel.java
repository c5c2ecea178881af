package io.laneway.xds.resource;

import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;

/** A gRPC client's way from {@code xds:///target} to an endpoint, written down slowly from gRFC A27 and A28. */
final class GrpcModel {

    private final View view;

    GrpcModel(View view) {
        this.view = view;
    }

    Ask.Outcome outcome(Ask ask) throws Exception {
        Resource target = view.get(ResourceType.LISTENER, ask.host());
        if (target == null) {
            return new Ask.Outcome("-", "no route");
        }
        HttpConnectionManager manager = target.body()
                .unpack(Listener.class)
                .getApiListener()
                .getApiListener()
                .unpack(HttpConnectionManager.class);
        RouteConfiguration routes = view.get(
                        ResourceType.ROUTES, manager.getRds().getRouteConfigName())
                .body()
                .unpack(RouteConfiguration.class);
        for (Route route : routes.getVirtualHosts(0).getRoutesList()) {
            if (EnvoyModel.matches(route.getMatch(), ask)) {
                String stamp = ask.headers().getOrDefault("trace-branch", "-");
                return route.hasRoute()
                        ? new Ask.Outcome(
                                new Upstreams(view).lane(route.getRoute().getCluster()), stamp)
                        : new Ask.Outcome("-", stamp);
            }
        }
        return new Ask.Outcome("-", "no route");
    }
}
