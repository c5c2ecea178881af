package io.laneway.cli.chain;

import io.laneway.control.question.StoryChain;
import io.laneway.router.chain.Blame;
import io.laneway.router.chain.Chain;
import io.laneway.router.chain.Hop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Chains as a list of JSON: each with {@code request}, {@code hops}, and {@code failed} if something did. Stateless. */
final class ChainJson {

    private static final double NANOS = 1e6;

    private ChainJson() {}

    /** Chains by their names. */
    static JsonArray of(Map<String, Chain> chains) {
        JsonArray all = new JsonArray();
        chains.forEach((name, chain) -> all.add(chain(name, chain)));
        return all;
    }

    private static JsonObject chain(String name, Chain chain) {
        JsonArray hops = new JsonArray();
        chain.links().forEach(link -> hops.add(hop(link)));
        JsonObject json = new JsonObject().put("request", name).put("hops", hops);
        Blame blame = chain.failed();
        return blame == null ? json : json.put("failed", StoryChain.json(blame, blame.hop()));
    }

    private static JsonObject hop(Chain.Link link) {
        Hop hop = link.hop();
        return new JsonObject()
                .put("depth", link.depth())
                .put("gateway", hop.gateway())
                .put("service", hop.service())
                .put("lane", hop.lane())
                .put("method", hop.method())
                .put("path", hop.path())
                .put("status", hop.status())
                .put("grpcStatus", hop.grpcStatus())
                .put("flags", hop.flags())
                .put("start", hop.start().toString())
                .put("duration", hop.duration().toNanos() / NANOS)
                .put("failed", link.failed());
    }
}
