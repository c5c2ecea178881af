package io.laneway.xds.filter;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.http.stateful_session.v3.StatefulSession;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP filters of an Envoy's listener, in the order in which a request meets them. They are always there, and do nothing
 * where no virtual host and no route says otherwise: a listener that changed would drain its connections. Stateless.
 */
public final class ListenerFilters {

    private ListenerFilters() {}

    /**
     * All filters, the router last.
     *
     * @param carriers takes lanes out of cookies and hosts, null where nothing needs it
     */
    public static List<HttpFilter> of(@Nullable Config carriers) {
        List<HttpFilter> filters = ofUpgrades(carriers);
        filters.add(
                filters.size() - 1,
                HttpFilter.newBuilder()
                        .setName(FilterNames.BUFFER)
                        .setTypedConfig(Any.pack(Buffer.newBuilder()
                                .setMaxRequestBytes(UInt32Value.of(1))
                                .build()))
                        .setDisabled(true)
                        .build());
        return filters;
    }

    /** The filters of upgraded requests: what follows an upgrade is no body, so waiting for its end would hang. */
    public static List<HttpFilter> ofUpgrades(@Nullable Config carriers) {
        List<HttpFilter> filters = new ArrayList<>();
        if (carriers != null) {
            filters.add(filter(FilterNames.METADATA, carriers));
        }
        filters.add(filter(FilterNames.CORS, Cors.getDefaultInstance()));
        filters.add(filter(
                FilterNames.RATE,
                LocalRateLimit.newBuilder().setStatPrefix("rate").build()));
        filters.add(filter(FilterNames.FAULT, HTTPFault.getDefaultInstance()));
        filters.add(filter(FilterNames.SESSION, StatefulSession.getDefaultInstance()));
        filters.add(router());
        return filters;
    }

    /** The last filter, which forwards. */
    public static HttpFilter router() {
        return filter(FilterNames.ROUTER, Router.getDefaultInstance());
    }

    private static HttpFilter filter(String name, Message config) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
