package io.laneway.control.certificate;

import io.laneway.router.tls.RenewedTls;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether the files of TLS were renewed, logs what came of it, and counts it. Confined to one thread but for metrics. */
public final class CertificateWatch {

    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

    private final RenewedTls tls;

    public CertificateWatch(RenewedTls tls, PrometheusRegistry metrics) {
        this.tls = tls;
        GaugeWithCallback.builder()
                .name("laneway_control_tls_problems")
                .help("1 while certificate files are broken and older ones stay in force.")
                .callback(out -> out.call(tls.problem().isEmpty() ? 0 : 1))
                .register(metrics);
        GaugeWithCallback.builder()
                .name("laneway_control_tls_certificate_not_after_seconds")
                .help("When the certificate in force ends, in seconds since 1970; the earliest of a chain.")
                .labelNames("file")
                .callback(out -> out.call(
                        (double) tls.current().notAfter(),
                        String.valueOf(tls.files().certificate())))
                .register(metrics);
        CounterWithCallback.builder()
                .name("laneway_control_tls_reloads_total")
                .help("Changes of certificate files: renewed, or refused as they are broken.")
                .labelNames("result")
                .callback(out -> {
                    out.call((double) tls.renewals(), "renewed");
                    out.call((double) tls.refusals(), "refused");
                })
                .register(metrics);
    }

    /** Reads the files again if they changed; to be called every second. Blocks on the disk. */
    public void look() {
        switch (tls.look()) {
            case SAME -> {}
            case RENEWED ->
                log.atInfo()
                        .addKeyValue("file", tls.files().certificate())
                        .addKeyValue("notAfter", tls.current().notAfter())
                        .log("TLS certificate reloaded");
            case REFUSED ->
                log.atWarn()
                        .addKeyValue("problem", tls.problem())
                        .log("TLS certificate not reloaded, the old one stays");
        }
    }
}
