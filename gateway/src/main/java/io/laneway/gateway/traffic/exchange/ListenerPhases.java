package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.traffic.authorize.LoopAuth;
import io.laneway.gateway.traffic.compress.ResponseCompression;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.filter.LoopFilters;
import io.laneway.gateway.traffic.forward.BalanceKeys;
import io.laneway.gateway.traffic.interest.LoopInterests;
import io.laneway.gateway.traffic.link.LoopLinks;
import io.laneway.gateway.traffic.request.AccessRules;
import io.laneway.gateway.traffic.request.Mirroring;
import io.laneway.gateway.traffic.request.Misdirection;
import io.laneway.gateway.traffic.request.RequestFilters;
import io.laneway.gateway.traffic.request.RequestHeaders;
import io.laneway.gateway.traffic.request.Routing;
import io.laneway.gateway.traffic.respond.BadgeReplies;
import io.laneway.gateway.traffic.respond.LocalReplies;
import io.laneway.gateway.traffic.token.LoopTokens;
import org.jspecify.annotations.Nullable;

/**
 * The parts of phases that the exchanges of one listener on one event loop share, as they keep nothing of any exchange.
 * Confined to that loop.
 *
 * @param tokens null where the listener looks at none
 * @param auth   null where no one is asked
 * @param links  null where its lanes are not signed
 * @param own    filters of one's own, null where there are none
 * @param rates  null where none are counted with other gateways
 * @param interests null where the whole table is followed
 */
record ListenerPhases(
        ListenerContext listener,
        Routing routing,
        Misdirection misdirection,
        RequestHeaders headers,
        RequestFilters filters,
        Mirroring mirroring,
        BalanceKeys keys,
        LocalReplies replies,
        BadgeReplies badge,
        Watchdog watchdog,
        AccessRules access,
        ResponseCompression compression,
        @Nullable LoopTokens tokens,
        @Nullable LoopAuth auth,
        @Nullable LoopLinks links,
        @Nullable LoopFilters own,
        @Nullable FleetRates rates,
        @Nullable LoopInterests interests) {

    /** Whether its exchanges have a gate on their way. */
    boolean gated() {
        return tokens != null || auth != null || links != null || own != null || rates != null || interests != null;
    }

    static ListenerPhases of(
            ListenerContext listener,
            @Nullable LoopTokens tokens,
            @Nullable LoopAuth auth,
            @Nullable LoopLinks links,
            @Nullable LoopFilters own,
            @Nullable FleetRates rates,
            @Nullable LoopInterests interests) {
        Routing routing = new Routing(listener);
        RequestHeaders headers = new RequestHeaders(listener);
        return new ListenerPhases(
                listener,
                routing,
                new Misdirection(listener),
                headers,
                new RequestFilters(routing, listener),
                new Mirroring(listener, headers),
                new BalanceKeys(),
                new LocalReplies(listener),
                new BadgeReplies(),
                new Watchdog(listener.upstreams().loop()),
                new AccessRules(),
                new ResponseCompression(listener.upstreams().loop()),
                tokens,
                auth,
                links,
                own,
                rates,
                interests);
    }
}
