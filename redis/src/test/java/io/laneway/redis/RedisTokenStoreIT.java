package io.laneway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.RatesConfig;
import io.laneway.gateway.runtime.limit.TokenStore;
import io.laneway.gateway.runtime.limit.TokenStore.Grant;
import io.laneway.gateway.runtime.limit.TokenStore.Order;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reserved in a real server. */
class RedisTokenStoreIT {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    @TempDir
    Path directory;

    @BeforeAll
    static void needsAServer() {
        RedisProcess.assumeInstalled();
    }

    private static RatesConfig config(String url, RatesConfig.Login login, RatesConfig.Files files, boolean cluster) {
        return new RatesConfig(
                List.of(url), cluster, login, files, "test", Duration.ofMillis(20), RatesConfig.Failure.SHARE);
    }

    private static TokenStore store(String url) {
        TokenStore store =
                new RedisTokenStores().open(config(url, RatesConfig.Login.NONE, RatesConfig.Files.NONE, false));
        assertThat(store.present().toCompletableFuture().join()).isPositive();
        return store;
    }

    /** Of ten an hour at once, so that no token comes while the test runs. */
    private static Grant reserve(TokenStore store, int tokens) {
        Order order = new Order("order:k", HOUR, 10 * HOUR, tokens);
        return store.reserve(List.of(order)).toCompletableFuture().join().get(0);
    }

    private static void works(TokenStore store) {
        assertThat(store.present().toCompletableFuture().join()).isEqualTo(1);
        assertThat(reserve(store, 1)).isEqualTo(new Grant(1, 0));
    }

    @Test
    void twoStoresReserveNoMoreThanThereIs() throws Exception {
        try (RedisProcess redis = new RedisProcess(directory);
                TokenStore one = store(redis.url());
                TokenStore two = store(redis.url())) {
            assertThat(two.present().toCompletableFuture().join()).isEqualTo(2);
            assertThat(reserve(one, 6)).isEqualTo(new Grant(6, 0));
            Grant rest = reserve(two, 6);
            assertThat(rest.tokens()).isEqualTo(4);
            assertThat(rest.next()).isBetween(HOUR - Duration.ofMinutes(1).toNanos(), HOUR);
            assertThat(reserve(one, 1).tokens()).isZero();
        }
    }

    @Test
    void aBatchIsOneRoundTripInOrder() throws Exception {
        try (RedisProcess redis = new RedisProcess(directory);
                TokenStore store = store(redis.url())) {
            reserve(store, 1);
            List<Order> orders = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                orders.add(new Order("order:" + i, HOUR, 2_000 * HOUR, i));
            }
            List<Grant> grants = store.reserve(orders).toCompletableFuture().join();
            for (int i = 1; i <= 200; i++) {
                assertThat(grants.get(i - 1)).isEqualTo(new Grant(i, 0));
            }
        }
    }

    @Test
    void evictedKeysSetBackClocksAndFlushedScriptsLeaveABucketAtMost() throws Exception {
        try (RedisProcess redis = new RedisProcess(directory);
                TokenStore store = store(redis.url());
                RedisClient client = RedisClient.create(redis.url());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> commands = connection.sync();
            assertThat(reserve(store, 20).tokens()).isEqualTo(10);
            String key = "test:rate:order:k";
            assertThat(commands.pttl(key))
                    .isBetween(1L, 10 * Duration.ofHours(1).toMillis() + 1_000);

            commands.del(key);
            commands.scriptFlush();
            assertThat(reserve(store, 20).tokens()).as("evicted").isEqualTo(10);

            String far = Long.toString(
                    (System.currentTimeMillis() + Duration.ofDays(365).toMillis()) * 1_000);
            commands.set(key, far);
            Grant late = reserve(store, 1);
            assertThat(late.tokens()).isZero();
            assertThat(late.next()).as("a clock that was a year ahead").isLessThanOrEqualTo(HOUR);
        }
    }

    @Test
    void logsInByAPasswordFileAndIsRefusedWithoutIt() throws Exception {
        Path file = directory.resolve("redis.password");
        Files.writeString(file, "s3cret\n");
        try (RedisProcess redis = new RedisProcess(directory, "--requirepass", "s3cret");
                TokenStore store = new RedisTokenStores()
                        .open(config(
                                redis.url(),
                                new RatesConfig.Login("default", "", file),
                                RatesConfig.Files.NONE,
                                false));
                TokenStore stranger = new RedisTokenStores()
                        .open(config(redis.url(), RatesConfig.Login.NONE, RatesConfig.Files.NONE, false))) {
            works(store);
            assertThatThrownBy(() -> stranger.present().toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class);
        }
    }

    @Test
    void speaksTlsWithCertificatesOfBoth() throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=ca")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle own = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        Path ca = Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
        Path certificate = Files.writeString(directory.resolve("cert.pem"), own.getCertificatePEM());
        Path key = Files.writeString(directory.resolve("key.pem"), own.getPrivateKeyPEM());
        RatesConfig.Files files = new RatesConfig.Files(ca, certificate, key);
        try (RedisProcess redis = new RedisProcess(
                        directory,
                        "--tls-port",
                        "PORT",
                        "--port",
                        "0",
                        "--tls-ca-cert-file",
                        ca.toString(),
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString());
                TokenStore store = new RedisTokenStores()
                        .open(config("rediss://localhost:" + redis.port(), RatesConfig.Login.NONE, files, false))) {
            works(store);
        }
    }

    @Test
    void findsTheNodesOfACluster() throws Exception {
        try (RedisProcess redis = new RedisProcess(directory, "--cluster-enabled", "yes");
                RedisClient client = RedisClient.create(redis.url());
                StatefulRedisConnection<String, String> connection = client.connect();
                TokenStore store = new RedisTokenStores()
                        .open(config(redis.url(), RatesConfig.Login.NONE, RatesConfig.Files.NONE, true))) {
            for (int slot = 0; slot < 16_384; slot++) {
                connection.async().clusterAddSlots(slot);
            }
            await().until(() -> connection.sync().clusterInfo().contains("cluster_state:ok"));
            works(store);
        }
    }

    @Test
    void findsTheServerThatSentinelsName() throws Exception {
        Path file = directory.resolve("sentinel.conf");
        try (RedisProcess redis = new RedisProcess(directory)) {
            Files.writeString(file, "sentinel monitor shop 127.0.0.1 " + redis.port() + " 1\n");
            try (SentinelProcess sentinel = new SentinelProcess(file);
                    TokenStore store =
                            store("redis-sentinel://127.0.0.1:" + sentinel.port() + "?sentinelMasterId=shop")) {
                works(store);
            }
        }
    }
}
