package io.laneway.gateway.telemetry.otlp;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.telemetry.tracing.TracedRequest;
import io.opentelemetry.api.common.AttributesBuilder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What spans of both sides say of a request. Stateless. */
final class RequestAttributes {

    /** Of RFC 9110 and RFC 5789; others are not put into names. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private static final String OTHER = "_OTHER";
    private static final int MAX_METHOD = 64;
    private static final int MAX_PORT_DIGITS = 5;

    private RequestAttributes() {}

    /** The method in the name of a span. */
    static String methodInName(TracedRequest request) {
        return METHODS.contains(request.method()) ? request.method() : "HTTP";
    }

    static void method(TracedRequest request, AttributesBuilder to) {
        String method = request.method();
        if (METHODS.contains(method)) {
            to.put(Keys.METHOD, method);
        } else {
            to.put(Keys.METHOD, OTHER);
            to.put(Keys.METHOD_ORIGINAL, method.substring(0, Math.min(MAX_METHOD, method.length())));
        }
    }

    /** The service, and who decided for it. */
    static void decision(TracedRequest request, AttributesBuilder to) {
        service(request.service(), request.revision(), to);
        if (!request.requested().isEmpty()) {
            to.put(Keys.REQUESTED, request.requested());
        }
        if (request.reason() != null) {
            to.put(Keys.DECISION, request.reason().word());
        }
    }

    static void service(String service, long revision, AttributesBuilder to) {
        if (!service.equals(ExchangeRecord.NO_SERVICE)) {
            to.put(Keys.SERVICE, service);
        }
        if (revision > 0) {
            to.put(Keys.REVISION, revision);
        }
    }

    static void served(String lane, AttributesBuilder to) {
        if (!lane.isEmpty()) {
            to.put(Keys.SERVED, lane);
        }
    }

    static void peer(@Nullable SocketAddress peer, AttributesBuilder to) {
        if (peer instanceof InetSocketAddress inet && inet.getAddress() != null) {
            to.put(Keys.PEER_ADDRESS, inet.getAddress().getHostAddress());
            to.put(Keys.PEER_PORT, (long) inet.getPort());
        }
    }

    /** A host, which may have a port behind it. */
    static void server(String host, AttributesBuilder to) {
        int colon = host.lastIndexOf(':');
        boolean named = colon > host.lastIndexOf(']') && colon > 0;
        String name = named ? host.substring(0, colon) : host;
        if (name.isEmpty()) {
            return;
        }
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        to.put(Keys.SERVER_ADDRESS, bracketed ? name.substring(1, name.length() - 1) : name);
        int port = named ? port(host, colon + 1) : -1;
        if (port >= 0) {
            to.put(Keys.SERVER_PORT, (long) port);
        }
    }

    /** The number that a host ends with, -1 if it is none of a few digits. */
    private static int port(String host, int from) {
        if (from == host.length() || host.length() - from > MAX_PORT_DIGITS) {
            return -1;
        }
        int port = 0;
        for (int i = from; i < host.length(); i++) {
            char digit = host.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            port = port * 10 + digit - '0';
        }
        return port;
    }

    /** What makes it a call of gRPC, with the status that it ended with; negative for none. */
    static void call(@Nullable String method, int status, AttributesBuilder to) {
        to.put(Keys.RPC_SYSTEM, "grpc");
        to.put(Keys.RPC_METHOD, method == null ? OTHER : method);
        if (status >= 0) {
            to.put(Keys.RPC_STATUS, CallStatus.name(status));
        }
    }
}
