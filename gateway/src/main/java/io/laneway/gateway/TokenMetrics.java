package io.laneway.gateway;

import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.traffic.token.ListenerTokens;
import io.laneway.gateway.traffic.token.TokenRefusal;
import io.laneway.gateway.traffic.token.Tokens;

/** What became of clients' tokens, and whether their issuers' keys can be had; by listener. */
record TokenMetrics(Tokens tokens) implements MetricSource {

    @Override
    public void write(Exposition out) {
        out.counter("laneway_tokens_total", "Requests on listeners with jwt, by what became of their tokens.");
        tokens.all().forEach(listener -> outcomes(listener, out));
        out.gauge("laneway_tokens_remembered", "Verified tokens that are kept until they expire.");
        tokens.all().forEach(each -> out.sample(each.remembered(), "listener", each.listener()));
        out.gauge("laneway_token_keys", "Keys of issuers that are in force; 0 until they could be read once.");
        tokens.all()
                .forEach(listener -> listener.keys()
                        .forEach(each ->
                                out.sample(each.keys(), "listener", listener.listener(), "issuer", each.issuer())));
        out.counter("laneway_token_key_reads_total", "How often keys of issuers were read.");
        tokens.all().forEach(listener -> listener.keys().forEach(each -> reads(listener.listener(), each, out)));
    }

    private static void outcomes(ListenerTokens listener, Exposition out) {
        out.sample(listener.found(), "listener", listener.listener(), "outcome", "remembered");
        out.sample(listener.verified(), "listener", listener.listener(), "outcome", "verified");
        for (TokenRefusal refusal : TokenRefusal.values()) {
            long count = listener.refused(refusal);
            if (count > 0) {
                out.sample(count, "listener", listener.listener(), "outcome", refusal.outcome());
            }
        }
    }

    private static void reads(String listener, ListenerTokens.KeyStatus keys, Exposition out) {
        out.sample(keys.fetched(), "listener", listener, "issuer", keys.issuer(), "outcome", "success");
        out.sample(keys.failed(), "listener", listener, "issuer", keys.issuer(), "outcome", "failure");
    }
}
