package io.laneway.control.question;

import io.laneway.router.chain.Blame;
import io.laneway.router.chain.Chain;
import io.laneway.router.chain.Hop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who failed first of the hops that gateways keep of a request. Stateless. */
public final class StoryChain {

    private StoryChain() {}

    /** The chain of the document of {@code GET /v1/requests/{id}}. */
    public static Chain of(JsonObject document) {
        return Chain.of(hops(document.getJsonArray("hops", new JsonArray())));
    }

    /** Who failed first, with the place of that hop among these; null if nothing failed. */
    @SuppressWarnings("ReferenceEquality") // two hops may say the same
    static @Nullable JsonObject failed(JsonArray records) {
        List<Hop> hops = hops(records);
        Chain chain = Chain.of(hops);
        Blame blame = chain.failed();
        if (blame == null) {
            return null;
        }
        Hop first = chain.links().get(blame.hop()).hop();
        int place = 0;
        while (hops.get(place) != first) {
            place++;
        }
        return json(blame, place);
    }

    /** As the API says it, of the hop at that place. */
    public static JsonObject json(Blame blame, int hop) {
        return new JsonObject()
                .put("hop", hop)
                .put("who", blame.kind().name().toLowerCase(Locale.ROOT))
                .put("name", blame.name())
                .put("why", blame.why());
    }

    private static List<Hop> hops(JsonArray records) {
        List<Hop> hops = new ArrayList<>();
        for (Object record : records) {
            if (record instanceof JsonObject object) {
                hops.add(hop(object));
            }
        }
        return hops;
    }

    private static Hop hop(JsonObject record) {
        var kept = new io.laneway.control.question.Hop(text(record, "gateway"), record);
        return new Hop(
                kept.gateway(),
                text(record, "service"),
                text(record, "lane"),
                text(record, "method"),
                text(record, "path"),
                (int) number(record, "response_code"),
                text(record, "grpc_status"),
                text(record, "response_flags"),
                text(record, "upstream_host"),
                kept.started(),
                Duration.ofNanos((long) (Math.max(0, number(record, "duration")) * 1e6)),
                kept.passed(),
                text(record, "parent_id"),
                kept.spans());
    }

    private static String text(JsonObject record, String field) {
        Object value = record.getValue(field);
        return value == null ? "" : String.valueOf(value);
    }

    private static double number(JsonObject record, String field) {
        return record.getValue(field) instanceof Number number ? number.doubleValue() : 0;
    }
}
