package io.laneway.xds.filter;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.common.fault.v3.FaultDelay;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.laneway.router.policy.Fault;
import io.laneway.router.unit.Share;
import io.laneway.xds.words.Durations;
import io.laneway.xds.words.Fractions;
import java.time.Duration;

/** A fault that testers ask for, as an Envoy makes it. Stateless. */
final class FaultFilter {

    private FaultFilter() {}

    /** Whether an Envoy can make it: it draws a number for the delay and another one for the abort, a gateway one for both. */
    static boolean said(Fault fault) {
        Duration delay = fault.delay();
        boolean delays = delay != null && !delay.isZero();
        boolean aborts = fault.abort() != 0;
        return (delays || aborts) && !(delays && aborts && fault.share().slots() < Share.SLOTS);
    }

    static Any of(Fault fault) {
        HTTPFault.Builder made = HTTPFault.newBuilder();
        Duration delay = fault.delay();
        if (delay != null && !delay.isZero()) {
            made.setDelay(FaultDelay.newBuilder()
                    .setFixedDelay(Durations.of(delay))
                    .setPercentage(Fractions.percent(fault.share())));
        }
        if (fault.abort() != 0) {
            made.setAbort(FaultAbort.newBuilder()
                    .setHttpStatus(fault.abort())
                    .setPercentage(Fractions.percent(fault.share())));
        }
        return Any.pack(made.build());
    }
}
