package io.laneway.gateway.runtime.config;

import io.laneway.router.decision.Reason;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What spans are made of requests, and where they go. Immutable.
 *
 * @param otlp        where they go
 * @param sampler     of which requests
 * @param propagators in which forms traces come in headers and are passed on; the first that is there counts
 * @param batch       how they are gathered
 * @param resource    attributes of this gateway, such as {@code service.name}
 */
public record TracingConfig(
        OtlpConfig otlp, Sampler sampler, List<Propagation> propagators, Batch batch, Map<String, String> resource) {

    /** A form of trace headers. */
    public enum Propagation {
        /** W3C Trace Context: {@code traceparent} and {@code tracestate}. */
        TRACECONTEXT,
        /** One header of B3. */
        B3,
        /** Several headers of B3. */
        B3MULTI
    }

    /**
     * Of which requests there are spans.
     *
     * @param ratio   from 0 to 1, of those whose client has not decided; by the trace's id
     * @param parent  whether what the client decided is obeyed
     * @param reasons of decisions for which there are always spans
     */
    public record Sampler(double ratio, boolean parent, Set<Reason> reasons) {

        /** Every request, as far as the client does not say otherwise. */
        public static final Sampler DEFAULT = new Sampler(1, true, Set.of());

        public Sampler {
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("ratio: " + ratio + " (expected: 0 to 1)");
            }
            EnumSet<Reason> copy = EnumSet.noneOf(Reason.class);
            copy.addAll(reasons);
            reasons = Collections.unmodifiableSet(copy);
        }
    }

    /**
     * How finished spans are gathered.
     *
     * @param delayMillis   so long they wait for others
     * @param queue         so many wait at most; more are dropped
     * @param size          so many are sent at once
     * @param timeoutMillis so long one sending may take
     */
    public record Batch(int delayMillis, int queue, int size, int timeoutMillis) {

        /** As OpenTelemetry's own, but twice as many at once, as each sending costs as much as hundreds of spans. */
        public static final Batch DEFAULT = new Batch(5000, 4096, 1024, 30_000);

        public Batch {
            if (delayMillis < 1 || queue < 1 || size < 1 || timeoutMillis < 1) {
                throw new IllegalArgumentException("batch: " + delayMillis + " ms, " + queue + ", " + size + ", "
                        + timeoutMillis + " ms (expected: each >= 1)");
            }
            size = Math.min(size, queue);
        }
    }

    public TracingConfig {
        Objects.requireNonNull(otlp, "otlp");
        Objects.requireNonNull(sampler, "sampler");
        propagators = List.copyOf(propagators);
        Objects.requireNonNull(batch, "batch");
        resource = Collections.unmodifiableMap(new LinkedHashMap<>(resource));
    }
}
