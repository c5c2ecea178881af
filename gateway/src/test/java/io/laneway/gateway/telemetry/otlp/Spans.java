package io.laneway.gateway.telemetry.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads spans as they came by OTLP. */
final class Spans {

    private Spans() {}

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    static Map<String, Object> attributes(Span span) {
        return attributes(span.getAttributesList());
    }

    static Map<String, Object> attributes(List<KeyValue> list) {
        Map<String, Object> attributes = new TreeMap<>();
        for (KeyValue each : list) {
            AnyValue value = each.getValue();
            attributes.put(each.getKey(), value.hasIntValue() ? value.getIntValue() : value.getStringValue());
        }
        return attributes;
    }

    static boolean isServer(Span span) {
        return span.getKind() == SpanKind.SPAN_KIND_SERVER;
    }

    static boolean isClient(Span span) {
        return span.getKind() == SpanKind.SPAN_KIND_CLIENT;
    }

    static Span server(Collection<Span> spans) {
        return spans.stream().filter(Spans::isServer).findFirst().orElseThrow();
    }

    /** In the order of their beginning. */
    static List<Span> clients(Collection<Span> spans) {
        return spans.stream()
                .filter(Spans::isClient)
                .sorted((a, b) -> Long.compare(a.getStartTimeUnixNano(), b.getStartTimeUnixNano()))
                .toList();
    }

    /** The {@code traceparent} by which an endpoint has that span as its parent. */
    static String traceParent(Span span) {
        return "00-" + hex(span.getTraceId()) + "-" + hex(span.getSpanId()) + "-0" + (span.getFlags() & 3);
    }
}
