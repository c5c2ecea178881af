package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/**
 * An authorizer that is asked by HTTP: with the request's own method, host and path, as Envoy does it, or with a GET of one
 * path and the request in {@code X-Forwarded-*}, as Traefik's {@code forwardAuth} does. Immutable.
 */
final class HttpAuthorizer implements Authorizer {

    private static final HeaderName FORWARDED_METHOD = HeaderName.of("x-forwarded-method");
    private static final HeaderName FORWARDED_URI = HeaderName.of("x-forwarded-uri");
    private static final HeaderName CONTENT_LENGTH = HeaderName.of("content-length");

    private final AuthConfig.Authorizer config;
    private final IncludedHeaders included;
    private final HttpDecision verdict;

    HttpAuthorizer(AuthConfig config) {
        this.config = config.authorizer();
        this.included = new IncludedHeaders(config.include());
        this.verdict = new HttpDecision(config);
    }

    @Override
    public CheckCall check(ExchangeContext context, byte[] body, long within) {
        RequestHead asked = context.request();
        OriginalRequest original = context.facts().original;
        Slice slice = new Slice();
        asked.method(slice);
        String method = slice.toString();
        asked.target(slice);
        String target = slice.toString();
        RequestHead head = new RequestHead();
        if (config.fixedPath()) {
            String query = config.uri().getRawQuery();
            String path = config.uri().getRawPath();
            head.start("GET", query == null ? path : path + "?" + query, config.address());
        } else {
            boolean whole = asked.method() != Method.CONNECT;
            String path = target.startsWith("/") ? target : "/";
            String host = original.host().length() == 0
                    ? config.address()
                    : original.host().toString();
            head.start(whole ? method : "GET", config.pathPrefix() + path, host);
        }
        included.copy(asked.lines(), head.lines());
        forwarded(context, head.lines());
        head.lines().add(FORWARDED_METHOD, method);
        head.lines().add(FORWARDED_URI, target);
        if (body.length > 0) {
            head.lines().add(CONTENT_LENGTH, body.length);
        }
        head.bodyLength(body.length);
        return new CheckCall(head, body);
    }

    private static void forwarded(ExchangeContext context, HeaderLines lines) {
        OriginalRequest original = context.facts().original;
        lines.remove(Field.X_FORWARDED_FOR);
        lines.remove(Field.X_FORWARDED_PROTO);
        lines.remove(Field.X_FORWARDED_HOST);
        lines.remove(FORWARDED_METHOD);
        lines.remove(FORWARDED_URI);
        Slice source = original.source();
        lines.add(Field.X_FORWARDED_FOR, source.array(), source.offset(), source.length());
        lines.add(Field.X_FORWARDED_PROTO.header(), original.secure() ? "https" : "http");
        lines.add(Field.X_FORWARDED_HOST.header(), original.host());
    }

    @Override
    public AuthDecision understand(int status, HeaderLines lines, byte[] body) {
        return verdict.of(status, lines, body);
    }
}
