package io.laneway.gateway.testkit;

import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import java.nio.charset.StandardCharsets;

/** What Prometheus reads of a source of metrics, in its text form. Stateless. */
public final class Scrape {

    private Scrape() {}

    /** The source's families as text. */
    public static String of(MetricSource source) {
        return of(source, Exposition.Format.PROMETHEUS);
    }

    /** The source's families as text of that form. */
    public static String of(MetricSource source, Exposition.Format format) {
        Exposition out = new Exposition();
        source.write(out);
        return new String(out.end(format), StandardCharsets.UTF_8);
    }
}
