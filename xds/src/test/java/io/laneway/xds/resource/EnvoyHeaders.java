package io.laneway.xds.resource;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config.Rule;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an Envoy makes of headers, and of metadata by its filter {@code header_to_metadata}, as far as lanes go. */
final class EnvoyHeaders {

    private Config filter = Config.getDefaultInstance();

    EnvoyHeaders(View view) throws Exception {
        HttpConnectionManager manager = view.get(ResourceType.LISTENER, "laneway")
                .body()
                .unpack(Listener.class)
                .getFilterChains(0)
                .getFilters(0)
                .getTypedConfig()
                .unpack(HttpConnectionManager.class);
        for (HttpFilter each : manager.getHttpFiltersList()) {
            if (each.getTypedConfig().is(Config.class)) {
                filter = each.getTypedConfig().unpack(Config.class);
            }
        }
    }

    /** The lane that the request carries on: the header, else the member of baggage. */
    String stamp(VirtualHost host, Route route, Ask ask) {
        Map<String, String> headers = new HashMap<>(ask.headers());
        route.getRequestHeadersToRemoveList().forEach(headers::remove);
        host.getRequestHeadersToRemoveList().forEach(headers::remove);
        for (HeaderValueOption added : route.getRequestHeadersToAddList()) {
            headers.put(added.getHeader().getKey(), formatted(added.getHeader().getValue(), ask));
        }
        String header = headers.get("trace-branch");
        if (header != null && header.matches(".*[0-9A-Za-z].*")) {
            return header;
        }
        String baggage = headers.getOrDefault("baggage", "");
        for (String member : baggage.split(",")) {
            String[] pair = member.split(";")[0].split("=", 2);
            if (pair.length == 2 && pair[0].trim().equals("trace-branch")) {
                return pair[1].trim();
            }
        }
        return "-";
    }

    private String formatted(String value, Ask ask) {
        if (value.startsWith("%REQ(")) {
            return ask.headers().getOrDefault(value.substring(5, value.length() - 2), "-");
        }
        if (value.startsWith("%QUERY_PARAM(")) {
            return ask.query().getOrDefault(value.substring(13, value.length() - 2), "-");
        }
        if (value.startsWith("%DYNAMIC_METADATA(")) {
            String[] path = value.substring(18, value.length() - 2).split(":");
            for (Rule rule : filter.getRequestRulesList()) {
                if (rule.getOnHeaderPresent().getMetadataNamespace().equals(path[0])
                        && rule.getOnHeaderPresent().getKey().equals(path[1])) {
                    return metadata(rule, ask);
                }
            }
            throw new AssertionError("nothing fills " + value);
        }
        return value.replace("%%", "%");
    }

    private static String metadata(Rule rule, Ask ask) {
        String value = rule.getCookie().isEmpty() ? ask.header(rule.getHeader()) : cookie(rule.getCookie(), ask);
        if (value == null) {
            return "-";
        }
        RegexMatchAndSubstitute rewrite = rule.getOnHeaderPresent().getRegexValueRewrite();
        return rule.getOnHeaderPresent().hasRegexValueRewrite() ? EnvoyPaths.substituted(rewrite, value) : value;
    }

    private static @Nullable String cookie(String name, Ask ask) {
        String cookies = ask.headers().getOrDefault("cookie", "");
        for (String each : cookies.split(";")) {
            String[] pair = each.split("=", 2);
            if (pair.length == 2 && pair[0].trim().equals(name)) {
                return pair[1].trim().replaceAll("^\"|\"$", "");
            }
        }
        return null;
    }
}
