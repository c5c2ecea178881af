package io.laneway.gateway.protocol.tls;

import io.laneway.gateway.runtime.config.TlsConfig;
import io.laneway.router.tls.TlsMaterial;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * One certificate of a listener, loaded: the context that serves it and the names it is for. Immutable.
 *
 * @param names DNS names of the certificate, lower case; wildcards as {@code *.example.com}
 */
record ServerCertificate(SslContext context, List<String> names, Staple staple, CertificateEnd end) {

    private static final int SAN_DNS = 2;

    /**
     * Reads the files.
     *
     * @param ending  whom it is for, and what is offered
     */
    static ServerCertificate load(TlsConfig.Certificate files, TlsConfig config, Ending ending, SslProvider provider)
            throws TlsFailure {
        TlsMaterial read = KeyFiles.read(files.certificate(), files.privateKey());
        List<X509Certificate> chain = read.chain();
        boolean staples = config.ocspStapling() && Engines.staples(provider);
        Staple staple = staples ? Staple.read(files.certificate(), chain) : Staple.NONE;
        return new ServerCertificate(
                context(files, read, config, ending, staple.response() != null, provider),
                names(chain.get(0)),
                staple,
                new CertificateEnd(files.certificate().toString(), read.notAfter()));
    }

    private static SslContext context(
            TlsConfig.Certificate files,
            TlsMaterial read,
            TlsConfig config,
            Ending ending,
            boolean staple,
            SslProvider provider)
            throws TlsFailure {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(read.privateKey(), read.chain())
                    .sslProvider(provider)
                    .protocols(
                            config.minVersion() == TlsConfig.Version.V1_3
                                    ? List.of("TLSv1.3")
                                    : List.of("TLSv1.3", "TLSv1.2"))
                    .enableOcsp(staple)
                    .applicationProtocolConfig(ending.http() ? Engines.offered() : Engines.none());
            ClientChecks clients = ending.clients();
            if (clients != null) {
                clients.ask(builder, provider);
            } else if (config.clientCa() != null) {
                builder.trustManager(ClientTrust.of(config.clientCa(), provider))
                        .clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsFailure(
                    "certificate " + files.certificate() + " with key " + files.privateKey()
                            + " (expected: ones that this engine can serve)",
                    e);
        }
    }

    /** The names of RFC 6125: the subject alternative names, else the common name. */
    private static List<String> names(X509Certificate certificate) throws TlsFailure {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (name.get(0).equals(SAN_DNS)) {
                    names.add(name.get(1).toString().toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException e) {
            throw new TlsFailure("certificate of " + certificate.getSubjectX500Principal(), e);
        }
        if (names.isEmpty()) {
            names.addAll(DistinguishedName.commonNames(certificate.getSubjectX500Principal()));
        }
        return List.copyOf(names);
    }

    void release() {
        ReferenceCountUtil.release(context);
    }
}
