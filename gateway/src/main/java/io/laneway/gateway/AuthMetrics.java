package io.laneway.gateway;

import io.laneway.gateway.runtime.record.DurationSums;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.traffic.authorize.AuthSums;
import io.laneway.gateway.traffic.authorize.Authorizers;
import io.laneway.gateway.traffic.authorize.ListenerAuth;

/** What authorizers said of requests, and how they do; by listener. */
record AuthMetrics(Authorizers authorizers) implements MetricSource {

    @Override
    public void write(Exposition out) {
        out.counter("laneway_authorizations_total", "Requests on listeners with auth, by what became of them.");
        authorizers.all().forEach(each -> outcomes(each, out));
        out.counter("laneway_authorizer_decisions_total", "Where decisions on requests came from.");
        authorizers.all().forEach(each -> origins(each, out));
        out.counter("laneway_authorizer_errors_total", "Questions to which an authorizer gave no decision.");
        authorizers.all().forEach(each -> out.sample(each.sums().errors(), "listener", each.listener()));
        out.gauge("laneway_authorizer_questions_active", "Questions under way.");
        authorizers.all().forEach(each -> out.sample(each.underWay(), "listener", each.listener()));
        out.gauge("laneway_authorizer_decisions_remembered", "Decisions that are kept.");
        authorizers.all().forEach(each -> out.sample(each.remembered(), "listener", each.listener()));
        out.histogram("laneway_authorizer_duration_seconds", "How long questions to an authorizer took.");
        authorizers.all().forEach(each -> durations(each, out));
    }

    private static void outcomes(ListenerAuth auth, Exposition out) {
        AuthSums sums = auth.sums();
        out.sample(sums.allowed(), "listener", auth.listener(), "outcome", "allowed");
        out.sample(sums.denied(), "listener", auth.listener(), "outcome", "denied");
        out.sample(sums.failedAllowed(), "listener", auth.listener(), "outcome", "error_allowed");
        out.sample(sums.failedDenied(), "listener", auth.listener(), "outcome", "error_denied");
    }

    private static void origins(ListenerAuth auth, Exposition out) {
        AuthSums sums = auth.sums();
        out.sample(sums.asked(), "listener", auth.listener(), "from", "asked");
        out.sample(sums.shared(), "listener", auth.listener(), "from", "shared");
        out.sample(sums.remembered(), "listener", auth.listener(), "from", "remembered");
        out.sample(sums.stale(), "listener", auth.listener(), "from", "stale");
    }

    private static void durations(ListenerAuth auth, Exposition out) {
        DurationSums took = auth.sums().durations();
        out.distribution(took.bounds(), took.counts(), took.seconds(), "listener", auth.listener());
    }
}
