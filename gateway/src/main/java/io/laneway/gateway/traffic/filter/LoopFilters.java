package io.laneway.gateway.traffic.filter;

import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.router.text.Slice;
import java.util.BitSet;

/** What one event loop has of the filters of one listener. Confined to that loop. */
public final class LoopFilters {

    private final LoopFilter[] filters;
    private final Slice target = new Slice();

    LoopFilters(LoopFilter[] filters) {
        this.filters = filters;
    }

    int count() {
        return filters.length;
    }

    LoopFilter get(int index) {
        return filters[index];
    }

    /** Finds out which see the request, whose path no route has rewritten yet. */
    void choose(ExchangeContext context, BitSet chosen) {
        chosen.clear();
        context.request().target(target);
        String service = context.facts().service();
        for (int i = 0; i < filters.length; i++) {
            chosen.set(i, filters[i].sees(context.facts().passedThrough ? "" : service, target));
        }
    }
}
