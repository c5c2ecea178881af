package io.laneway.cli.remote;

import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.net.URI;
import java.util.Objects;

/** WebSockets to a control API, shown who calls it as with calls. Stateless. */
final class WebSocketTarget {

    private static final int CONNECT_MS = 5_000;
    private static final int MAX_CONNECTIONS = 16_384;
    private static final int MAX_FRAME = 1 << 20;

    private WebSocketTarget() {}

    static WebSocketClientOptions options() {
        return new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setMaxConnections(MAX_CONNECTIONS)
                .setMaxFrameSize(MAX_FRAME)
                .setMaxMessageSize(MAX_FRAME);
    }

    static WebSocketConnectOptions connect(Target target, ClientTls tls, String path) {
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
        ClientSSLOptions files = secure ? tls.options() : null;
        if (files != null) {
            options.setSslOptions(files);
        }
        String token = target.bearer();
        if (token != null && !token.isEmpty()) {
            options.putHeader("authorization", HeaderText.of("Bearer " + token));
        }
        return options;
    }
}
