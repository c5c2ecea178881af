package io.laneway.router.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What checks certificates of others. Stateless. */
public final class Trust {

    private Trust() {}

    /**
     * Takes chains that lead to one of these certificates, as this Java checks them. Safe for many threads.
     *
     * @throws GeneralSecurityException if this Java cannot do that
     */
    public static X509ExtendedTrustManager in(Iterable<X509Certificate> authorities) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        int place = 0;
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry(String.valueOf(place++), authority);
        }
        return manager(store);
    }

    /**
     * Takes chains that lead to an authority which this Java trusts. Safe for many threads.
     *
     * @throws GeneralSecurityException if this Java cannot do that
     */
    public static X509ExtendedTrustManager ofSystem() throws GeneralSecurityException {
        return manager(null);
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this Java has nothing that checks X.509 certificates");
    }
}
