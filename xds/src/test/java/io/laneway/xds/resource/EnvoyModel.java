package io.laneway.xds.resource;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestQueryParamMatchInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Envoy's choice of a virtual host, an action of its matcher tree and a route, written down slowly from its documentation. */
final class EnvoyModel {

    private final Upstreams upstreams;
    private final RouteConfiguration routes;
    private final Map<Any, Message> opened = new HashMap<>();

    EnvoyModel(View view) throws Exception {
        upstreams = new Upstreams(view);
        routes = view.get(ResourceType.ROUTES, "laneway").body().unpack(RouteConfiguration.class);
    }

    Ask.Outcome outcome(Ask ask) throws Exception {
        VirtualHost host = host(ask);
        Route route = host == null ? null : route(host.getMatcher(), ask);
        if (route == null) {
            return new Ask.Outcome("-", "no route");
        }
        String stamp = ask.headers().getOrDefault("trace-branch", "-");
        for (HeaderValueOption added : route.getRequestHeadersToAddList()) {
            if (added.getHeader().getKey().equals("trace-branch")) {
                stamp = formatted(added.getHeader().getValue(), ask);
            }
        }
        return route.hasRoute()
                ? new Ask.Outcome(upstreams.lane(route.getRoute().getCluster()), stamp)
                : new Ask.Outcome("-", stamp);
    }

    private static String formatted(String value, Ask ask) {
        if (value.startsWith("%REQ(")) {
            return ask.headers().getOrDefault(value.substring(5, value.length() - 2), "-");
        }
        if (value.startsWith("%QUERY_PARAM(")) {
            return ask.query().getOrDefault(value.substring(13, value.length() - 2), "-");
        }
        return value.replace("%%", "%");
    }

    private @Nullable VirtualHost host(Ask ask) {
        VirtualHost found = null;
        int length = -1;
        for (VirtualHost host : routes.getVirtualHostsList()) {
            for (String domain : host.getDomainsList()) {
                if (domain.equals(ask.host())) {
                    return host;
                }
                boolean suffix = domain.startsWith("*") && ask.host().endsWith(domain.substring(1));
                if (suffix && domain.length() <= ask.host().length() && domain.length() > length) {
                    found = host;
                    length = domain.length();
                }
            }
        }
        return found;
    }

    /** The route of the first action that has one. */
    private @Nullable Route route(Matcher matcher, Ask ask) throws Exception {
        List<OnMatch> actions = new ArrayList<>();
        if (matcher.hasMatcherTree()) {
            String value = input(matcher.getMatcherTree().getInput(), ask);
            OnMatch found = value == null
                    ? null
                    : matcher.getMatcherTree().getExactMatchMap().getMapMap().get(value);
            if (found != null) {
                actions.add(found);
            }
        }
        for (FieldMatcher field : matcher.getMatcherList().getMatchersList()) {
            String value = input(field.getPredicate().getSinglePredicate().getInput(), ask);
            String regex = field.getPredicate()
                    .getSinglePredicate()
                    .getValueMatch()
                    .getSafeRegex()
                    .getRegex();
            if (value != null && Pattern.matches(regex, value)) {
                actions.add(field.getOnMatch());
            }
        }
        if (matcher.hasOnNoMatch()) {
            actions.add(matcher.getOnNoMatch());
        }
        OnMatch first = actions.isEmpty() ? null : actions.get(0);
        return first == null ? null : first.hasMatcher() ? route(first.getMatcher(), ask) : act(first, ask);
    }

    private @Nullable Route act(OnMatch action, Ask ask) throws Exception {
        Message message = open(action.getAction().getTypedConfig());
        if (message instanceof Route route) {
            return route;
        }
        for (Route route : ((RouteList) message).getRoutesList()) {
            if (matches(route.getMatch(), ask)) {
                return route;
            }
        }
        return null;
    }

    private @Nullable String input(TypedExtensionConfig config, Ask ask) throws Exception {
        Message input = open(config.getTypedConfig());
        if (input instanceof HttpRequestHeaderMatchInput header) {
            return ask.header(header.getHeaderName());
        }
        return ask.query().get(((HttpRequestQueryParamMatchInput) input).getQueryParam());
    }

    static boolean matches(RouteMatch match, Ask ask) {
        for (HeaderMatcher header : match.getHeadersList()) {
            String value = ask.header(header.getName());
            boolean matches = value != null
                    && (header.hasPresentMatch()
                            || Pattern.matches(
                                    header.getStringMatch().getSafeRegex().getRegex(), value));
            if (!matches) {
                return false;
            }
        }
        for (QueryParameterMatcher query : match.getQueryParametersList()) {
            if (!ask.query().containsKey(query.getName())) {
                return false;
            }
        }
        return true;
    }

    private Message open(Any any) throws Exception {
        Message message = opened.get(any);
        if (message == null) {
            message = Packed.unpack(any);
            opened.put(any, message);
        }
        return message;
    }
}
