package io.laneway.cli.remote;

import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.util.Objects;

/** WebSockets to a control API, shown who calls it as with calls. Stateless. */
final class WebSocketTarget {

    private static final int CONNECT_MS = 5_000;
    private static final int MAX_CONNECTIONS = 16_384;
    private static final int MAX_FRAME = 1 << 20;

    private WebSocketTarget() {}

    static WebSocketClientOptions options(Target target) {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setMaxConnections(MAX_CONNECTIONS)
                .setMaxFrameSize(MAX_FRAME)
                .setMaxMessageSize(MAX_FRAME);
        if (target.ca() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(target.ca().toString()));
        }
        if (target.certificate() != null && target.key() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .setCertPath(target.certificate().toString())
                    .setKeyPath(target.key().toString()));
        }
        return options;
    }

    static WebSocketConnectOptions connect(Target target, String path) {
        URI base = Objects.requireNonNullElse(target.control(), Target.DEFAULT);
        boolean secure = "https".equals(base.getScheme());
        String own = base.getRawPath() == null ? "" : base.getRawPath();
        String before = own.endsWith("/") ? own.substring(0, own.length() - 1) : own;
        String host = base.getHost();
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .setPort(base.getPort() > 0 ? base.getPort() : secure ? 443 : 80)
                .setSsl(secure)
                .setURI(before + path);
        String token = target.bearer();
        if (token != null && !token.isEmpty()) {
            options.putHeader("authorization", HeaderText.of("Bearer " + token));
        }
        return options;
    }
}
