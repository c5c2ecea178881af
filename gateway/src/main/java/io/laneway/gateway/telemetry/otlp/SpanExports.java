package io.laneway.gateway.telemetry.otlp;

import io.laneway.gateway.runtime.config.OtlpConfig;
import io.laneway.gateway.runtime.config.TracingConfig;
import io.laneway.gateway.telemetry.tracing.Tracing;
import io.laneway.router.access.RegularFile;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Makes what sends the spans of a gateway. Stateless. */
public final class SpanExports {

    private static final String NAME = "laneway";
    private static final String SCOPE = "io.laneway.gateway";

    private SpanExports() {}

    /**
     * Begins to send.
     *
     * @param id      of the gateway
     * @param version of the program
     * @param nanos   the clock of the event loops
     * @throws UncheckedIOException if a certificate cannot be read
     */
    public static SpanExport start(
            Tracing tracing, TracingConfig config, String id, String version, Clock clock, LongSupplier nanos) {
        logToTheGatewaysLog();
        FinishedSpan.Source source = new FinishedSpan.Source(
                resource(config, id, version),
                InstrumentationScopeInfo.builder(SCOPE).setVersion(version).build());
        SpanExport export =
                new SpanExport(tracing, config.batch(), exporter(config.otlp()), source, new SpanTimes(clock, nanos));
        export.start();
        return export;
    }

    /** The exporters use java.util.logging, which writes to standard error by itself. */
    private static void logToTheGatewaysLog() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    private static Resource resource(TracingConfig config, String id, String version) {
        AttributesBuilder said = Attributes.builder()
                .put(Keys.SERVICE_NAME, NAME)
                .put(Keys.SERVICE_INSTANCE, id)
                .put(Keys.SERVICE_VERSION, version);
        config.resource().forEach((key, value) -> said.put(key, value));
        return Resource.getDefault().merge(Resource.create(said.build()));
    }

    private static SpanExporter exporter(OtlpConfig config) {
        return config.protocol() == OtlpConfig.Protocol.GRPC ? grpc(config) : http(config);
    }

    private static SpanExporter http(OtlpConfig config) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(config.endpoint().toString())
                .setTimeout(Duration.ofMillis(config.timeoutMillis()))
                .setCompression(config.gzip() ? "gzip" : "none")
                .setMeterProvider(MeterProvider.noop());
        config.exportHeaders().forEach(builder::addHeader);
        secure(config, builder::setTrustedCertificates, builder::setClientTls);
        return builder.build();
    }

    private static SpanExporter grpc(OtlpConfig config) {
        OtlpGrpcSpanExporterBuilder builder = OtlpGrpcSpanExporter.builder()
                .setEndpoint(config.endpoint().toString())
                .setTimeout(Duration.ofMillis(config.timeoutMillis()))
                .setCompression(config.gzip() ? "gzip" : "none")
                .setMeterProvider(MeterProvider.noop());
        config.exportHeaders().forEach(builder::addHeader);
        secure(config, builder::setTrustedCertificates, builder::setClientTls);
        return builder.build();
    }

    /** Hands on what TLS needs: the builders of the two protocols have these methods, and no type, in common. */
    private static void secure(OtlpConfig config, Consumer<byte[]> trusted, BiConsumer<byte[], byte[]> client) {
        Path certificate = config.certificate();
        if (certificate != null) {
            trusted.accept(read(certificate));
        }
        Path key = config.clientKey();
        Path own = config.clientCertificate();
        if (key != null && own != null) {
            client.accept(read(key), read(own));
        }
    }

    private static byte[] read(Path file) {
        try {
            return RegularFile.bytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("tracing: " + file + " cannot be read", e);
        }
    }
}
