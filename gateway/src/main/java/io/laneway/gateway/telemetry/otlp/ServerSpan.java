package io.laneway.gateway.telemetry.otlp;

import io.laneway.gateway.telemetry.tracing.FinishedExchange;
import io.laneway.gateway.telemetry.tracing.TracedRequest;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The span of a request that came (semantic conventions for HTTP servers). Stateless. */
final class ServerSpan {

    private ServerSpan() {}

    static FinishedSpan of(FinishedExchange exchange, SpanContext own, FinishedSpan.Source source, SpanTimes times) {
        TracedRequest request = exchange.request();
        String call = request.grpc() ? CallStatus.method(request.target()) : null;
        AttributesBuilder to = Attributes.builder();
        RequestAttributes.method(request, to);
        url(request, to);
        client(request, to);
        if (request.route() != null) {
            to.put(Keys.ROUTE, request.route());
        }
        if (request.grpc()) {
            RequestAttributes.call(call, exchange.grpcStatus(), to);
        }
        RequestAttributes.decision(request, to);
        RequestAttributes.served(request.served(), to);
        int grpcStatus = request.grpc() ? exchange.grpcStatus() : -1;
        StatusData status = Outcome.ofServer(exchange.status(), grpcStatus, exchange.flag(), to);
        return new FinishedSpan(
                source,
                own,
                SpanContexts.parent(exchange.ids()),
                call == null ? name(request, request.route()) : call,
                SpanKind.SERVER,
                times.epoch(exchange.started()),
                times.epoch(exchange.ended()),
                to.build(),
                status,
                List.of());
    }

    private static String name(TracedRequest request, @Nullable String route) {
        String method = RequestAttributes.methodInName(request);
        return route == null ? method : method + " " + route;
    }

    private static void url(TracedRequest request, AttributesBuilder to) {
        String target = request.target();
        int query = target.indexOf('?');
        to.put(Keys.SCHEME, request.secure() ? "https" : "http");
        to.put(Keys.PATH, query < 0 ? target : target.substring(0, query));
        if (query >= 0 && query < target.length() - 1) {
            to.put(Keys.QUERY, QueryText.redacted(target.substring(query + 1)));
        }
        RequestAttributes.server(request.host(), to);
    }

    private static void client(TracedRequest request, AttributesBuilder to) {
        to.put(Keys.CLIENT_ADDRESS, request.client());
        RequestAttributes.peer(request.peer(), to);
        to.put(Keys.PROTOCOL_VERSION, version(request.protocol()));
        if (!request.userAgent().isEmpty()) {
            to.put(Keys.USER_AGENT, request.userAgent());
        }
    }

    private static String version(String protocol) {
        return protocol.substring(protocol.indexOf('/') + 1);
    }
}
