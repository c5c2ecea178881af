package io.laneway.gateway.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of spans by OTLP, the protocol of OpenTelemetry. Immutable.
 *
 * @param endpoint          with its path, over HTTP; without, over gRPC
 * @param exportHeaders     sent with each batch, such as a key
 * @param timeoutMillis     for a batch with its retries
 * @param gzip              whether batches are compressed
 * @param certificate       of those who signed the receiver's certificate; null for the system's
 * @param clientCertificate shown to the receiver; null for none
 * @param clientKey         of that
 */
public record OtlpConfig(
        URI endpoint,
        Protocol protocol,
        Map<String, String> exportHeaders,
        int timeoutMillis,
        boolean gzip,
        @Nullable Path certificate,
        @Nullable Path clientCertificate,
        @Nullable Path clientKey) {

    /** What carries OTLP. */
    public enum Protocol {
        HTTP("http/protobuf", 4318),
        GRPC("grpc", 4317);

        private final String word;
        private final int port;

        Protocol(String word, int port) {
            this.word = word;
            this.port = port;
        }

        /** The word in configurations. */
        public String word() {
            return word;
        }

        /** Where a receiver on this machine listens. */
        int port() {
            return port;
        }
    }

    private static final String TRACES = "/v1/traces";

    public OtlpConfig {
        Objects.requireNonNull(endpoint, "otlp");
        Objects.requireNonNull(protocol, "protocol");
        exportHeaders = Map.copyOf(exportHeaders);
        boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!web || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "otlp: " + endpoint + " (expected: http://host:port or https://host:port)");
        }
        if (timeoutMillis < 1) {
            throw new IllegalArgumentException("timeout: " + timeoutMillis + " ms (expected: >= 1)");
        }
        if ((clientCertificate == null) != (clientKey == null)) {
            throw new IllegalArgumentException("client certificate and key: one alone (expected: both or none)");
        }
    }

    /** The place for spans of a receiver for all signals: over HTTP it has a path of its own. */
    static URI traces(URI base, Protocol protocol) {
        String text = base.toString();
        if (protocol == Protocol.GRPC || text.endsWith(TRACES)) {
            return base;
        }
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + TRACES);
    }
}
