package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.router.text.HeaderName;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** An authorizer that is asked by {@code envoy.service.auth.v3.Authorization/Check}. Immutable. */
final class GrpcAuthorizer implements Authorizer {

    private static final String METHOD = "/envoy.service.auth.v3.Authorization/Check";
    private static final HeaderName TIMEOUT = HeaderName.of("grpc-timeout");
    private static final int PREFIX = 5;
    private static final int OK = 200;

    private final String authority;
    private final CheckRequests requests;

    GrpcAuthorizer(AuthConfig config, String listener) {
        this.authority = config.authorizer().address();
        this.requests = new CheckRequests(config, listener);
    }

    @Override
    public CheckCall check(ExchangeContext context, byte[] body, long within) {
        byte[] message = requests.write(context, body);
        RequestHead head = new RequestHead();
        head.start("POST", METHOD, authority);
        head.version(RequestHead.Version.HTTP_2);
        head.acceptsTrailers(true);
        head.lines().add(Field.CONTENT_TYPE.header(), "application/grpc");
        head.lines().add(Field.USER_AGENT.header(), "laneway");
        head.lines().add(TIMEOUT, Math.max(1, TimeUnit.NANOSECONDS.toMillis(within)) + "m");
        byte[] framed = ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
        head.bodyLength(framed.length);
        return new CheckCall(head, framed);
    }

    @Override
    public AuthDecision understand(int status, HeaderLines lines, byte[] body) {
        int code = GrpcStatus.read(lines);
        if (status != OK || code != 0) {
            throw new IllegalArgumentException(
                    code == GrpcStatus.NONE ? "status " + status + " without grpc-status" : "grpc-status " + code);
        }
        boolean whole =
                body.length >= PREFIX && body[0] == 0 && ByteBuffer.wrap(body).getInt(1) == body.length - PREFIX;
        if (!whole) {
            throw new IllegalArgumentException("no message, or a compressed one");
        }
        return CheckResponse.read(body, PREFIX, body.length);
    }
}
