package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Tracked;
import io.laneway.router.model.service.UpstreamTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The TLS of a cluster: files and names; certificates within the document, and from SDS, stay to be named. */
final class UpstreamTlsReader {

    private UpstreamTlsReader() {}

    static UpstreamTls read(Tracked socket) {
        socket.ignore("name");
        Tracked typed = socket.at("typed_config");
        Tracked tls = typed == null ? socket : typed;
        tls.ignore("@type");
        String sni = tls.text("sni");
        Tracked common = tls.at("common_tls_context");
        if (common == null) {
            // Envoy verifies nothing unless it is told what to trust.
            return new UpstreamTls(null, sni, null, null, false);
        }
        common.items("alpn_protocols").forEach(alpn -> {
            if (List.of("h2", "http/1.1").contains(String.valueOf(alpn.peek()))) {
                alpn.take();
            }
        });
        String ca = common.text("validation_context", "trusted_ca", "filename");
        List<Tracked> certificates = common.items("tls_certificates");
        Tracked own = certificates.isEmpty() ? null : certificates.get(0);
        String chain = file(own, "certificate_chain", "private_key");
        String key = file(own, "private_key", "certificate_chain");
        return new UpstreamTls(ca, sni, chain, key, ca != null);
    }

    private static @Nullable String file(@Nullable Tracked certificate, String key, String beside) {
        return certificate == null || !certificate.has(beside, "filename") ? null : certificate.text(key, "filename");
    }
}
