package io.laneway.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.RateLimit.Action;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.stateful_session.v3.StatefulSessionPerRoute;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an Envoy's HTTP filters make of a request before it is forwarded, written down slowly from their source: the most
 * particular configuration counts, a route's before its virtual host's. No time passes, so that buckets are not filled again.
 */
final class EnvoyFilters {

    private final EnvoyModel model;
    private final Map<String, Integer> buckets = new HashMap<>();

    EnvoyFilters(EnvoyModel model) {
        this.model = model;
    }

    /**
     * What becomes of a request: the status of a response of the Envoy's own, or {@code forwarded} and what was noted.
     *
     * @param body bytes that come, however many were said
     */
    String outcome(Ask ask, String source, long body) throws Exception {
        VirtualHost host = model.host(ask);
        Route route = model.route(ask);
        if (host == null || route == null) {
            return "404";
        }
        if (!route.hasRoute()) {
            return String.valueOf(route.getDirectResponse().getStatus());
        }
        CorsPolicy cors = config(host, route, CorsPolicy.class);
        String origin = ask.header("origin");
        boolean readable = cors != null && origin != null && allows(cors, origin);
        if (cors != null && origin != null && isPreflight(ask)) {
            return readable ? "200 for " + origin : "200";
        }
        LocalRateLimit rate = config(host, route, LocalRateLimit.class);
        if (rate != null && !counted(host, rate, ask, source)) {
            return "429";
        }
        StringBuilder outcome = new StringBuilder("forwarded");
        HTTPFault fault = config(host, route, HTTPFault.class);
        if (fault != null
                && fault.hasDelay()
                && ask.chance() < fault.getDelay().getPercentage().getNumerator()) {
            outcome.append(" delayed");
        }
        if (fault != null
                && fault.hasAbort()
                && ask.chance() < fault.getAbort().getPercentage().getNumerator()) {
            return "fault " + fault.getAbort().getHttpStatus();
        }
        StatefulSessionPerRoute session = config(host, route, StatefulSessionPerRoute.class);
        BufferPerRoute buffer = config(host, route, BufferPerRoute.class);
        if (buffer != null) {
            if (body
                    > Integer.toUnsignedLong(
                            buffer.getBuffer().getMaxRequestBytes().getValue())) {
                return "413";
            }
            outcome.append(" kept");
        }
        return outcome.append(session == null ? "" : " with a seat")
                .append(readable ? " readable" : "")
                .toString();
    }

    private static <T extends Message> @Nullable T config(VirtualHost host, Route route, Class<T> type)
            throws Exception {
        T found = null;
        for (Map<String, Any> each :
                java.util.List.of(host.getTypedPerFilterConfigMap(), route.getTypedPerFilterConfigMap())) {
            for (Any any : each.values()) {
                found = any.is(type) ? any.unpack(type) : found;
            }
        }
        return found;
    }

    private static boolean isPreflight(Ask ask) {
        return ask.method().equals("OPTIONS") && ask.header("access-control-request-method") != null;
    }

    private static boolean allows(CorsPolicy cors, String origin) {
        for (StringMatcher matcher : cors.getAllowOriginStringMatchList()) {
            boolean matches = matcher.hasSafeRegex()
                    ? Pattern.matches(matcher.getSafeRegex().getRegex(), origin)
                    : matcher.getExact().equals("*") || matcher.getExact().equals(origin);
            if (matches) {
                return true;
            }
        }
        return false;
    }

    /** Takes a token of the first bucket whose descriptor the request has, else of the one of all. */
    private boolean counted(VirtualHost host, LocalRateLimit rate, Ask ask, String source) {
        String key = "";
        for (var limit : rate.getRateLimitsList()) {
            Action action = limit.getActions(0);
            String value = action.hasRemoteAddress()
                    ? source
                    : ask.header(action.getRequestHeaders().getHeaderName());
            String name = action.hasRemoteAddress()
                    ? "remote_address"
                    : action.getRequestHeaders().getDescriptorKey();
            boolean described = rate.getDescriptorsList().stream()
                    .anyMatch(each -> each.getEntries(0).getKey().equals(name)
                            && each.getEntries(0).getValue().isEmpty());
            if (value != null && described) {
                key = name + "=" + value;
            }
        }
        return buckets.merge(host.getName() + " " + key, 1, Integer::sum)
                <= rate.getTokenBucket().getMaxTokens();
    }
}
