package io.laneway.gateway.traffic.filter;

import java.util.List;

/**
 * The filters of one listener, as its event loops share them. Immutable.
 *
 * @param list in the order in which requests pass them
 */
public record ListenerFilters(List<ListenerFilter> list) {

    public ListenerFilters {
        list = List.copyOf(list);
    }

    /** What an event loop has of them. */
    public LoopFilters newLoop() {
        return new LoopFilters(list.stream().map(LoopFilter::new).toArray(LoopFilter[]::new));
    }
}
