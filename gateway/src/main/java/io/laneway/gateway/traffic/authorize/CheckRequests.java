package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.router.text.Slice;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes messages {@code envoy.service.auth.v3.CheckRequest}. Texts that are no UTF-8 are made so: an authorizer that could not
 * read the check would give no decision, and strangers would have a way to get none. Immutable.
 */
final class CheckRequests {

    private static final int MILLIS = 1000;
    private static final List<String> PRINCIPALS = List.of(";URI=", ";DNS=", ";Subject=");

    private final IncludedHeaders included;
    private final Map<String, String> extensions;
    private final String listener;

    CheckRequests(AuthConfig config, String listener) {
        this.included = new IncludedHeaders(config.include());
        this.extensions = config.context();
        this.listener = listener;
    }

    byte[] write(ExchangeContext context, byte[] body) {
        ExchangeFacts facts = context.facts();
        ProtobufWriter attributes = new ProtobufWriter()
                .message(1, source(context))
                .message(2, new ProtobufWriter().text(2, facts.service()))
                .message(4, request(context, body));
        extensions.forEach((key, value) -> attributes.entry(10, key, value));
        Slice tenant = new Slice();
        facts.tenant(tenant);
        attributes.entry(10, "service", facts.service()).entry(10, "lane", facts.lane());
        attributes.entry(10, "tenant", text(tenant)).entry(10, "listener", listener);
        return new ProtobufWriter().message(1, attributes).toBytes();
    }

    private static ProtobufWriter source(ExchangeContext context) {
        int port = context.downstream().peer().remote() instanceof InetSocketAddress inet ? inet.getPort() : 0;
        ProtobufWriter socket = new ProtobufWriter()
                .text(2, text(context.facts().original.source()))
                .number(3, port);
        ProtobufWriter peer = new ProtobufWriter().message(1, new ProtobufWriter().message(1, socket));
        String certificate = context.downstream().peer().clientCertificate();
        return certificate == null ? peer : peer.text(4, principal(certificate));
    }

    /** The first name that a certificate has as URI, else as DNS, else its subject. */
    private static String principal(String identity) {
        for (String kind : PRINCIPALS) {
            int start = identity.indexOf(kind);
            if (start >= 0) {
                int from = start + kind.length();
                boolean quoted = from < identity.length() && identity.charAt(from) == '"';
                int end = identity.indexOf(quoted ? '"' : ';', quoted ? from + 1 : from);
                return identity.substring(quoted ? from + 1 : from, end < 0 ? identity.length() : end);
            }
        }
        return "";
    }

    private ProtobufWriter request(ExchangeContext context, byte[] body) {
        long millis = context.facts().startedMillis;
        ProtobufWriter time = new ProtobufWriter()
                .number(1, millis / MILLIS)
                .number(2, TimeUnit.MILLISECONDS.toNanos(millis % MILLIS));
        return new ProtobufWriter().message(1, time).message(2, http(context, body));
    }

    private ProtobufWriter http(ExchangeContext context, byte[] body) {
        RequestHead head = context.request();
        Slice slice = new Slice();
        head.method(slice);
        String method = text(slice);
        head.target(slice);
        String path = text(slice);
        String host = text(context.facts().original.host());
        String scheme = context.facts().original.secure() ? "https" : "http";
        head.lines().first(Field.X_REQUEST_ID, slice);
        ProtobufWriter http = new ProtobufWriter().text(1, text(slice)).text(2, method);
        http.entry(3, ":method", method).entry(3, ":path", path).entry(3, ":authority", host);
        http.entry(3, ":scheme", scheme);
        included.joined(head.lines()).forEach((name, value) -> http.entry(3, name, utf8(value)));
        http.text(4, path).text(5, host).text(6, scheme).number(9, head.bodyLength());
        http.text(10, head.version().word().toUpperCase(Locale.ROOT));
        return body.length == 0 ? http : isUtf8(body) ? http.bytes(11, body) : http.bytes(12, body);
    }

    private static boolean isUtf8(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
    }

    private static String text(Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), StandardCharsets.UTF_8);
    }

    private static String utf8(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
