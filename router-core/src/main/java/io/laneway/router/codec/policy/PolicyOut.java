package io.laneway.router.codec.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.EnumWord;
import io.laneway.router.document.fields.JsonFields;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Fault;
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
public final class PolicyOut {

    private PolicyOut() {}

    public static void policy(JsonGenerator json, Policy policy) throws IOException {
        json.writeStartObject();
        timeouts(json, policy.timeouts());
        retries(json, policy.retries());
        balancer(json, policy.balancer());
        HealthOut.ejection(json, policy.ejection());
        if (policy.health() != null) {
            HealthOut.health(json, policy.health());
        }
        if (policy.limits() != null) {
            json.writeFieldName("limits");
            TrafficForm.LIMITS.write(json, policy.limits());
        }
        if (policy.rate() != null) {
            rate(json, policy.rate());
        }
        if (policy.mirror() != null) {
            json.writeFieldName("mirror");
            TestForm.MIRROR.write(json, policy.mirror());
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
        if (!timeouts.equals(Timeouts.DEFAULT)) {
            json.writeFieldName("timeouts");
            TrafficForm.TIMEOUTS.write(json, timeouts);
        }
    }

    private static void retries(JsonGenerator json, Retries retries) throws IOException {
        Retries otherwise = Retries.DEFAULT;
        if (retries.equals(otherwise)) {
            return;
        }
        json.writeObjectFieldStart("retries");
        JsonFields.number(json, "max", retries.max(), otherwise.max());
        if (!retries.on().equals(otherwise.on())) {
            List<String> on = Arrays.stream(Retries.On.values())
                    .filter(retries.on()::contains)
                    .map(Retries.On::word)
                    .toList();
            JsonFields.texts(json, "on", on);
        }
        JsonFields.text(json, "methods", EnumWord.of(retries.methods()), EnumWord.of(otherwise.methods()));
        JsonFields.percent(json, "budget", retries.budget(), otherwise.budget());
        JsonFields.duration(json, "perTryTimeout", retries.perTryTimeout(), null);
        JsonFields.bool(json, "crossLane", retries.crossLane(), otherwise.crossLane());
        json.writeEndObject();
    }

    private static void balancer(JsonGenerator json, Balancer balancer) throws IOException {
        if (balancer.kind() != Balancer.Kind.RING_HASH) {
            JsonFields.text(json, "balancer", EnumWord.of(balancer.kind()), "least-request");
            return;
        }
        json.writeObjectFieldStart("balancer");
        if (balancer.key() == Balancer.Key.SOURCE) {
            json.writeStringField(BalancerForm.RING_HASH, "source");
        } else {
            json.writeObjectFieldStart(BalancerForm.RING_HASH);
            json.writeStringField(EnumWord.of(balancer.key()), balancer.name());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void rate(JsonGenerator json, Rate rate) throws IOException {
        json.writeObjectFieldStart("rate");
        json.writeNumberField("requests", rate.requests());
        JsonFields.duration(json, "per", rate.per(), Duration.ofSeconds(1));
        JsonFields.number(json, "burst", rate.burst(), rate.requests());
        String key = EnumWord.of(rate.key());
        json.writeStringField("key", rate.key() == Rate.Key.HEADER ? key + ":" + rate.header() : key);
        json.writeEndObject();
    }

    private static void fault(JsonGenerator json, Fault fault) throws IOException {
        json.writeObjectFieldStart("fault");
        json.writeStringField("lane", fault.lane());
        JsonFields.duration(json, "delay", fault.delay(), null);
        JsonFields.number(json, "abort", fault.abort(), 0);
        share(json, fault.share());
        json.writeEndObject();
    }

    public static void share(JsonGenerator json, Share share) throws IOException {
        JsonFields.text(json, "share", share.toString(), TestForm.ALL.toString());
    }
}
