package io.laneway.control.rest.operations;

import io.laneway.control.auth.Role;
import io.laneway.control.broker.BrokerLook;
import io.laneway.control.broker.BrokerLooks;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.router.source.MessageLanes.Group;
import io.laneway.router.text.Slug;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code GET /v1/messages}: groups of message lanes, how far behind they are, and how far their hand-over is. */
public final class MessagesResource {

    /** What to do where no broker is looked at. */
    private static final String NOWHERE =
            "no broker is looked at (expected: laneway control --kafka-messages SERVERS, or --kafka SERVERS)";

    private static final int LIMIT = 200;
    private static final int MAX_NAME = 500;

    /** A row, and the broker it is of. */
    private record Row(String broker, Group group) {
        String name() {
            return broker + " " + group.base() + " " + group.topic() + " " + group.lane();
        }
    }

    private final BrokerLooks looks;

    public MessagesResource(BrokerLooks looks) {
        this.looks = looks;
    }

    /** Adds its route. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/messages{?" + ListQuery.NAMES + ",lane,group,topic}", Role.VIEWER, this::list);
    }

    private Future<Reply> list(Call call) {
        ListQuery query = ListQuery.of(call, LIMIT);
        boolean anyLane = call.query("lane") == null;
        String asked = ListQuery.text(call, "lane", MAX_NAME);
        String lane = asked.isEmpty() ? "" : Slug.of(asked);
        String group = ListQuery.text(call, "group", MAX_NAME);
        String topic = ListQuery.text(call, "topic", MAX_NAME);
        return looks.all().compose(seen -> {
            List<Row> matching = new ArrayList<>();
            seen.forEach(look -> look.seen().groups().stream()
                    .filter(one -> query.finds(one.group(), one.topic())
                            && (anyLane || lane.equals(one.lane()))
                            && (group.isEmpty() || group.equals(one.group()) || group.equals(one.base()))
                            && (topic.isEmpty() || topic.equals(one.topic())))
                    .forEach(one -> matching.add(new Row(look.broker(), one))));
            ListPage<Row> page = ListPage.of(query, matching, Row::name);
            return Compact.list(call.context().request(), page.addTo(body(seen, page.items())));
        });
    }

    private static JsonObject body(List<BrokerLook> seen, List<Row> rows) {
        JsonArray brokers = new JsonArray();
        seen.forEach(look -> brokers.add(json(look)));
        JsonArray groups = new JsonArray();
        rows.forEach(row -> groups.add(json(row)));
        JsonObject body = new JsonObject().put("brokers", brokers).put("groups", groups);
        return seen.isEmpty() ? body.put("missing", NOWHERE) : body;
    }

    private static JsonObject json(BrokerLook look) {
        JsonObject json = new JsonObject()
                .put("name", look.broker())
                .put("at", Instant.ofEpochMilli(look.at()).toString());
        if (look.seen().unknown() > 0) {
            json.put("unknown", look.seen().unknown());
        }
        return look.problem().isEmpty() ? json : json.put("problem", look.problem());
    }

    private static JsonObject json(Row row) {
        Group group = row.group();
        JsonObject handover = new JsonObject();
        group.handover().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> handover.put(one.getKey().name().toLowerCase(Locale.ROOT), one.getValue()));
        JsonObject json = new JsonObject()
                .put("broker", row.broker())
                .put("base", group.base())
                .put("group", group.group())
                .put("topic", group.topic());
        if (!group.lane().isEmpty()) {
            json.put("lane", group.lane()).put("handover", handover);
        }
        return json.put("state", group.state())
                .put("members", group.members())
                .put("partitions", group.partitions())
                .put("without", group.without())
                .put("lag", group.lag());
    }
}
