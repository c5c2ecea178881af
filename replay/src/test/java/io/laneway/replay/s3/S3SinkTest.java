package io.laneway.replay.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.replay.Records;
import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.record.DiskListener;
import io.laneway.replay.record.DropReason;
import io.laneway.testkit.FreePort;
import io.laneway.testkit.S3Server;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that checks each signature, and the ways in which it may fail. */
@Timeout(60)
class S3SinkTest {

    private static final RecordingHeader HEADER =
            new RecordingHeader("orders", "edge-1", Instant.parse("2026-11-30T01:30:00Z"), true);
    private static final long MUCH = 1L << 30;

    @TempDir
    Path dir;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final DiskListener listener = new DiskListener() {
        @Override
        public void failed(String reason) {
            said.add(reason);
        }

        @Override
        public void recovered() {
            said.add("recovered");
        }
    };

    private static S3Client client(String endpoint, String secret, @Nullable SSLContext tls) {
        Supplier<S3Credentials> who = () -> new S3Credentials(S3Server.ACCESS_KEY, secret, "");
        S3Bucket bucket = new S3Bucket(URI.create(endpoint), "eu-central-1", S3Server.BUCKET, true);
        return new S3Client(bucket, who, tls, Clock.systemUTC());
    }

    @Test
    void credentialsThatAreThereLaterAreTakenThen() {
        AtomicBoolean there = new AtomicBoolean();
        try (S3Server store = S3Server.start()) {
            Supplier<S3Credentials> who = () -> {
                if (!there.get()) {
                    throw new IllegalArgumentException("file: no keys (expected: both)");
                }
                return new S3Credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "");
            };
            S3Bucket bucket = new S3Bucket(URI.create(store.endpoint()), "eu-central-1", S3Server.BUCKET, true);
            S3Sink sink =
                    new S3Sink(new S3Client(bucket, who, null, Clock.systemUTC()), "shop/", HEADER, MUCH, listener);
            sink.begin();
            sink.write(exchange(1));
            there.set(true);
            sink.close();

            assertThat(sink.counts().kept()).isOne();
        }
    }

    private S3Sink sink(String endpoint, String secret, long max) {
        return new S3Sink(client(endpoint, secret, null), "shop/", HEADER, max, listener);
    }

    private static RecordedExchange exchange(int number) {
        return exchange(number, new byte[0]);
    }

    private static RecordedExchange exchange(int number, byte[] body) {
        Records records = Records.record();
        records.id = "id-" + number;
        records.requestBody = RecordedBody.whole(body);
        return records.make();
    }

    private List<String> ids(S3Client client, String prefix) throws IOException {
        List<String> ids = new ArrayList<>();
        for (S3Client.Stored each : client.list(prefix)) {
            Path file = Files.createTempFile(dir, "object", ".jsonl.gz");
            try (InputStream in = client.get(each.key())) {
                Files.write(file, in.readAllBytes());
            }
            assertThat(Files.size(file)).isEqualTo(each.size());
            try (RecordingReader reader = RecordingReader.open(file)) {
                assertThat(reader.header()).isEqualTo(HEADER);
                for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                    ids.add(next.id());
                }
                assertThat(reader.tail()).isNull();
            }
        }
        return ids;
    }

    @Test
    void whatIsKeptIsInTheBucketInWholeMembersAndPagesOfListsAreFollowed() throws IOException {
        try (S3Server store = S3Server.start()) {
            for (int run = 0; run < 5; run++) {
                S3Sink sink = sink(store.endpoint(), S3Server.SECRET_KEY, MUCH);
                sink.begin();
                for (int i = 0; i < 300; i++) {
                    sink.write(exchange(run * 300 + i));
                }
                sink.flush();
                assertThat(sink.counts().kept()).isZero();
                sink.close();
                assertThat(sink.counts().kept()).isEqualTo(300);
            }

            assertThat(store.objects())
                    .hasSize(5)
                    .allSatisfy((key, body) -> assertThat(key).startsWith("shop/orders/edge-1/20261130T013000Z-"));
            assertThat(ids(client(store.endpoint(), S3Server.SECRET_KEY, null), "shop/orders/"))
                    .hasSize(1500)
                    .doesNotHaveDuplicates();
            assertThat(store.refused()).isZero();
        }
    }

    @Test
    void itEndsByItsSizeAndCountsWhatEarlierRunsPut() throws IOException {
        try (S3Server store = S3Server.start()) {
            S3Sink sink = sink(store.endpoint(), S3Server.SECRET_KEY, MUCH);
            sink.write(exchange(1));
            sink.close();
            long size = store.objects().values().iterator().next().length;

            S3Sink next = sink(store.endpoint(), S3Server.SECRET_KEY, size);
            next.begin();
            next.write(exchange(2));
            next.close();

            assertThat(next.ended()).isTrue();
            assertThat(next.counts().dropped(DropReason.ENDED)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403 AccessDenied, REFUSED",
        "404 NoSuchBucket, REFUSED",
        "507 XMinioStorageFull, FULL",
        "403 QuotaExceeded, FULL",
        "500 InternalError, AWAY",
        "503 SlowDown, SLOW"
    })
    void anAnswerThatIsAnErrorIsAReason(String error, DropReason reason) {
        try (S3Server store = S3Server.start()) {
            store.answers(error);
            S3Sink sink = sink(store.endpoint(), S3Server.SECRET_KEY, MUCH);
            sink.write(exchange(1));
            Thread closing = new Thread(sink::close);
            closing.start();
            await().until(() -> store.puts() > 1);
            assertThat(said).hasSize(1).allMatch(text -> text.contains(error));
            store.answers("");

            await().until(() -> !closing.isAlive());
            assertThat(sink.counts().kept()).isEqualTo(1);
            assertThat(said).hasSize(2).endsWith("recovered");
            assertThat(S3Upload.reason(new S3Refused("", Integer.parseInt(error.substring(0, 3)), error.substring(4))))
                    .isEqualTo(reason);
        }
    }

    @Test
    void oneThatRefusesTheSignatureCostsWhatWasTakenAndNoMoreTimeThanClosingHas() {
        try (S3Server store = S3Server.start()) {
            S3Sink sink = sink(store.endpoint(), "another", MUCH);
            sink.begin();
            sink.write(exchange(1));
            sink.close();

            assertThat(sink.counts().dropped(DropReason.REFUSED)).isEqualTo(1);
            assertThat(store.objects()).isEmpty();
            assertThat(said).allMatch(text -> text.contains("SignatureDoesNotMatch"));
        }
    }

    @Test
    void ofAStoreThatIsAwayOrHangsNoMoreThanTwoPartsAreHeld() throws IOException {
        try (S3Server store = S3Server.start()) {
            store.hang(true);
            S3Sink slow = sink(store.endpoint(), S3Server.SECRET_KEY, MUCH);
            S3Sink away = sink("http://127.0.0.1:" + FreePort.take(), S3Server.SECRET_KEY, MUCH);
            byte[] large = new byte[600_000];
            new Random(7).nextBytes(large);
            for (int i = 0; i < 40; i++) {
                RecordedExchange next = exchange(i, large);
                slow.write(next);
                away.write(next);
            }
            assertThat(slow.counts().dropped(DropReason.SLOW)).isBetween(20L, 30L);
            await().untilAsserted(() -> {
                away.write(exchange(0, large));
                assertThat(away.counts().dropped(DropReason.AWAY)).isPositive();
            });
            store.hang(false);
            slow.close();
            assertThat(slow.counts().kept() + slow.counts().dropped()).isEqualTo(40);
            assertThat(slow.counts().dropped(DropReason.SLOW))
                    .isEqualTo(slow.counts().dropped());
            assertThat(ids(client(store.endpoint(), S3Server.SECRET_KEY, null), ""))
                    .hasSize((int) slow.counts().kept());
        }
    }

    @Test
    void theAuthorityOfTheStoreMayBeOnesOwnAndCredentialsAFile() throws Exception {
        X509Bundle own = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .addSanDnsName("localhost")
                .notBefore(Instant.now().minus(Duration.ofDays(1)))
                .notAfter(Instant.now().plus(Duration.ofDays(1)))
                .buildSelfSigned();
        Path ca = Files.writeString(dir.resolve("ca.pem"), own.getCertificatePEM());
        Path file = Files.writeString(
                dir.resolve("credentials"),
                "# rotated\n[other]\naws_access_key_id=x\naws_secret_access_key = y\n[default]\naws_access_key_id = "
                        + S3Server.ACCESS_KEY + "\naws_secret_access_key=" + S3Server.SECRET_KEY + "\n");
        KeyManagerFactory keys = own.toKeyManagerFactory();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        try (S3Server store = S3Server.start(0, tls)) {
            S3Bucket bucket = new S3Bucket(URI.create(store.endpoint()), "eu-central-1", S3Server.BUCKET, true);
            S3Client client =
                    new S3Client(bucket, new CredentialsFile(file), TrustedAuthorities.of(ca), Clock.systemUTC());
            client.put("a b/ä+?.gz", new byte[] {1}).join();

            assertThat(client.list("a b/")).containsExactly(new S3Client.Stored("a b/ä+?.gz", 1));
            assertThat(client.get("a b/ä+?.gz").readAllBytes()).containsExactly(1);
            S3Client stranger = new S3Client(bucket, new CredentialsFile(file), null, Clock.systemUTC());
            assertThat(stranger.put("a", new byte[0])).failsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void aBucketMayBeInTheNameOfTheHost() {
        S3Bucket bucket = new S3Bucket(S3Bucket.aws("eu-west-1"), "eu-west-1", "shop", false);

        assertThat(bucket.address("a/b c", "")).hasToString("https://shop.s3.eu-west-1.amazonaws.com/a/b%20c");
    }
}
