package io.laneway.gateway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.service.UpstreamTls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static final Path FILE = Path.of("/etc/laneway/laneway.yaml");

    private static final String SMALL = """
        listeners:
          - {name: edge, address: "0.0.0.0:8080"}
        table: {file: lanes.yaml}
        """;

    private static ConfigReader.Result read(String document) {
        return ConfigReader.read(
                document.getBytes(StandardCharsets.UTF_8), FILE, Map.of("LANEWAY_TOKEN", "s3cret", "HOSTNAME", "web1"));
    }

    private static List<String> problems(String document) {
        ConfigReader.Result result = read(document);
        assertThat(result.config()).isNull();
        return result.problems().stream().map(Problem::toString).toList();
    }

    /** Manifests say {@code ${LANEWAY_ZONE:-}}, which is empty where no zone is known. */
    @Test
    void emptyVariablesOfBalancingAreAbsent() {
        assertThat(read("""
            listeners: [{name: edge, address: ":0"}]
            table: {file: lanes.yaml}
            zone: "${LANEWAY_ZONE:-}"
            stickySecret: "${LANEWAY_STICKY_SECRET:-}"
            """).orThrow().balancing()).isEqualTo(BalancingConfig.DEFAULT);
    }

    @Test
    void readsTheDocumentOfTheContract() {
        GatewayConfig config = read("""
            listeners:
              - {name: edge,     address: "0.0.0.0:8080", trust: external, lanes: true, tls: null}
              - {name: outbound, address: "127.0.0.1:15001", trust: internal, unknownHost: passthrough}
            admin: {address: "127.0.0.1:9901"}
            table: {control: "http://127.0.0.1:9900", token: "${LANEWAY_TOKEN}"}
            data: ./laneway-data
            threads: auto
            """).orThrow();

        assertThat(config.listeners())
                .containsExactly(
                        ListenerConfig.of("edge", new Address("0.0.0.0", 8080), Trust.EXTERNAL),
                        ListenerConfig.of("outbound", new Address("127.0.0.1", 15001), Trust.INTERNAL));
        assertThat(config.admin()).isEqualTo(AdminConfig.DEFAULT);
        assertThat(config.table()).isEqualTo(new TableConfig.Control(URI.create("http://127.0.0.1:9900"), "s3cret"));
        assertThat(config.data()).isEqualTo(Path.of("/etc/laneway/laneway-data"));
        assertThat(config.threads()).isZero();
    }

    @Test
    void servicesAreAllOrThoseThatAreCalled() {
        String table = "listeners: [{name: a, address: \"127.0.0.1:0\", trust: internal}]\n"
                + "table: {control: \"http://127.0.0.1:9900\", services: WHICH}";
        Map<String, List<String>> called =
                Map.of("auto", List.of(), "[order, stock.shop]", List.of("order", "stock.shop"));
        called.forEach((which, names) -> assertThat(((TableConfig.Control)
                                read(table.replace("WHICH", which)).orThrow().table())
                        .services())
                .isEqualTo(names));
        assertThat(((TableConfig.Control)
                                read(table.replace("WHICH", "all")).orThrow().table())
                        .services())
                .isNull();
        for (String wrong : List.of("some", "{a: b}", "[\"\"]")) {
            assertThat(read(table.replace("WHICH", wrong)).problems())
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .contains("table.services");
        }
    }

    @Test
    void reportsAreAQuarterOfASecondToFiveSecondsApart() {
        String table = "table: {control: \"http://127.0.0.1:9900\", reports: TIME}";
        String small = "listeners: [{name: a, address: \"127.0.0.1:0\", trust: internal}]\n";
        assertThat(read(small + table.replace("TIME", "250ms")).orThrow().table())
                .isEqualTo(new TableConfig.Control(URI.create("http://127.0.0.1:9900"), null, Duration.ofMillis(250)));
        for (String time : List.of("249ms", "6s", "0s", "off")) {
            assertThat(read(small + table.replace("TIME", time)).problems())
                    .as(time)
                    .singleElement()
                    .asString()
                    .contains("table.reports");
        }
        assertThat(read(small + "table: {file: lanes.yaml, reports: 1s}").problems())
                .singleElement()
                .asString()
                .contains("table.reports");
    }

    @Test
    void tlsIsForAControlApiByHttps() {
        String small = "listeners: [{name: a, address: \"127.0.0.1:0\", trust: internal}]\n";
        String tls = "tls: {ca: ca.pem, certificate: /c.pem, privateKey: k.pem}}";
        assertThat(read(small + "table: {control: \"https://c.test:9900\", " + tls)
                        .orThrow()
                        .table())
                .isEqualTo(new TableConfig.Control(
                        URI.create("https://c.test:9900"),
                        null,
                        TableConfig.Control.REPORTS,
                        null,
                        new UpstreamTls("/etc/laneway/ca.pem", null, "/c.pem", "/etc/laneway/k.pem", true)));
        for (String wrong : List.of(
                "{file: lanes.yaml, " + tls,
                "{control: \"http://c.test:9900\", " + tls,
                "{control: \"https://c.test:9900\", tls: {certificate: c.pem}}",
                "{control: \"https://c.test:9900\", tls: {verify: false}}")) {
            assertThat(read(small + "table: " + wrong).problems())
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .contains("table.tls");
        }
    }

    @Test
    void aDraftIsWhatCouldBeMadeOfADocumentWithProblems() {
        String listener = "{name: a, address: \"127.0.0.1:0\", trust: internal}";
        ConfigReader.Result odd = read("listeners: [" + listener + "]\ntable: {file: lanes.yaml}\ncolour: red\n");
        assertThat(odd.config()).isNull();
        assertThat(odd.draft()).isNotNull();
        assertThat(read("listeners: [" + listener + ", {name: b}]\ntable: {file: lanes.yaml}\n")
                        .draft())
                .as("places of listeners would be others than in the document")
                .isNull();
    }

    @Test
    void fillsInDefaults() {
        GatewayConfig config = read(SMALL).orThrow();

        assertThat(config)
                .isEqualTo(GatewayConfig.of(
                        "web1-8080",
                        List.of(ListenerConfig.of("edge", new Address("0.0.0.0", 8080), Trust.EXTERNAL)),
                        new TableConfig.File(Path.of("/etc/laneway/lanes.yaml"))));
    }

    @Test
    void readsEveryKey() {
        GatewayConfig config = read("""
            id: gw-1
            listeners:
              - name: sidecar
                address: "[::1]:15001"
                trust: internal
                lanes: false
                defaultLane: f-1
                service: order
                unknownHost: refuse
                tls:
                  certificates: [{certificate: server.pem, privateKey: /keys/server.key}]
                  clientCa: ca.pem
                  minVersion: "1.3"
                  ocspStapling: true
                proxyProtocol: true
                trustedHops: 2
                paths: {normalise: false, mergeSlashes: true, encodedSlashes: reject, underscores: drop}
            admin: {address: "127.0.0.1:1", probes: "0.0.0.0:2"}
            table: {kafka: {servers: "k:9092", topic: t, properties: {security.protocol: SSL}}}
            data: /var/lib/laneway
            threads: 4
            transport: io_uring
            accessLog: {format: json, path: access.log}
            timeouts: {head: 1s, body: 2s, idle: 3s, drain: 4s}
            limits: {headBytes: 1024, uriBytes: 512, headers: 20, connections: 7}
            headers: {decision: false, via: true, server: true, requestId: false}
            overload: {maxRequests: 9, memory: 80%, loopLag: 500ms}
            drain: {delay: 5s, idle: 1s, handover: run/handover.sock}
            requests: {remembered: 1000}
            zone: eu-1a
            stickySecret: correct horse battery
            errorPages:
              default: {404: pages/404.html, 5xx: /srv/sorry.html}
              services: {shop: {503: pages/shop.html}}
            filters: {path: filters}
            rates: {redis: ["rediss://r1:6379", "rediss://r2:6379"], user: gw, passwordFile: redis.password,
                    ca: ca.pem, prefix: shop, timeout: 10ms, failure: deny}
            recordings: {s3: {bucket: rec, endpoint: "https://minio:9000", region: eu-1, prefix: shop, accessKey: a,
                    secretKey: s, ca: ca.pem}}
            """).orThrow();

        assertThat(config)
                .isEqualTo(new GatewayConfig(
                        "gw-1",
                        List.of(new ListenerConfig(
                                "sidecar",
                                new Address("::1", 15001),
                                Trust.INTERNAL,
                                false,
                                "f-1",
                                "order",
                                UnknownHost.REFUSE,
                                new TlsConfig(
                                        List.of(new TlsConfig.Certificate(
                                                Path.of("/etc/laneway/server.pem"), Path.of("/keys/server.key"))),
                                        Path.of("/etc/laneway/ca.pem"),
                                        TlsConfig.Version.V1_3,
                                        true),
                                true,
                                2,
                                new PathConfig(
                                        false, true, PathConfig.EncodedSlashes.REJECT, PathConfig.Underscores.DROP))),
                        new AdminConfig(new Address("127.0.0.1", 1), new Address("0.0.0.0", 2)),
                        new TableConfig.Kafka("k:9092", "t", Map.of("security.protocol", "SSL")),
                        Path.of("/var/lib/laneway"),
                        4,
                        Transport.IO_URING,
                        new AccessLogConfig(
                                AccessLogConfig.Format.JSON,
                                AccessLogConfig.Target.FILE,
                                Path.of("/etc/laneway/access.log")),
                        new TimeoutsConfig(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4)),
                        new LimitsConfig(1024, 512, 20, 7),
                        new HeadersConfig(false, true, true, false),
                        new OverloadConfig(9, 0.8, Duration.ofMillis(500)),
                        new DrainConfig(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1),
                                Path.of("/etc/laneway/run/handover.sock")),
                        new RequestsConfig(1000),
                        null,
                        new BalancingConfig("eu-1a", "correct horse battery"),
                        new ErrorPagesConfig(
                                Map.of(
                                        "404",
                                        Path.of("/etc/laneway/pages/404.html"),
                                        "5xx",
                                        Path.of("/srv/sorry.html")),
                                Map.of("shop", Map.of("503", Path.of("/etc/laneway/pages/shop.html")))),
                        Path.of("/etc/laneway/filters"),
                        new RatesConfig(
                                List.of("rediss://r1:6379", "rediss://r2:6379"),
                                true,
                                new RatesConfig.Login("gw", "", Path.of("/etc/laneway/redis.password")),
                                new RatesConfig.Files(Path.of("/etc/laneway/ca.pem"), null, null),
                                "shop",
                                Duration.ofMillis(10),
                                RatesConfig.Failure.DENY),
                        new RecordingsConfig(
                                new RecordingsConfig.S3(
                                        "rec",
                                        URI.create("https://minio:9000"),
                                        "eu-1",
                                        "shop/",
                                        true,
                                        new RecordingsConfig.Login("a", "s", "", null),
                                        Path.of("/etc/laneway/ca.pem")),
                                null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default: {200: a.html}",
                "default: {3xx: a.html}",
                "default: {50x: a.html}",
                "default: {600: a.html}",
                "default: {404: [a.html]}",
                "services: {shop: {all: a.html}}",
                "services: {shop: a.html}",
                "pages: {404: a.html}"
            })
    void errorPagesAreForStatusesOfErrorsAndTheirClasses(String pages) {
        assertThat(read(SMALL + "errorPages: {" + pages + "}\n").problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains("errorPages").contains("expected"));
    }

    @Test
    void readsKubernetesAsSource() {
        assertThat(read(SMALL.replace("{file: lanes.yaml}", "{kubernetes: {namespaces: [a, b], settings: {x: 1}}}"))
                        .orThrow()
                        .table())
                .isEqualTo(new TableConfig.Kubernetes(List.of("a", "b"), Map.of("x", "1")));
    }

    @Test
    void filesOfClientsAreInTheDirectoryOfTheConfiguration() {
        String kubernetes =
                "{kubernetes: {settings: {file: lanes.yaml, kubeconfig: k/config, ca: /ca.pem, url: 'https://k'}}}";
        assertThat(read(SMALL.replace("{file: lanes.yaml}", kubernetes))
                        .orThrow()
                        .table())
                .isEqualTo(new TableConfig.Kubernetes(
                        List.of(),
                        Map.of(
                                "file", "/etc/laneway/lanes.yaml",
                                "kubeconfig", "/etc/laneway/k/config",
                                "ca", "/ca.pem",
                                "url", "https://k")));

        String kafka = "{servers: 'k:9092', properties: {ssl.truststore.location: ca.jks, client.id: ca.jks}}";
        Map<String, String> properties =
                Map.of("ssl.truststore.location", "/etc/laneway/ca.jks", "client.id", "ca.jks");
        GatewayConfig config = read(SMALL.replace("{file: lanes.yaml}", "{kafka: " + kafka + "}")
                        + "recordings: {kafka: " + kafka + "}\n")
                .orThrow();
        assertThat(config.table()).isEqualTo(new TableConfig.Kafka("k:9092", "laneway-table", properties));
        assertThat(config.recordings())
                .isEqualTo(new RecordingsConfig(
                        null, new RecordingsConfig.Kafka("k:9092", "laneway-recordings", properties)));
    }

    @Test
    void turnsTheAccessLogOffEitherWay() {
        assertThat(read(SMALL + "accessLog: off\n").orThrow().accessLog()).isEqualTo(AccessLogConfig.OFF);
        assertThat(read(SMALL + "accessLog: {path: off}\n").orThrow().accessLog())
                .isEqualTo(AccessLogConfig.OFF);
    }

    @Test
    void aSidecarOutsideOfLanesHasNoDefaultLane() {
        GatewayConfig config = read(SMALL.replace(
                        "8080\"}", "8080\", trust: internal, defaultLane: \"${LANEWAY_LANE:-}\"}"))
                .orThrow();

        assertThat(config.listeners().get(0).defaultLane()).isNull();
    }

    @Test
    void reportsEveryProblemAtOnceWithItsLine() {
        assertThat(problems("""
            listeners:
              - {name: edge, address: "nowhere", trust: maybe}
              - {address: "0.0.0.0:1", tls: {certificates: []}, colour: red}
            table: {file: lanes.yaml, control: "http://x:1"}
            threads: 0
            accessLog: {format: xml}
            limits: {headBytes: 1}
            timeouts: {head: 10 parsecs}
            overload: {memory: 120%}
            unknown: 1
            """))
                .anySatisfy(p ->
                        assertThat(p).startsWith(FILE + ":2: listeners[0].address: 'nowhere' (expected: host:port"))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":2: listeners[0].trust: "))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":3: listeners[1].name: missing"))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":3: listeners[1].tls"))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":3: listeners[1].colour: unknown key"))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":4: table: "))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":5: threads: the number 0 (expected: auto or 1 to"))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":6: accessLog.format: "))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":7: limits.headBytes: "))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":8: timeouts.head: "))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":9: overload.memory: "))
                .anySatisfy(p -> assertThat(p).startsWith(FILE + ":10: unknown: unknown key"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{file: lanes.yaml} | {} | table",
                "{file: lanes.yaml} | {file: a, token: b} | table.token",
                "{file: lanes.yaml} | {control: 'ftp://x'} | table.control",
                "{file: lanes.yaml} | {kafka: {topic: t}} | table.kafka.servers",
                "{file: lanes.yaml} | [1] | table",
                "table: {file: lanes.yaml} | data: d | table",
                "8080\"} | 8080\", defaultLane: f-1} | listeners[0].defaultLane",
                "8080\"} | 80800\"} | listeners[0].address",
                "8080\"} | 8080\", trustedHops: -1} | listeners[0].trustedHops",
                "8080\"} | 8080\", lanes: perhaps} | listeners[0].lanes",
                "8080\"} | 8080\", paths: {encodedSlashes: eat}} | listeners[0].paths.encodedSlashes",
                "8080\"} | 8080\", tls: {certificates: [{certificate: c}]}} |"
                        + " listeners[0].tls.certificates[0].privateKey",
            })
    void namesThePlaceOfAWrongValue(String from, String to, String path) {
        assertThat(read(SMALL.replace(from, to)).problems())
                .anyMatch(problem -> problem.path().equals(path));
    }

    /** Where the value may be missing by accident, and nothing would be less strict than what was meant. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwt: | listeners[0].jwt | a mapping, or off",
                "jwt: null | listeners[0].jwt | a mapping, or off",
                "auth: ~ | listeners[0].auth | a mapping, or off",
                "access: | listeners[0].access | a mapping, or off",
                "access: {allow: , deny: [10.0.0.0/8]} | listeners[0].access.allow | a value, or no such key",
                "jwt: {issuers: [], require: } | listeners[0].jwt.require | a value, or no such key",
                "jwt: {issuers: [{issuer: a, jwks: f, audiences: }]} | listeners[0].jwt.issuers[0].audiences | a"
                        + " value, or no such key",
                "auth: {grpc: 'a:1', require: null} | listeners[0].auth.require | a value, or no such key",
                "tls: | listeners[0].tls | a mapping",
                "tls: {certificates: [{certificate: c, privateKey: k}], clientCa: } | listeners[0].tls.clientCa | a"
                        + " value, or no such key",
                "filters: | listeners[0].filters | a list of filters",
                "lanes: | listeners[0].lanes | true, false or signed",
                "trust: | listeners[0].trust | one of external, internal",
                "entry: | listeners[0].entry | a mapping",
                "memory: | listeners[0].memory | a mapping",
                "paths: | listeners[0].paths | a mapping",
                "proxyProtocol: | listeners[0].proxyProtocol | true or false"
            })
    void aBlockWithoutAValueIsNeverOff(String block, String path, String expected) {
        String document = SMALL.replace("\"}", "\"\n     , " + block + "}");
        assertThat(read(document).problems())
                .anyMatch(problem ->
                        problem.path().equals(path) && problem.expected().equals(expected) && problem.line() == 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rates", "limits", "timeouts", "overload", "drain", "tracing", "errorPages", "headers", "admin"})
    void aBlockOfTheGatewayWithoutAValueIsAProblem(String key) {
        assertThat(read(SMALL + key + ":\n").problems()).first().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(key);
            assertThat(problem.what()).isEqualTo("no value");
            assertThat(problem.expected()).startsWith("a mapping");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt: off", "auth: off", "access: off", "tls: null", "tls: off"})
    void offMayBeWritten(String block) {
        assertThat(read(SMALL.replace("\"}", "\", " + block + "}")).problems()).isEmpty();
    }

    @Test
    void aVariableThatIsEmptyTurnsNothingOffButTexts() {
        String document = """
            listeners:
              - name: edge
                address: "0.0.0.0:8080"
                defaultLane: ${NOTHING:-}
                access: ${NOTHING:-}
            table: {file: lanes.yaml}
            zone: ${NOTHING:-}
            """;
        assertThat(read(document).problems())
                .last()
                .hasToString(
                        "/etc/laneway/laneway.yaml:5: listeners[0].access: no value (expected: a mapping, or off)");
    }

    @Test
    void aVariableThatIsNotSetIsAProblem() {
        assertThat(problems(SMALL + "id: ${NOBODY_SET_THIS}\n"))
                .anyMatch(problem -> problem.contains("NOBODY_SET_THIS is not set"));
    }

    @Test
    void twoListenersOfOneNameAreAProblem() {
        assertThat(problems(SMALL.replace("table", "  - {name: edge, address: \"0.0.0.0:1\"}\ntable")))
                .singleElement()
                .asString()
                .contains("listeners", "two named edge");
    }

    @Test
    void whatIsNoDocumentIsOneProblem() {
        assertThat(problems("listeners: [")).isNotEmpty();
        assertThat(problems("")).isNotEmpty();
        assertThatThrownBy(() -> read("[]").orThrow()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsAFileAndTellsIfThereIsNone(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("laneway.yaml");
        assertThat(ConfigReader.read(file, Map.of()).problems())
                .singleElement()
                .asString()
                .contains("does not exist");

        Files.writeString(file, SMALL);
        assertThat(ConfigReader.read(file, Map.of()).orThrow().id()).isEqualTo("gateway-8080");
    }

    @Test
    void ratesAreCountedByRedisOnly() {
        String small = "listeners: [{name: a, address: \"127.0.0.1:0\", trust: internal}]\ntable: {file: x}\nrates: ";
        assertThat(read(small + "{redis: [\"redis://r:6379\"]}").orThrow().rates())
                .isEqualTo(new RatesConfig(
                        List.of("redis://r:6379"),
                        false,
                        RatesConfig.Login.NONE,
                        RatesConfig.Files.NONE,
                        "laneway",
                        Duration.ofMillis(20),
                        RatesConfig.Failure.SHARE));
        for (String wrong : List.of(
                "{}",
                "{redis: []}",
                "{redis: [\"http://user:s3cret@r:1\"]}",
                "{redis: [\"redis://r\"], timeout: 2s}",
                "{redis: [\"redis://r\"], certificate: c.pem}",
                "{redis: [\"redis://r\"], password: p, passwordFile: f}")) {
            assertThat(read(small + wrong).problems())
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .contains("rates")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void secretsDoNotShowInToString() {
        assertThat(new RatesConfig(
                                List.of("redis://u:s3cret@r:6379"),
                                false,
                                new RatesConfig.Login("", "s3cret", null),
                                RatesConfig.Files.NONE,
                                "p",
                                Duration.ofMillis(1),
                                RatesConfig.Failure.ALLOW)
                        .toString())
                .doesNotContain("s3cret");
        assertThat(new TableConfig.Control(URI.create("http://x:1"), "s3cret").toString())
                .doesNotContain("s3cret");
        assertThat(new TableConfig.Kafka("k:1", "t", Map.of("sasl.jaas.config", "s3cret")).toString())
                .doesNotContain("s3cret");
    }

    @Test
    void transparentListenersAreInternalAndReadNothingBeforeTheConnection() {
        GatewayConfig config = read("""
            listeners:
              - {name: out, address: "[::]:15001", trust: internal, transparent: {direction: outbound}}
              - {name: in, address: "[::]:15006", trust: internal, transparent: {direction: inbound, detect: 1s, idle: 5m}}
            table: {file: lanes.yaml}
            """).orThrow();
        assertThat(config.listeners().get(0).transparent())
                .isEqualTo(new TransparentConfig(
                        TransparentConfig.Direction.OUTBOUND, Duration.ofMillis(200), Duration.ofHours(1)));
        assertThat(config.listeners().get(1).transparent())
                .isEqualTo(new TransparentConfig(
                        TransparentConfig.Direction.INBOUND, Duration.ofSeconds(1), Duration.ofMinutes(5)));
        assertThat(config.listeners().get(1).traits().local()).isTrue();
        assertThat(problems("""
            listeners:
              - {name: a, address: ":1", transparent: {direction: outbound}}
              - {name: b, address: ":2", trust: internal, transparent: {idle: 5m}}
              - {name: c, address: ":3", trust: internal, proxyProtocol: true, transparent: {direction: inbound}}
              - {name: d, address: ":4", trust: internal, transparent: {direction: both}}
              - {name: e, address: ":5", trust: internal, transparent: {direction: outbound, detect: 5m}}
            table: {file: lanes.yaml}
            """))
                .anyMatch(line -> line.contains("transparent: on an external listener (expected: trust: internal)"))
                .anyMatch(line -> line.contains("direction: missing (expected: inbound or outbound)"))
                .anyMatch(line -> line.contains("detect: PT5M (expected: 1ms to 1m)"))
                .anyMatch(line -> line.contains("transparent: on a listener with proxyProtocol"))
                .anyMatch(line -> line.contains("'both' (expected: one of inbound, outbound)"));
    }
}
