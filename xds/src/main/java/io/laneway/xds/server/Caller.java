package io.laneway.xds.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who opened a stream, by what it showed. Immutable.
 *
 * @param bearer      the token of {@code Authorization}, null for none
 * @param certificate the subject of the verified certificate, null for none
 */
record Caller(@Nullable String bearer, @Nullable String certificate, String address) {

    static final Context.Key<Caller> KEY = Context.key("caller");

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "bearer ";

    /** Puts the caller where the service finds it. */
    static final class Reader implements ServerInterceptor {
        @Override
        public <Q, S> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
            Context context = Context.current().withValue(KEY, of(call, headers));
            return Contexts.interceptCall(context, call, headers, next);
        }
    }

    private static Caller of(ServerCall<?, ?> call, Metadata headers) {
        String value = headers.get(AUTHORIZATION);
        boolean bearer = value != null && value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        Object remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return new Caller(
                value != null && bearer ? value.substring(BEARER.length()).trim() : null,
                subject(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)),
                remote == null ? "" : remote.toString().replaceFirst("^/", ""));
    }

    private static @Nullable String subject(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain[0] instanceof X509Certificate first
                    ? first.getSubjectX500Principal().getName()
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }
}
