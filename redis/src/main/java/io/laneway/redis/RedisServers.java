package io.laneway.redis;

import io.laneway.gateway.runtime.config.RatesConfig;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The servers of a configuration: one, that which sentinels name, or those of a cluster. A connection that broke is made
 * again by the client, ten times a second at most; commands fail meanwhile. Safe for many threads.
 */
final class RedisServers implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration TOPOLOGY = Duration.ofSeconds(10);
    private static final Duration NEXT_TRY = Duration.ofMillis(100);
    private static final int THREADS = 2;
    private static final int QUEUE = 10_000;

    private final RatesConfig config;
    private final ClientResources resources;
    private final AbstractRedisClient client;

    RedisServers(RatesConfig config) {
        this.config = config;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(Delay.constant(NEXT_TRY))
                .build();
        List<RedisURI> uris = config.redis().stream().map(this::uri).toList();
        this.client = config.cluster() ? cluster(uris) : single(uris.get(0));
    }

    private RedisURI uri(String url) {
        RedisURI uri = RedisURI.create(url);
        RatesConfig.Login login = config.login();
        Path file = login.passwordFile();
        if (file != null || !login.password().isEmpty() || !login.user().isEmpty()) {
            uri.setCredentialsProvider(RedisCredentialsProvider.from(
                    () -> credentials(login, file == null ? login.password() : password(file))));
        }
        uri.setTimeout(CONNECT);
        return uri;
    }

    private static RedisCredentials credentials(RatesConfig.Login login, String password) {
        return RedisCredentials.just(login.user().isEmpty() ? null : login.user(), password);
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AbstractRedisClient single(RedisURI uri) {
        RedisClient made = RedisClient.create(resources, uri);
        made.setOptions(options(ClientOptions.builder(), DisconnectedBehavior.REJECT_COMMANDS));
        return made;
    }

    private AbstractRedisClient cluster(List<RedisURI> uris) {
        RedisClusterClient made = RedisClusterClient.create(resources, uris);
        ClusterClientOptions.Builder options =
                ClusterClientOptions.builder(options(ClientOptions.builder(), DisconnectedBehavior.ACCEPT_COMMANDS));
        made.setOptions(options.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(TOPOLOGY)
                        .build())
                .build());
        return made;
    }

    /** A cluster's connections to its nodes are made with the first command. */
    private ClientOptions options(ClientOptions.Builder options, DisconnectedBehavior disconnected) {
        return options.disconnectedBehavior(disconnected)
                .requestQueueSize(QUEUE)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .tcpNoDelay(true)
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(CONNECT))
                .sslOptions(tls())
                .build();
    }

    private SslOptions tls() {
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider();
        Path ca = config.files().ca();
        Path certificate = config.files().certificate();
        Path privateKey = config.files().privateKey();
        if (ca != null) {
            tls.trustManager(ca.toFile());
        }
        if (certificate != null && privateKey != null) {
            File key = privateKey.toFile();
            tls.keyManager(certificate.toFile(), key, new char[0]);
        }
        return tls.build();
    }

    /** Commands of a new connection. Blocks for a second at most. */
    RedisClusterAsyncCommands<String, String> connect() {
        return client instanceof RedisClusterClient cluster
                ? cluster.connect().async()
                : ((RedisClient) client).connect().async();
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
