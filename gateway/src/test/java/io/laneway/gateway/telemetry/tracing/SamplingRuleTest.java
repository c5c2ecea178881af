package io.laneway.gateway.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.laneway.gateway.runtime.config.TracingConfig.Sampler;
import io.laneway.gateway.telemetry.tracing.TraceContext.Wish;
import io.laneway.router.decision.Reason;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of which requests there are spans. */
class SamplingRuleTest {

    private final TraceContext trace = new TraceContext();

    private boolean samples(double ratio, boolean parent, Wish wish) {
        trace.wish = wish;
        return new SamplingRule(new Sampler(ratio, parent, Set.of())).samples(trace);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.5, 1})
    void theRatioIsByTraceIdAsInOpenTelemetrysSdk(double ratio) {
        var theirs = io.opentelemetry.sdk.trace.samplers.Sampler.traceIdRatioBased(ratio);
        SplittableRandom random = new SplittableRandom(3);
        int sampled = 0;
        for (int i = 0; i < 20_000; i++) {
            trace.begin(random);
            String id = TraceId.fromLongs(trace.high, trace.low);
            boolean wanted = theirs.shouldSample(Context.root(), id, "", SpanKind.SERVER, Attributes.empty(), List.of())
                            .getDecision()
                    == SamplingDecision.RECORD_AND_SAMPLE;
            assertThat(samples(ratio, true, Wish.NONE)).isEqualTo(wanted);
            sampled += wanted ? 1 : 0;
        }
        assertThat(sampled / 20_000.0).isEqualTo(ratio, within(0.02));
    }

    @Test
    void theParentsFlagCountsIfItIsObeyed() {
        trace.begin(new SplittableRandom(1));
        assertThat(samples(0, true, Wish.YES)).isTrue();
        assertThat(samples(0, true, Wish.DEBUG)).isTrue();
        assertThat(samples(1, true, Wish.NO)).isFalse();
        assertThat(samples(0, false, Wish.YES)).isFalse();
        assertThat(samples(1, false, Wish.NO)).isTrue();
    }

    @Test
    void aReasonIsKept() {
        SamplingRule rule = new SamplingRule(new Sampler(0, true, Set.of(Reason.LOOP)));
        assertThat(rule.keeps(Reason.LOOP)).isTrue();
        assertThat(rule.keeps(Reason.LANE)).isFalse();
        assertThat(rule.keeps(null)).isFalse();
    }
}
