package io.laneway.cli.redirect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.testkit.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that know nothing of proxies, each with a gateway in a network namespace of its own, as in pods: a JVM, Node and Go
 * keep their lane over three hops, and what is not HTTP comes through as it is.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TransparentSidecarIT {

    private static final String TRACE = "traceparent: 00-0af7651916cd43dd8448eb211c8%05d-b7ad6b7169203331-01";
    private static final String SERVERS = "Servers that speak first";

    /** Addresses of services, as a cluster has them: no one is there. */
    private static final String HOSTS = """
        10.96.0.1 order
        10.96.0.2 stock
        10.96.0.3 price
        10.96.0.4 tax
        10.77.0.9 secure.example.com routed.example.com
        """;

    private static final String TABLE = """
        schema: 1
        lanes: [{name: f-1}, {name: f-2}]
        services:
          - name: order
            deployments: [{lane: master, endpoints: ["10.77.0.1:8080"]}]
          - name: stock
            deployments: [{lane: master, endpoints: ["10.77.0.2:8080"]}]
          - name: price
            deployments:
              - {lane: master, endpoints: ["10.77.0.3:8080"]}
              - {lane: f-1, endpoints: ["10.77.0.4:8080"]}
          - name: tax
            deployments:
              - {lane: master, endpoints: ["10.77.0.9:8080"]}
              - {lane: f-2, endpoints: ["10.77.0.8:8080"]}
          - name: secure
            deployments: [{lane: master, endpoints: ["10.77.0.8:8443"]}]
        routes:
          - {hosts: [routed.example.com], path: /, match: {tls: true}, service: secure}
        """;

    private static final String GATEWAY = """
        listeners:
          - {name: outbound, address: "[::]:15001", trust: internal, transparent: {direction: outbound}}
          - {name: inbound, address: "[::]:15006", trust: internal, transparent: {direction: inbound}}
        admin: {address: "127.0.0.1:9901"}
        table: {file: lanes.yaml}
        threads: 2
        overload: {memory: 100%, loopLag: 1h}
        """;

    @TempDir
    static Path directory;

    private final Map<Integer, Namespace> pods = new LinkedHashMap<>();
    private final List<Process> gateways = new ArrayList<>();
    private Namespace bridge;
    private int traces;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        String missing = Namespace.missing();
        assumeTrue(missing.isEmpty(), missing);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String file : List.of("Order.java", "stock.mjs", "price.go", "price.mjs", "outside.mjs")) {
            try (InputStream in = getClass().getResourceAsStream("/transparent/" + file)) {
                Files.copy(Objects.requireNonNull(in), directory.resolve(file));
            }
        }
        Files.writeString(directory.resolve("lanes.yaml"), TABLE);
        Files.writeString(directory.resolve("laneway.yaml"), GATEWAY);
        certificate();
        bridge = Namespace.bridge("lw" + ProcessHandle.current().pid(), directory);
        pod(9).startUser("ready", "node", "outside.mjs", "master");
        pod(8).startUser("ready", "node", "outside.mjs", "f-2");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        sidecar(1, "auto").startUser("ready", java, "-Xmx64m", "-XX:+UseSerialGC", "Order.java", "master");
        sidecar(2, "io_uring").startUser("ready", "node", "stock.mjs", "master");
        String[] price = price();
        sidecar(3, "epoll").startUser("ready", with(price, "master"));
        sidecar(4, "auto").startUser("ready", with(price, "f-1"));
    }

    private void certificate() throws IOException, InterruptedException {
        Programs.Ended made = Programs.run(
                directory,
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=secure.example.com",
                        "-addext",
                        "subjectAltName=DNS:secure.example.com,DNS:routed.example.com"));
        assertThat(made.exit()).as(made.output()).isZero();
        Files.setPosixFilePermissions(directory.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** In Go where there is its compiler, else in Node by another client than the one before it. */
    private String[] price() throws IOException, InterruptedException {
        if (!Programs.has("go")) {
            return new String[] {"node", "price.mjs"};
        }
        Programs.Ended built = Programs.run(
                directory,
                List.of("env", "GOCACHE=" + directory.resolve("go"), "GO111MODULE=off", "go", "build", "price.go"));
        assertThat(built.exit()).as(built.output()).isZero();
        return new String[] {"./price"};
    }

    private static String[] with(String[] command, String lane) {
        List<String> words = new ArrayList<>(List.of(command));
        words.add(lane);
        return words.toArray(String[]::new);
    }

    private Namespace pod(int n) {
        Namespace pod = Namespace.at(bridge, n, directory, HOSTS);
        pods.put(n, pod);
        return pod;
    }

    private Namespace sidecar(int n, String transport) throws IOException, InterruptedException {
        Namespace pod = pod(n);
        Path config = directory.resolve("laneway-" + n + ".yaml");
        Files.writeString(config, GATEWAY + "transport: " + transport + "\n");
        gateways.add(pod.startRoot("gateway started", laneway("gateway", "-c", config.toString())));
        redirect(pod, "install", "--uid", "0");
        return pod;
    }

    private static void redirect(Namespace pod, String... words) {
        List<String> command = laneway("redirect");
        command.addAll(List.of(words));
        Programs.Ended ended = pod.root(command);
        assertThat(ended.exit()).as(ended.output()).isZero();
    }

    private static List<String> laneway(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.laneway.cli.Main"));
        command.addAll(List.of(words));
        return command;
    }

    @AfterAll
    void stop() {
        pods.values().forEach(Namespace::close);
        if (bridge != null) {
            bridge.close();
        }
    }

    private Namespace at(int n) {
        return Objects.requireNonNull(pods.get(n));
    }

    private String ask(Namespace from, String url, String... headers) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "10", url));
        for (String header : headers) {
            command.add("-H");
            command.add(header);
        }
        return from.user(command.toArray(String[]::new));
    }

    private String trace() {
        traces++;
        return TRACE.formatted(traces);
    }

    private long metric(Namespace pod, String series) {
        return pod.root(List.of("curl", "-sS", "http://127.0.0.1:9901/metrics"))
                .output()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }

    @Test
    void programsThatKnowNothingOfProxiesKeepTheirLaneOverThreeHops() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(at(9), "http://10.77.0.1:8080/", "trace-branch: f-1", trace()))
                    .as(at(1).said())
                    .isEqualTo("order@master > stock@master > price@f-1 > master tax:8080 lane=f-1 sni=-");
            assertThat(ask(at(9), "http://10.77.0.1:8080/", "trace-branch: f-2", trace()))
                    .isEqualTo("order@master > stock@master > price@master > f-2 tax:8080 lane=f-2 sni=-");
            assertThat(ask(at(9), "http://10.77.0.1:8080/", trace()))
                    .isEqualTo("order@master > stock@master > price@master > master tax:8080 lane=- sni=-");
        }
    }

    @Test
    void aHostThatNoTableKnowsIsReachedWhereTheConnectionWasGoing() {
        assertThat(ask(at(1), "http://10.77.0.9:8000/", "host: lies.example.com", "trace-branch: f-1"))
                .isEqualTo("master lies.example.com lane=f-1 sni=-");
        assertThat(ask(at(3), "http://10.77.0.8:8000/", "host: lies.example.com"))
                .isEqualTo("f-2 lies.example.com lane=- sni=-");
    }

    @Test
    void addressesOfIpv6AreRedirectedAsWell() {
        assertThat(ask(at(1), "http://[fd77::9]:8000/")).isEqualTo("master [fd77::9]:8000 lane=- sni=-");
        assertThat(ask(at(3), "http://[fd66::1]/", "host: tax", "trace-branch: f-2"))
                .isEqualTo("f-2 tax lane=f-2 sni=-");
        assertThat(ask(at(9), "http://[fd77::3]:8080/", trace()))
                .isEqualTo("price@master > master tax:8080 lane=- sni=-");
    }

    @Test
    void http2ByPriorKnowledgeIsReadAsWell() {
        assertThat(at(1).user(
                                "curl",
                                "-sS",
                                "--max-time",
                                "10",
                                "--http2-prior-knowledge",
                                "-H",
                                "trace-branch: f-2",
                                "http://tax:8080/"))
                .isEqualTo("f-2 tax:8080 lane=f-2 sni=-");
    }

    @Test
    void tlsComesThroughAsItIs() throws IOException {
        for (int pod : new int[] {1, 2, 3}) {
            String opened = "laneway_passthrough_connections_opened_total{listener=\"outbound\",protocol=\"tls\"}";
            long before = metric(at(pod), opened);
            assertThat(at(pod).user(
                                    "curl",
                                    "-sS",
                                    "--max-time",
                                    "10",
                                    "--cacert",
                                    "cert.pem",
                                    "https://secure.example.com:8443/"))
                    .as(at(pod).said())
                    .isEqualTo("master secure.example.com:8443 lane=- sni=secure.example.com");
            assertThat(metric(at(pod), opened)).isEqualTo(before + 1);
        }
    }

    @Test
    void tlsFollowsARouteByTheNameOfItsServer() throws IOException {
        assertThat(at(1).user(
                                "curl",
                                "-sS",
                                "--max-time",
                                "10",
                                "--cacert",
                                "cert.pem",
                                "https://routed.example.com:8443/"))
                .as(at(1).said())
                .isEqualTo("f-2 routed.example.com:8443 lane=- sni=routed.example.com");
    }

    @Test
    void aServerMaySpeakFirst() throws IOException {
        for (int pod : new int[] {1, 2, 3}) {
            assertThat(at(pod).user("bash", "-c", """
                exec 3<>/dev/tcp/10.77.0.9/2525
                read -r greeting <&3
                echo "$greeting"
                echo hello >&3
                read -r reply <&3
                echo "$reply"
                """))
                    .as(SERVERS + at(pod).said())
                    .isEqualToNormalizingNewlines("220 ready\n250 ok\n");
        }
    }

    /** Both ends may end their direction alone, and a lot may pass before that. */
    @ParameterizedTest
    @ValueSource(ints = {500_000, 3_000_000, 20_000_000})
    void manyBytesAndTheEndsOfDirectionsComeThrough(int bytes) {
        for (int pod : new int[] {2, 3}) {
            assertThat(at(pod).user("node", "-e", """
                const s = require('net').connect({host: '10.77.0.9', port: 2525, allowHalfOpen: true});
                let all = '';
                s.on('data', d => (all += d)).on('end', () => { console.log(all); process.exit(); });
                s.once('data', () => s.end('x'.repeat(%d)));
                """.formatted(bytes)))
                    .contains("220 ready")
                    .contains("got " + bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GE", "GET /"})
    void aClientThatPausesIsStillReadAsHttp(String before) {
        String request = "GET / HTTP/1.1\\r\\nhost: tax\\r\\ntrace-branch: f-2\\r\\nconnection: close\\r\\n\\r\\n";
        assertThat(at(1).user("bash", "-c", """
            exec 3<>/dev/tcp/10.96.0.4/8080 || exit
            printf '%s' >&3
            sleep 0.6
            printf '%s' >&3
            cat <&3
            """.formatted(before, request.substring(before.length()))))
                .contains("f-2 tax lane=f-2");
    }

    @Test
    void aClientThatStopsWhereARequestMayHaveBegunIsPassedOnAtLastAndCounted() {
        assertThat(at(2).user(
                                "bash",
                                "-c",
                                "exec 3<>/dev/tcp/10.77.0.9/2525; printf GE >&3; read -r line <&3; echo \"$line\""))
                .startsWith("220 ready");
        assertThat(metric(at(2), "laneway_passthrough_connections_undecided_total{listener=\"outbound\"}"))
                .isEqualTo(1);
    }

    @Test
    void aDestinationThatIsNotThereEndsTheConnection() {
        assertThat(at(3).user("bash", "-c", "exec 3<>/dev/tcp/10.77.0.9/2526; read -r line <&3; echo \"end $line\""))
                .contains("end ");
        assertThat(metric(at(3), "laneway_passthrough_failures_total{listener=\"outbound\"}"))
                .isPositive();
    }

    @Test
    void aConnectionToTheListenersOwnPortIsRefused() throws IOException {
        String refused = "laneway_downstream_offences_total{kind=\"loop\",listener=\"outbound\"}";
        assertThat(ask(at(2), "http://127.0.0.1:15001/")).contains("curl: (");
        assertThat(ask(at(9), "http://10.77.0.2:15006/")).contains("curl: (");
        assertThat(metric(at(2), refused)).isPositive();
        assertThat(at(2).said()).contains("a connection was made to the port of the listener itself");
    }

    @Test
    void theGatewaysOwnConnectionsAreRefusedWhereTheRulesRedirectThem() throws IOException, InterruptedException {
        Namespace pod = pod(5);
        pod.startRoot(
                "gateway started",
                laneway("gateway", "-c", directory.resolve("laneway.yaml").toString()));
        redirect(pod, "install", "--uid", "4711");

        assertThat(ask(pod, "http://10.77.0.9:8000/")).contains("\"status\":50");
        assertThat(pod.user("bash", "-c", "exec 3<>/dev/tcp/10.77.0.9/2525; read -r line <&3; echo \"end $line\""))
                .isEqualTo("end \n");
        assertThat(pod.said()).contains("connections of the gateway itself are redirected to it");

        redirect(pod, "install", "--uid", "0");
        assertThat(ask(pod, "http://10.77.0.9:8000/")).isEqualTo("master 10.77.0.9:8000 lane=- sni=-");
        redirect(pod, "remove");
        redirect(pod, "remove");
        assertThat(pod.root(List.of("nft", "list", "ruleset")).output()).doesNotContain("laneway");
    }

    @Test
    void whatIsLeftOutIsNotRedirected() throws IOException, InterruptedException {
        Namespace pod = pod(6);
        pod.startRoot(
                "gateway started",
                laneway("gateway", "-c", directory.resolve("laneway.yaml").toString()));
        redirect(
                pod,
                "install",
                "--uid",
                "0",
                "--exclude-outbound-ports",
                "8000",
                "--exclude-cidrs",
                "10.77.0.8,fd77::8");
        String accepted = "laneway_downstream_connections_accepted_total{listener=\"outbound\"}";

        assertThat(ask(pod, "http://10.77.0.9:8000/", "host: tax", "trace-branch: f-2"))
                .startsWith("master ");
        assertThat(ask(pod, "http://10.77.0.8:8080/", "host: tax")).startsWith("f-2 ");
        assertThat(ask(pod, "http://[fd77::8]:8080/", "host: tax")).startsWith("f-2 ");
        assertThat(metric(pod, accepted)).isZero();
        assertThat(ask(pod, "http://10.77.0.9:8080/", "host: tax", "trace-branch: f-2"))
                .startsWith("f-2 ");
        assertThat(metric(pod, accepted)).isEqualTo(1);
    }
}
