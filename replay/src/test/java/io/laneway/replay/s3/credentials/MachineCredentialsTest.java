package io.laneway.replay.s3.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.laneway.replay.s3.S3Bucket;
import io.laneway.replay.s3.S3Client;
import io.laneway.replay.s3.S3Credentials;
import io.laneway.testkit.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where credentials of a machine come from, against services that check what they are asked with. */
@Timeout(30)
class MachineCredentialsTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/recorder";

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final SetClock clock = new SetClock();
    private HttpServer server;
    private volatile boolean away;

    /** A clock that is set. */
    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-30T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Supplier<S3Credentials> found() {
        return MachineCredentials.of(environment, home, "eu-central-1", clock);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        String said = away ? "" : said(exchange, path, body);
        byte[] bytes = said.getBytes(UTF_8);
        exchange.sendResponseHeaders(said.isEmpty() ? 403 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Empty where the call is not as the service wants it. */
    private String said(HttpExchange exchange, String path, String body) {
        String token = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String method = exchange.getRequestMethod();
        if (path.equals("/latest/api/token")) {
            boolean lasts =
                    "21600".equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token-ttl-seconds"));
            return method.equals("PUT") && lasts ? "imds-token" : "";
        }
        if (path.equals("/latest/meta-data/iam/security-credentials/")) {
            return "imds-token".equals(token) ? "recorder\n" : "";
        }
        if (path.equals("/latest/meta-data/iam/security-credentials/recorder")) {
            return "imds-token".equals(token) ? json() : "";
        }
        if (path.equals("/v1/credentials")) {
            return "pod-token".equals(authorization) ? json() : "";
        }
        boolean assumed = body.equals("Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Frecorder&RoleSessionName=laneway"
                + "&WebIdentityToken=ey.pod.token");
        return path.equals("/") && method.equals("POST") && assumed ? xml() : "";
    }

    private String expires() {
        return clock.now.plus(Duration.ofHours(1)).toString();
    }

    private String json() {
        return "{\"Code\":\"Success\",\"Type\":\"AWS-HMAC\",\"AccessKeyId\":\"" + S3Server.ACCESS_KEY
                + "\",\"SecretAccessKey\":\"" + S3Server.SECRET_KEY + "\",\"Token\":\"session/+=\",\"Expiration\":\""
                + expires() + "\"}";
    }

    private String xml() {
        return "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>"
                + S3Server.ACCESS_KEY + "</AccessKeyId><SecretAccessKey>" + S3Server.SECRET_KEY
                + "</SecretAccessKey><SessionToken>session/+=</SessionToken><Expiration>" + expires()
                + "</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>";
    }

    /** They sign what a store takes. */
    private static void checkPut(Supplier<S3Credentials> who) {
        assertThat(who.get().session()).isEqualTo("session/+=");
        try (S3Server store = S3Server.start()) {
            S3Bucket bucket = new S3Bucket(URI.create(store.endpoint()), "eu-central-1", S3Server.BUCKET, true);
            new S3Client(bucket, who, null, Clock.systemUTC())
                    .put("a", new byte[] {1})
                    .join();
            assertThat(store.objects()).containsOnlyKeys("a");
        }
    }

    @Test
    void theEnvironmentIsFirst() {
        environment.putAll(Map.of(
                "AWS_ACCESS_KEY_ID",
                "a",
                "AWS_SECRET_ACCESS_KEY",
                "s",
                "AWS_SESSION_TOKEN",
                "t",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                "none",
                "AWS_ROLE_ARN",
                ROLE));
        assertThat(found().get()).isEqualTo(new S3Credentials("a", "s", "t"));
    }

    @Test
    void aServiceAccountOfEksAssumesItsRole() throws IOException {
        Path token = Files.writeString(home.resolve("token"), "ey.pod.token\n");
        environment.putAll(Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                token.toString(),
                "AWS_ROLE_ARN",
                ROLE,
                "AWS_ENDPOINT_URL_STS",
                url() + "/"));
        Supplier<S3Credentials> who = found();
        checkPut(who);
        assertThat(asked).containsExactly("POST /");

        Files.writeString(token, "another");
        clock.now = clock.now.plus(Duration.ofMinutes(56));
        assertThat(who.get().accessKey()).isEqualTo(S3Server.ACCESS_KEY);
        assertThat(asked).hasSize(2);
        clock.now = clock.now.plus(Duration.ofMinutes(10));
        assertThatThrownBy(who::get)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("credentials by web identity: ")
                .hasMessageContaining("responded 403");
    }

    @Test
    void aPodOfEksAsksItsAgent() throws IOException {
        Path token = Files.writeString(home.resolve("token"), "pod-token\n");
        environment.putAll(Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                url() + "/v1/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                token.toString()));
        checkPut(found());

        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://credentials.example.com/v1");
        assertThatThrownBy(this::found)
                .hasMessageContaining(
                        "http://credentials.example.com/v1 (expected: https, or an address of this machine)");
    }

    @Test
    void aMachineOfEc2AsksItsMetadataServiceWithASessionOfVersion2() {
        environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", url());
        Supplier<S3Credentials> who = found();
        checkPut(who);
        assertThat(who.get()).isNotNull();
        assertThat(asked)
                .containsExactly(
                        "PUT /latest/api/token",
                        "GET /latest/meta-data/iam/security-credentials/",
                        "GET /latest/meta-data/iam/security-credentials/recorder");

        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        assertThatThrownBy(this::found).hasMessageContaining("AWS_EC2_METADATA_DISABLED is true");
    }

    @Test
    void whileTheServiceIsAwayWhatHasNotEndedIsUsed() {
        environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", url());
        Supplier<S3Credentials> who = found();
        assertThat(who.get()).isNotNull();
        away = true;
        clock.now = clock.now.plus(Duration.ofMinutes(57));
        assertThat(who.get().accessKey()).isEqualTo(S3Server.ACCESS_KEY);
        int tried = asked.size();
        assertThat(who.get()).isNotNull();
        assertThat(asked).as("tried again each minute").hasSize(tried);
        clock.now = clock.now.plus(Duration.ofMinutes(4));
        assertThatThrownBy(who::get).hasMessageContaining("responded 403");
        away = false;
        clock.now = clock.now.plus(Duration.ofSeconds(5));
        assertThat(who.get().accessKey()).isEqualTo(S3Server.ACCESS_KEY);
    }

    @Test
    void aProfileIsThatOfTheFile() throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/credentials"), """
            [default]
            aws_access_key_id = a
            aws_secret_access_key = s
            [other]
            aws_access_key_id = b
            aws_secret_access_key = t
            """);
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", url() + "/v1/credentials");
        assertThat(found().get().accessKey()).isEqualTo("a");
        environment.put("AWS_PROFILE", "other");
        assertThat(found().get().accessKey()).isEqualTo("b");
        environment.put("AWS_PROFILE", "none");
        assertThatThrownBy(() -> found().get()).hasMessageContaining("(expected: both, below [none])");
        Path elsewhere = Files.writeString(home.resolve("c"), "[x]\naws_access_key_id=c\naws_secret_access_key=u\n");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", elsewhere.toString());
        environment.remove("AWS_PROFILE");
        assertThat(found().get().accessKey()).isEqualTo("c");
    }
}
