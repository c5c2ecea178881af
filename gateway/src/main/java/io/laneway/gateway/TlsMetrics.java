package io.laneway.gateway;

import io.laneway.gateway.protocol.tls.CertificateEnd;
import io.laneway.gateway.server.listener.DataPlane;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * When certificates end, and which files could not be read again, so that operators notice before the old ones end. Each
 * by listener, {@code upstream} for what is shown to endpoints.
 */
record TlsMetrics(Supplier<Map<String, String>> problems, Supplier<Map<String, List<CertificateEnd>>> ends)
        implements MetricSource {

    TlsMetrics(DataPlane plane) {
        this(plane.parts()::tlsProblems, plane.parts()::certificateEnds);
    }

    @Override
    public void write(Exposition out) {
        out.gauge("laneway_tls_problems", "Certificate files that are broken, while older ones stay in force.");
        problems.get().keySet().forEach(listener -> out.sample(1, "listener", listener));
        out.gauge(
                "laneway_tls_certificate_not_after_seconds",
                "When the certificates of a file that are in force end, in seconds since 1970; the earliest of a"
                        + " chain.");
        ends.get()
                .forEach((listener, all) ->
                        all.forEach(end -> out.sample(end.notAfter(), "listener", listener, "file", end.file())));
    }
}
