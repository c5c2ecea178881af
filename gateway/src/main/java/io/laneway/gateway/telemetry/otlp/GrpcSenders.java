package io.laneway.gateway.telemetry.otlp;

import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;

/**
 * Has OpenTelemetry's exporters send by {@link UnaryCalls}: its own senders would bring OkHttp and Kotlin, or gRPC's Java
 * library, and the JDK's client cannot speak HTTP/2 in the clear without an upgrade. Found by {@link
 * java.util.ServiceLoader}. Stateless.
 */
public final class GrpcSenders implements GrpcSenderProvider {

    @Override
    public GrpcSender createSender(GrpcSenderConfig config) {
        return new UnaryCalls(config);
    }
}
