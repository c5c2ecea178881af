package io.laneway.gateway.traffic.authorize;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;

/** Responses of authorizers, by the published classes. */
final class Said {

    private static final int PERMISSION_DENIED = 7;

    private Said() {}

    static CheckResponse ok() {
        return ok(OkHttpResponse.newBuilder());
    }

    static CheckResponse ok(OkHttpResponse.Builder http) {
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(0))
                .setOkResponse(http)
                .build();
    }

    static CheckResponse denied() {
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(PERMISSION_DENIED))
                .build();
    }

    static CheckResponse denied(int status, String body, HeaderValueOption... headers) {
        DeniedHttpResponse.Builder http = DeniedHttpResponse.newBuilder()
                .setStatus(HttpStatus.newBuilder().setCodeValue(status))
                .setBody(body);
        for (HeaderValueOption header : headers) {
            http.addHeaders(header);
        }
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(PERMISSION_DENIED))
                .setDeniedResponse(http)
                .build();
    }

    static HeaderValueOption header(String name, String value) {
        return header(name, value, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
    }

    static HeaderValueOption header(String name, String value, HeaderAppendAction action) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .setAppendAction(action)
                .build();
    }

    /** As authorizers say it that were written before there were actions. */
    @SuppressWarnings("deprecation")
    static HeaderValueOption appended(String name, String value) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .setAppend(com.google.protobuf.BoolValue.of(true))
                .build();
    }
}
