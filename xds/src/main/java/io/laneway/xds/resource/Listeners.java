package io.laneway.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.laneway.xds.filter.ListenerFilters;
import org.jspecify.annotations.Nullable;

/** Listeners: one with an address for an Envoy, one without for each target of gRPC clients. Stateless. */
final class Listeners {

    private Listeners() {}

    /** What {@code xds:///target} resolves to. */
    static Listener api(String target, String routes) {
        return Listener.newBuilder()
                .setName(target)
                .setApiListener(ApiListener.newBuilder()
                        .setApiListener(Any.pack(manager("grpc", routes)
                                .addHttpFilters(ListenerFilters.router())
                                .build())))
                .build();
    }

    /**
     * A listener with an address. Paths are compared in their normal form, as in a gateway.
     *
     * @param external whether external clients connect, so that the address of the connection is the client's
     * @param carriers takes lanes out of cookies and hosts, null where nothing needs it
     */
    static Listener socket(String name, Address address, String routes, boolean external, @Nullable Config carriers) {
        HttpConnectionManager manager = manager(name, routes)
                .addAllHttpFilters(ListenerFilters.of(carriers))
                .setNormalizePath(BoolValue.of(true))
                .setUseRemoteAddress(BoolValue.of(external))
                .addUpgradeConfigs(UpgradeConfig.newBuilder()
                        .setUpgradeType("websocket")
                        .addAllFilters(ListenerFilters.ofUpgrades(carriers)))
                .build();
        return Listener.newBuilder()
                .setName(name)
                .setAddress(address)
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(Filter.newBuilder()
                                .setName("envoy.filters.network.http_connection_manager")
                                .setTypedConfig(Any.pack(manager))))
                .build();
    }

    private static HttpConnectionManager.Builder manager(String prefix, String routes) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix(prefix)
                .setRds(Rds.newBuilder().setRouteConfigName(routes).setConfigSource(Ads.source()));
    }
}
