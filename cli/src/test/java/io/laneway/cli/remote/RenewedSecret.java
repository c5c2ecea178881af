package io.laneway.cli.remote;

import io.laneway.testkit.MountedSecret;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A mounted Secret with an authority ({@code ca.crt}), a server's certificate ({@code tls.crt}, {@code tls.key}) and those of
 * some clients ({@code NAME.crt}, {@code NAME.key}). Confined to one thread.
 */
public final class RenewedSecret {

    private final MountedSecret secret;
    private final String[] clients;

    /** @param directory that does not exist */
    public RenewedSecret(Path directory, String... clients) throws Exception {
        this.secret = new MountedSecret(directory);
        this.clients = clients;
        renew();
    }

    /** Exchanges all files for those of a new authority, which nothing of the old one is trusted by. */
    public void renew() throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle server = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
        Map<String, String> files = new TreeMap<>(Map.of(
                "ca.crt",
                authority.getCertificatePEM(),
                "tls.crt",
                server.getCertificatePathPEM(),
                "tls.key",
                server.getPrivateKeyPEM()));
        for (String client : clients) {
            X509Bundle own = new CertificateBuilder().subject("CN=" + client).buildIssuedBy(authority);
            files.put(client + ".crt", own.getCertificatePathPEM());
            files.put(client + ".key", own.getPrivateKeyPEM());
        }
        secret.put(files);
    }

    /** A file of it. */
    public Path file(String name) {
        return secret.file(name);
    }
}
