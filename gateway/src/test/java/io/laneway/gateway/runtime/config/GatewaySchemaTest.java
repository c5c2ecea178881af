package io.laneway.gateway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published JSON Schema of {@code laneway.yaml} says what the reader takes. */
class GatewaySchemaTest {

    private static final Path FILE = Path.of("src/main/resources/io/laneway/gateway/schema/gateway.json");
    private static final Pattern KEY = Pattern.compile("fields\\.\\w+\\(\\s*\"(\\w+)\"");

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonNode document;
    private final JsonSchema schema;

    GatewaySchemaTest() throws IOException {
        document = mapper.readTree(Files.readAllBytes(FILE));
        schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document);
    }

    private JsonNode tree(String yaml) {
        return mapper.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private static ConfigReader.Result read(String yaml) {
        return ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8), Path.of("laneway.yaml"), Map.of());
    }

    @Test
    void everyKeyThatTheReaderTakesIsInTheSchema() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/laneway/gateway/runtime/config"))) {
            for (Path file : files.filter(each -> each.toString().matches(".*Forms?\\.java"))
                    .toList()) {
                Matcher key = KEY.matcher(Files.readString(file));
                while (key.find()) {
                    keys.add(key.group(1));
                }
            }
        }
        Set<String> names = new TreeSet<>();
        for (JsonNode parent : document.findParents("properties")) {
            parent.get("properties").fieldNames().forEachRemaining(names::add);
        }

        assertThat(keys).hasSizeGreaterThan(40);
        assertThat(names).containsExactlyInAnyOrderElementsOf(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                listeners: [{name: edge, address: ":8080"}]
                table: {file: lanes.yaml}
                """, """
                id: edge-1
                listeners:
                  - {name: edge, address: "[::]:8443", trust: external, lanes: false, trustedHops: 1, proxyProtocol: true,
                     tls: {certificates: [{certificate: a.pem, privateKey: a.key}], clientCa: ca.pem, minVersion: "1.3"}}
                  - {name: outbound, address: "127.0.0.1:15001", trust: internal, defaultLane: f-1, unknownHost: refuse, tls: null}
                admin: {address: "127.0.0.1:9901", probes: ":9902"}
                table: {control: "http://127.0.0.1:9900", token: t}
                data: ./data
                threads: 4
                transport: io_uring
                accessLog: off
                timeouts: {head: 5s, body: off, idle: 1m, drain: 10s}
                limits: {headBytes: 65536, connections: 1000}
                headers: {decision: false, via: true, requestId: false}
                requests: {remembered: 4096}
                overload: {memory: 90%, loopLag: 1s}
                drain: {delay: 1s, handover: /run/laneway.sock}
                tracing:
                  otlp: "http://collector:4317"
                  protocol: grpc
                  sampler: {ratio: "0.25%", parent: false, reasons: [fallback_unready, loop]}
                  propagators: [tracecontext, b3, b3multi]
                """, """
                listeners:
                  - name: edge
                    address: ":8080"
                    jwt: {issuers: [{issuer: "https://id.example.com", audiences: [shop], jwks: "https://id.example.com/jwks.json"},
                                    {issuer: other, jwks: keys/other.json, types: [at+jwt], refresh: 1m}],
                          require: true, headers: {x-user: sub}, forward: false, skew: 1m, timeout: 2s, failure: allow}
                table: {file: lanes.yaml}
                errorPages: {default: {404: pages/404.html, 5xx: sorry.html}, services: {shop: {"503": closed.html}}}
                """, """
                listeners:
                  - name: edge
                    address: ":8080"
                    auth: {grpc: "127.0.0.1:9191", timeout: 200ms, cache: 60s, stale: 5m, cacheKey: [host, path],
                           include: {headers: [authorization], body: 8KiB, partial: true}, failure: allow, status: 503,
                           upstreamHeaders: [x-user], context: {realm: shop}}
                  - name: inside
                    address: ":8081"
                    trust: internal
                    auth: {http: "https://127.0.0.1:4180", pathPrefix: /check, tls: {ca: ca.pem}, require: false,
                           cache: off, clientHeaders: [x-why], responseHeaders: [set-cookie], include: {body: off}}
                table: {file: lanes.yaml}
                """, """
                filters: {path: filters}
                listeners:
                  - name: edge
                    address: ":8080"
                    filters:
                      - {filter: api-keys, name: keys, timeout: 200ms, failure: allow, warnAfter: 5ms, services: [a.shop],
                         paths: [/api], settings: {keys: [a, 1], deep: {yes: true, half: 0.5}}}
                      - {filter: other}
                table: {file: lanes.yaml}
                """})
    void whatTheReaderTakesIsValid(String yaml) {
        assertThat(read(yaml).problems()).isEmpty();
        assertThat(schema.validate(tree(yaml))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listeners: []\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\"}]",
                "listeners: [{name: e, address: \":80\", trust: stranger}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x, kafka: {servers: y}}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\nthreads: many",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\nrequests: {remembered: all}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\ntimeouts: {idle: forever}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\ntracing: {protocol: http/json}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\ntracing: {otlp: \"collector:4318\"}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\ntracing: {sampler: {reasons: [slow]}}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\ntracing: {propagators: [jaeger]}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\nerrorPages: {default: {200: a.html}}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\nerrorPages: {services: {shop: {5: a.html}}}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\nerrorPages: {404: a.html}",
                "listeners: [{name: e, adress: \":80\"}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", jwt: {}}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", jwt: {issuers: []}}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", jwt: {issuers: [{issuer: i}]}}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", jwt: {issuers: [{issuer: i, jwks: f, aud: [x]}]}}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\nfilters: {}",
                "listeners: [{name: e, address: \":80\", filters: [{}]}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", filters: [{filter: a b}]}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", filters: [{filter: a, paths: [b]}]}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", filters: [{filter: a, settings: [b]}]}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", auth: {}}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", auth: {grpc: \"a:1\", http: \"http://a:1\"}}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", auth: {grpc: \"a:1\", failure: open}}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", auth: {grpc: \"a:1\", cacheKey: [port]}}]\ntable: {file: x}",
                "listeners: [{name: e, address: \":80\", auth: {grpc: \"a:1\", include: {body: much}}}]\ntable: {file: x}"
            })
    void bothRefuseWhatIsWrong(String yaml) {
        assertThat(read(yaml).problems()).isNotEmpty();
        assertThat(schema.validate(tree(yaml))).isNotEmpty();
    }
}
