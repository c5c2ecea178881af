package io.laneway.gateway.server.listener;

import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.traffic.authorize.ListenerAuth;
import io.laneway.gateway.traffic.filter.ListenerFilters;
import io.laneway.gateway.traffic.link.ListenerLinks;
import io.laneway.gateway.traffic.page.ErrorPages;
import io.laneway.gateway.traffic.token.ListenerTokens;
import org.jspecify.annotations.Nullable;

/**
 * What all event loops have in common for one listener. Immutable; what it holds is safe for many threads.
 *
 * @param tokens null where it looks at none
 * @param auth   null where no one is asked
 * @param links  null where its lanes are not signed
 * @param pages  null where local replies are never pages
 * @param filters null where it has none of one's own
 * @param rates  null where none are counted with other gateways
 */
record ListenerShare(
        @Nullable ListenerTokens tokens,
        @Nullable ListenerAuth auth,
        @Nullable ListenerLinks links,
        @Nullable ErrorPages pages,
        @Nullable ListenerFilters filters,
        @Nullable FleetRates rates) {}
