package io.laneway.xds.words;

import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.FractionalPercent.DenominatorType;
import io.laneway.router.unit.Share;

/** Parts of requests as an Envoy draws them. Stateless. */
public final class Fractions {

    /** Millionths that are all. */
    public static final int ALL = 1_000_000;

    private static final int SLOT = ALL / Share.SLOTS;

    private Fractions() {}

    /** Of all requests. */
    public static RuntimeFractionalPercent always() {
        return of(ALL);
    }

    /** Of some millionths of the requests. */
    public static RuntimeFractionalPercent of(int millionths) {
        return RuntimeFractionalPercent.newBuilder()
                .setDefaultValue(percent(millionths))
                .build();
    }

    /** Of a share of the requests. */
    public static RuntimeFractionalPercent of(Share share) {
        return of(share.slots() * SLOT);
    }

    /** Of a share of the requests, where no runtime may change it. */
    public static FractionalPercent percent(Share share) {
        return percent(share.slots() * SLOT);
    }

    private static FractionalPercent percent(int millionths) {
        return FractionalPercent.newBuilder()
                .setNumerator(millionths)
                .setDenominator(DenominatorType.MILLION)
                .build();
    }
}
