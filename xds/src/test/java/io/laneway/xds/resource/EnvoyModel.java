package io.laneway.xds.resource;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestQueryParamMatchInput;
import io.envoyproxy.envoy.type.v3.FractionalPercent.DenominatorType;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Envoy's choice of a virtual host, an action of its matcher tree and a route, written down slowly from its documentation. */
final class EnvoyModel {

    private final Upstreams upstreams;
    private final RouteConfiguration routes;
    private final EnvoyHeaders headers;
    private final Map<Any, Message> opened = new HashMap<>();

    EnvoyModel(View view) throws Exception {
        upstreams = new Upstreams(view);
        headers = new EnvoyHeaders(view);
        routes = view.get(ResourceType.ROUTES, "laneway").body().unpack(RouteConfiguration.class);
    }

    Ask.Outcome outcome(Ask ask) throws Exception {
        VirtualHost host = host(ask);
        Route route = host == null ? null : route(host.getMatcher(), ask);
        if (host == null || route == null || route.getName().equals("no_route")) {
            return new Ask.Outcome("-", "no route");
        }
        String stamp = headers.stamp(host, route, ask);
        if (route.hasRedirect()) {
            return new Ask.Outcome("-", stamp, "redirect", EnvoyPaths.location(route.getRedirect(), ask));
        }
        if (!route.hasRoute()) {
            int status = route.getDirectResponse().getStatus();
            return new Ask.Outcome("-", stamp, "-", String.valueOf(status));
        }
        String cluster = route.getRoute().getCluster();
        String service = cluster.substring(0, cluster.indexOf('/'));
        return new Ask.Outcome(upstreams.lane(cluster), stamp, service, EnvoyPaths.target(route.getRoute(), ask));
    }

    /** The route that a request takes, null for none. */
    @Nullable
    Route route(Ask ask) throws Exception {
        VirtualHost host = host(ask);
        return host == null ? null : route(host.getMatcher(), ask);
    }

    /** An exact domain, else the longest that begins with a star, else the longest that ends with one, else all. */
    @Nullable
    VirtualHost host(Ask ask) {
        String asked = ask.host().replaceFirst(":[0-9]+$", "").toLowerCase(java.util.Locale.ROOT);
        VirtualHost found = null;
        int best = 0;
        for (VirtualHost host : routes.getVirtualHostsList()) {
            for (String domain : host.getDomainsList()) {
                int rank = rank(domain, asked);
                if (rank > best) {
                    found = host;
                    best = rank;
                }
            }
        }
        return found;
    }

    private static int rank(String domain, String asked) {
        if (domain.equals(asked)) {
            return Integer.MAX_VALUE;
        }
        if (domain.equals("*")) {
            return 1;
        }
        boolean longer = domain.length() <= asked.length();
        if (domain.startsWith("*") && longer && asked.endsWith(domain.substring(1))) {
            return 1_000_000 + domain.length();
        }
        boolean begins = domain.endsWith("*") && longer && asked.startsWith(domain.substring(0, domain.length() - 1));
        return begins ? 1000 + domain.length() : 0;
    }

    /** The route of the first action that has one. */
    private @Nullable Route route(Matcher matcher, Ask ask) throws Exception {
        OnMatch first = null;
        if (matcher.hasMatcherTree()) {
            String value = input(matcher.getMatcherTree().getInput(), ask);
            first = value == null
                    ? null
                    : matcher.getMatcherTree().getExactMatchMap().getMapMap().get(value);
        }
        for (FieldMatcher field : matcher.getMatcherList().getMatchersList()) {
            if (first == null && holds(field.getPredicate(), ask)) {
                first = field.getOnMatch();
            }
        }
        if (first == null && matcher.hasOnNoMatch()) {
            first = matcher.getOnNoMatch();
        }
        return first == null ? null : first.hasMatcher() ? route(first.getMatcher(), ask) : act(first, ask);
    }

    private boolean holds(Predicate predicate, Ask ask) throws Exception {
        if (predicate.hasAndMatcher()) {
            for (Predicate each : predicate.getAndMatcher().getPredicateList()) {
                if (!holds(each, ask)) {
                    return false;
                }
            }
            return true;
        }
        String value = input(predicate.getSinglePredicate().getInput(), ask);
        StringMatcher wanted = predicate.getSinglePredicate().getValueMatch();
        return value != null
                && (wanted.hasSafeRegex()
                        ? Pattern.matches(wanted.getSafeRegex().getRegex(), value)
                        : wanted.getExact().equals(value));
    }

    private @Nullable Route act(OnMatch action, Ask ask) throws Exception {
        Message message = open(action.getAction().getTypedConfig());
        if (message instanceof Route route) {
            return matches(route.getMatch(), ask) ? route : null;
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
            if (value == null || !holds(header, value)) {
                return false;
            }
        }
        for (QueryParameterMatcher query : match.getQueryParametersList()) {
            if (!ask.query().containsKey(query.getName())) {
                return false;
            }
        }
        if (match.hasRuntimeFraction()) {
            var fraction = match.getRuntimeFraction().getDefaultValue();
            return fraction.getDenominator() == DenominatorType.MILLION && ask.chance() < fraction.getNumerator();
        }
        return ask.path().startsWith(match.getPrefix());
    }

    private static boolean holds(HeaderMatcher header, String value) {
        if (header.hasPresentMatch()) {
            return true;
        }
        if (header.hasRangeMatch()) {
            boolean number = value.matches("[+-]?[0-9]{1,18}");
            return number
                    && Long.parseLong(value) >= header.getRangeMatch().getStart()
                    && Long.parseLong(value) < header.getRangeMatch().getEnd();
        }
        return switch (header.getStringMatch().getMatchPatternCase()) {
            case EXACT -> header.getStringMatch().getExact().equals(value);
            case PREFIX -> {
                String prefix = header.getStringMatch().getPrefix();
                yield value.regionMatches(header.getStringMatch().getIgnoreCase(), 0, prefix, 0, prefix.length());
            }
            case SAFE_REGEX ->
                Pattern.matches(header.getStringMatch().getSafeRegex().getRegex(), value);
            default -> throw new AssertionError("no match of headers that this model knows: " + header);
        };
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
