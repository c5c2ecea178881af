package io.laneway.gateway.telemetry.otlp;

import io.laneway.gateway.telemetry.tracing.FinishedAttempt;
import io.laneway.gateway.telemetry.tracing.FinishedCopy;
import io.laneway.gateway.telemetry.tracing.FinishedExchange;
import io.laneway.gateway.telemetry.tracing.TracedRequest;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/** The span of a request that was sent: one of each attempt (semantic conventions for HTTP clients). Stateless. */
final class ClientSpan {

    private ClientSpan() {}

    /** Of an attempt for the request whose span is {@code parent}. */
    static FinishedSpan of(
            FinishedExchange exchange,
            FinishedAttempt attempt,
            SpanContext parent,
            FinishedSpan.Source source,
            SpanTimes times) {
        TracedRequest request = exchange.request();
        AttributesBuilder to = sent(request, request.forwarded(), attempt);
        boolean last = attempt.number() == exchange.attempts().size() - 1;
        int grpcStatus = request.grpc() && last && exchange.responded() ? exchange.grpcStatus() : -1;
        if (request.grpc()) {
            RequestAttributes.call(CallStatus.method(request.target()), grpcStatus, to);
        }
        RequestAttributes.decision(request, to);
        return span(
                request,
                attempt,
                grpcStatus,
                to,
                new Relations(SpanContexts.beside(parent, attempt.span()), parent, List.of()),
                source,
                times);
    }

    /** Of a copy in a mirror: a trace of its own, linked with the request's span. */
    static FinishedSpan of(FinishedCopy copy, FinishedSpan.Source source, SpanTimes times) {
        TracedRequest request = copy.request();
        AttributesBuilder to = sent(request, copy.target(), copy.attempt());
        if (request.grpc()) {
            RequestAttributes.call(CallStatus.method(request.target()), -1, to);
        }
        RequestAttributes.service(copy.service(), request.revision(), to);
        LinkData link =
                LinkData.create(SpanContexts.of(copy.original(), copy.original().span()));
        return span(
                request,
                copy.attempt(),
                -1,
                to,
                new Relations(SpanContexts.of(copy.ids(), copy.ids().span()), SpanContext.getInvalid(), List.of(link)),
                source,
                times);
    }

    /** Where a span is among others. */
    private record Relations(SpanContext own, SpanContext parent, List<LinkData> links) {}

    private static FinishedSpan span(
            TracedRequest request,
            FinishedAttempt attempt,
            int grpcStatus,
            AttributesBuilder to,
            Relations relations,
            FinishedSpan.Source source,
            SpanTimes times) {
        StatusData status = Outcome.ofClient(attempt.status(), grpcStatus, attempt.flag(), to);
        String call = request.grpc() ? CallStatus.method(request.target()) : null;
        return new FinishedSpan(
                source,
                relations.own(),
                relations.parent(),
                call == null ? RequestAttributes.methodInName(request) : call,
                SpanKind.CLIENT,
                times.epoch(attempt.started()),
                times.epoch(attempt.ended()),
                to.build(),
                status,
                relations.links());
    }

    private static AttributesBuilder sent(TracedRequest request, String target, FinishedAttempt attempt) {
        AttributesBuilder to = Attributes.builder();
        RequestAttributes.method(request, to);
        to.put(Keys.URL, url(target, attempt));
        RequestAttributes.server(attempt.endpoint(), to);
        if (attempt.number() > 0) {
            to.put(Keys.RESEND_COUNT, (long) attempt.number());
        }
        if (attempt.peer() != null) {
            RequestAttributes.peer(attempt.peer(), to);
            to.put(Keys.PROTOCOL_VERSION, attempt.multiplexed() ? "2" : "1.1");
        }
        RequestAttributes.served(attempt.lane(), to);
        return to;
    }

    private static String url(String target, FinishedAttempt attempt) {
        int query = target.indexOf('?');
        String path =
                query < 0 ? target : target.substring(0, query + 1) + QueryText.redacted(target.substring(query + 1));
        return (attempt.secure() ? "https://" : "http://") + attempt.endpoint() + (path.startsWith("/") ? path : "");
    }
}
