package io.laneway.control.overview;

import io.laneway.control.http.Call;
import io.laneway.control.http.ListQuery;
import io.laneway.router.model.LaneState;
import io.laneway.router.text.Slug;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which lanes an overview shows. Immutable.
 *
 * @param service only lanes with a deployment of it; empty for all
 * @param lanes   slugs of the only ones that are wanted; empty for all
 */
record OverviewQuery(ListQuery list, @Nullable LaneState state, String service, Set<String> lanes, RowOrder order) {

    static final String NAMES = ListQuery.NAMES + ",state,service,lane,sort";

    private static final int LIMIT = 200;
    private static final int MOST_LANES = 100;
    private static final int MAX_TEXT = 500;

    static OverviewQuery of(Call call) {
        ListQuery list = ListQuery.of(call, LIMIT);
        List<String> lanes = ListQuery.several(call, "lane", MOST_LANES);
        RowOrder order = ListQuery.word(call, "sort", RowOrder.values(), RowOrder::word);
        OverviewQuery query = new OverviewQuery(
                list,
                ListQuery.word(call, "state", LaneState.values(), LaneState::word),
                ListQuery.text(call, "service", MAX_TEXT),
                lanes.stream().map(Slug::of).collect(Collectors.toSet()),
                order == null ? RowOrder.NAME : order);
        query.order().check(list.after());
        return query;
    }

    /** Whether it is the first page, which has what is not about single lanes. */
    boolean first() {
        return list.after() == null;
    }

    boolean takes(LaneFacts facts) {
        return (lanes.isEmpty() || lanes.contains(facts.slug()))
                && (state == null || facts.lane().state() == state)
                && (service.isEmpty()
                        || facts.own().stream().anyMatch(own -> own.service().equals(service)))
                && list.finds(facts.lane().name(), facts.slug(), facts.lane().description());
    }
}
