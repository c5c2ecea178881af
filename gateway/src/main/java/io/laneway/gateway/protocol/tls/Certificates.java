package io.laneway.gateway.protocol.tls;

import io.laneway.gateway.runtime.config.TlsConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The certificates of a listener, by the server name that a client asks for (RFC 6066 section 3). Immutable. */
final class Certificates {

    private final List<ServerCertificate> all;
    private final Map<String, ServerCertificate> byName = new HashMap<>();
    private final IdentityHashMap<SslContext, ServerCertificate> byContext = new IdentityHashMap<>();

    private final List<String> leftOut;
    private final Ending ending;

    private Certificates(List<ServerCertificate> all, List<String> leftOut, Ending ending) {
        this.ending = ending;
        this.all = all;
        this.leftOut = leftOut;
        for (ServerCertificate certificate : all) {
            certificate.names().forEach(name -> byName.putIfAbsent(name, certificate));
            byContext.put(certificate.context(), certificate);
        }
    }

    /**
     * Loads all that are named, or none if one is broken, and those of the directory that are not broken.
     *
     * @param listed  those in the directory
     * @param ending  whom they are for, and what is offered
     */
    static Certificates load(TlsConfig config, List<TlsConfig.Certificate> listed, Ending ending, SslProvider provider)
            throws TlsFailure {
        List<ServerCertificate> all = new ArrayList<>();
        try {
            for (TlsConfig.Certificate files : config.certificates()) {
                all.add(ServerCertificate.load(files, config, ending, provider));
            }
        } catch (TlsFailure e) {
            all.forEach(ServerCertificate::release);
            throw e;
        }
        List<String> leftOut = new ArrayList<>();
        for (TlsConfig.Certificate files : listed) {
            try {
                all.add(ServerCertificate.load(files, config, ending, provider));
            } catch (TlsFailure e) {
                leftOut.add(String.valueOf(e.getMessage()));
            }
        }
        return new Certificates(List.copyOf(all), List.copyOf(leftOut), ending);
    }

    /**
     * The context for a server name: an exact name, else a wildcard, else the first certificate. A dot at the end, which a
     * name is not to have here but some clients take over from the URL, counts for nothing. Null where there is none at all.
     */
    @Nullable
    SslContext context(@Nullable String serverName) {
        if (all.isEmpty()) {
            return null;
        }
        if (serverName == null) {
            return all.get(0).context();
        }
        String name = ServerNames.withoutDot(serverName.toLowerCase(Locale.ROOT));
        ServerCertificate exact = byName.get(name);
        if (exact == null) {
            int dot = name.indexOf('.');
            exact = dot < 0 ? null : byName.get("*" + name.substring(dot));
        }
        return (exact == null ? all.get(0) : exact).context();
    }

    /** Whether the certificate that a client showed, if any, was verified. */
    boolean vouches(SSLEngine engine) {
        ClientChecks clients = ending.clients();
        return clients == null || clients.vouches(engine);
    }

    /** The OCSP response to staple to a context's certificate, or null. */
    byte @Nullable [] ocsp(SslContext context) {
        ServerCertificate certificate = byContext.get(context);
        ByteBuffer ocsp = certificate == null ? null : certificate.staple().response();
        if (ocsp == null) {
            return null;
        }
        byte[] bytes = new byte[ocsp.remaining()];
        ocsp.duplicate().get(bytes);
        return bytes;
    }

    /** When each of them ends. */
    List<CertificateEnd> ends() {
        return all.stream().map(ServerCertificate::end).toList();
    }

    /** What is amiss though all of them serve; empty if nothing. */
    String problem() {
        return Stream.concat(
                        leftOut.stream(),
                        all.stream().map(certificate -> certificate.staple().problem()))
                .filter(problem -> !problem.isEmpty())
                .collect(Collectors.joining("; "));
    }

    void release() {
        all.forEach(ServerCertificate::release);
    }
}
