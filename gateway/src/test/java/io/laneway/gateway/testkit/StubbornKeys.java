package io.laneway.gateway.testkit;

import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A client's certificate that is sent whatever authorities the server names, as curl does and Java's own does not. */
final class StubbornKeys extends X509ExtendedKeyManager {

    private static final String ALIAS = "client";

    private final X509Bundle bundle;

    StubbornKeys(X509Bundle bundle) {
        this.bundle = bundle;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return bundle.getCertificatePath();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return bundle.getKeyPair().getPrivate();
    }
}
