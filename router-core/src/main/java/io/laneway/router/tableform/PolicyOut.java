package io.laneway.router.tableform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Mirror;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Writes policies. */
final class PolicyOut {

    private PolicyOut() {}

    static void policy(JsonGenerator json, Policy policy) throws IOException {
        json.writeStartObject();
        timeouts(json, policy.timeouts());
        retries(json, policy.retries());
        balancer(json, policy.balancer());
        HealthOut.ejection(json, policy.ejection());
        if (policy.health() != null) {
            HealthOut.health(json, policy.health());
        }
        if (policy.limits() != null) {
            limits(json, policy.limits());
        }
        if (policy.rate() != null) {
            rate(json, policy.rate());
        }
        if (policy.mirror() != null) {
            mirror(json, policy.mirror());
        }
        if (policy.fault() != null) {
            fault(json, policy.fault());
        }
        HeadersOut.headers(json, policy.headers());
        if (policy.cors() != null) {
            HeadersOut.cors(json, policy.cors());
        }
        json.writeEndObject();
    }

    private static void timeouts(JsonGenerator json, Timeouts timeouts) throws IOException {
        if (timeouts.equals(Timeouts.DEFAULT)) {
            return;
        }
        json.writeObjectFieldStart("timeouts");
        Json.duration(json, "connect", timeouts.connect(), Timeouts.DEFAULT.connect());
        Json.duration(json, "request", timeouts.request(), Timeouts.DEFAULT.request());
        Json.duration(json, "idle", timeouts.idle(), Timeouts.DEFAULT.idle());
        Json.duration(json, "maxStreamAge", timeouts.maxStreamAge(), Timeouts.DEFAULT.maxStreamAge());
        Json.duration(json, "total", timeouts.total(), Timeouts.DEFAULT.total());
        Json.number(json, "minRate", timeouts.minRate(), Timeouts.DEFAULT.minRate());
        json.writeEndObject();
    }

    private static void retries(JsonGenerator json, Retries retries) throws IOException {
        Retries otherwise = Retries.DEFAULT;
        if (retries.equals(otherwise)) {
            return;
        }
        json.writeObjectFieldStart("retries");
        Json.number(json, "max", retries.max(), otherwise.max());
        if (!retries.on().equals(otherwise.on())) {
            List<String> on = Arrays.stream(Retries.On.values())
                    .filter(retries.on()::contains)
                    .map(Retries.On::word)
                    .toList();
            Json.texts(json, "on", on);
        }
        Json.text(json, "methods", PolicyForm.word(retries.methods()), PolicyForm.word(otherwise.methods()));
        Json.percent(json, "budget", retries.budget(), otherwise.budget());
        Json.duration(json, "perTryTimeout", retries.perTryTimeout(), null);
        Json.bool(json, "crossLane", retries.crossLane(), otherwise.crossLane());
        json.writeEndObject();
    }

    private static void balancer(JsonGenerator json, Balancer balancer) throws IOException {
        if (balancer.kind() != Balancer.Kind.RING_HASH) {
            Json.text(json, "balancer", PolicyForm.word(balancer.kind()), "least-request");
            return;
        }
        json.writeObjectFieldStart("balancer");
        if (balancer.key() == Balancer.Key.SOURCE) {
            json.writeStringField(BalancerForm.RING_HASH, "source");
        } else {
            json.writeObjectFieldStart(BalancerForm.RING_HASH);
            json.writeStringField(PolicyForm.word(balancer.key()), balancer.name());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void limits(JsonGenerator json, Limits limits) throws IOException {
        json.writeObjectFieldStart("limits");
        Json.number(json, "maxConnections", limits.maxConnections(), 0);
        Json.number(json, "maxPending", limits.maxPending(), 0);
        Json.number(json, "maxRequests", limits.maxRequests(), 0);
        json.writeEndObject();
    }

    private static void rate(JsonGenerator json, Rate rate) throws IOException {
        json.writeObjectFieldStart("rate");
        json.writeNumberField("requests", rate.requests());
        Json.duration(json, "per", rate.per(), Duration.ofSeconds(1));
        Json.number(json, "burst", rate.burst(), rate.requests());
        String key = PolicyForm.word(rate.key());
        json.writeStringField("key", rate.key() == Rate.Key.HEADER ? key + ":" + rate.header() : key);
        json.writeEndObject();
    }

    private static void mirror(JsonGenerator json, Mirror mirror) throws IOException {
        json.writeObjectFieldStart("mirror");
        json.writeStringField("lane", mirror.lane());
        share(json, mirror.share());
        json.writeEndObject();
    }

    private static void fault(JsonGenerator json, Fault fault) throws IOException {
        json.writeObjectFieldStart("fault");
        json.writeStringField("lane", fault.lane());
        Json.duration(json, "delay", fault.delay(), null);
        Json.number(json, "abort", fault.abort(), 0);
        share(json, fault.share());
        json.writeEndObject();
    }

    static void share(JsonGenerator json, Share share) throws IOException {
        Json.text(json, "share", share.toString(), TestForm.ALL.toString());
    }
}
