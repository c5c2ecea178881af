package io.laneway.xds.route;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.HeaderRules;
import io.laneway.xds.lane.LaneInput;
import io.laneway.xds.lane.LaneInputs;
import io.laneway.xds.words.HeaderEdits;
import io.laneway.xds.words.OnMatches;
import java.util.List;

/** A service as one virtual host of an Envoy. Stateless. */
public final class EnvoyHosts {

    /** Headers of a gateway that external clients may not send: an Envoy removes no headers by the beginning of their name. */
    private static final List<String> INTERNAL = List.of(
            "x-laneway-assigned",
            "x-laneway-hops",
            "x-laneway-key",
            "x-laneway-lane",
            "x-laneway-decision",
            "x-laneway-replay");

    private EnvoyHosts() {}

    /** @param external whether external clients call: headers of a gateway that they send are removed */
    public static VirtualHost of(Target target, Carriers carriers, List<String> domains, boolean external) {
        Rule rule = Rule.of(target, !carriers.baggage().contains(Carriers.MARKER));
        List<LaneInput> inputs = LaneInputs.of(carriers, external, LaneInputs.patterns(carriers, domains));
        OnMatch lanes =
                PortMatches.of(target.choices(), choice -> new RuleActions(rule, external, false, choice).of(inputs));
        VirtualHost.Builder host = begun(target.service().id().toString(), domains, lanes, external);
        HeaderRules rules = target.service().policy().headers();
        HeaderEdits request = HeaderEdits.of(List.of(rules.request()));
        HeaderEdits response = HeaderEdits.of(List.of(rules.response()));
        RetryPolicy retries = new EnvoyActions(target.service(), null, null).retries();
        if (retries != null) {
            host.setRetryPolicy(retries);
        }
        return host.putAllTypedPerFilterConfig(target.filters().counting())
                .putAllTypedPerFilterConfig(target.filters().always(null))
                .addResponseHeadersToAdd(RuleActions.servedLane())
                .addAllRequestHeadersToRemove(request.removed())
                .addAllRequestHeadersToAdd(request.added())
                .addAllResponseHeadersToRemove(response.removed())
                .addAllResponseHeadersToAdd(response.added())
                .build();
    }

    /** A service that is not served, so that no wildcard of another one takes its requests. */
    public static VirtualHost unserved(ServiceId service, List<String> domains, boolean external) {
        Route reply = Replies.unserved(RouteMatch.newBuilder().setPrefix("/"), service.toString());
        return begun(service.toString(), domains, OnMatches.act(List.of(reply)), external)
                .build();
    }

    /** A virtual host that does with its requests what a matcher says. */
    static VirtualHost.Builder begun(String name, List<String> domains, OnMatch what, boolean external) {
        VirtualHost.Builder host = VirtualHost.newBuilder()
                .setName(name)
                .addAllDomains(domains)
                .setMatcher(
                        what.hasMatcher()
                                ? what.getMatcher()
                                : Matcher.newBuilder().setOnNoMatch(what).build());
        return external ? host.addAllRequestHeadersToRemove(INTERNAL) : host;
    }
}
