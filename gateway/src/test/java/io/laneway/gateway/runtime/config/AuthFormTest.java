package io.laneway.gateway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.AuthConfig.Authorizer;
import io.laneway.gateway.runtime.config.AuthConfig.Failure;
import io.laneway.gateway.runtime.config.AuthConfig.Include;
import io.laneway.gateway.runtime.config.AuthConfig.KeyPart;
import io.laneway.gateway.runtime.config.AuthConfig.Memory;
import io.laneway.gateway.runtime.config.AuthConfig.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code auth} of a listener, as it is written and what is wrong with it. */
class AuthFormTest {

    private static ConfigReader.Result read(String auth) {
        String yaml = "listeners: [{name: edge, address: \":8080\", auth: " + auth + "}]\ntable: {file: lanes.yaml}\n";
        return ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8), Path.of("/etc/laneway/laneway.yaml"), Map.of());
    }

    private static AuthConfig auth(String auth) {
        return read("{" + auth + "}").orThrow().listeners().get(0).auth();
    }

    @Test
    void whatIsAbsentIsTheDefault() {
        assertThat(auth("grpc: \"127.0.0.1:9191\""))
                .isEqualTo(AuthConfig.of(new Authorizer(Protocol.GRPC, URI.create("http://127.0.0.1:9191"), "", null)));
        assertThat(read("off").orThrow().listeners().get(0).auth()).isNull();
    }

    @Test
    void everyKeyIsRead() {
        assertThat(auth(
                        "http: \"https://auth.test\", pathPrefix: /check, tls: {ca: ca.pem, serverName: a, verify: false},"
                                + " require: false, timeout: 1s, include: {headers: [\"*\"], body: 8KiB, partial: true},"
                                + " cache: 60s, stale: 5m, cacheKey: [host, path], failure: allow, status: 503,"
                                + " upstreamHeaders: [x-user], clientHeaders: [], responseHeaders: [set-cookie],"
                                + " context: {realm: shop}"))
                .isEqualTo(new AuthConfig(
                        new Authorizer(
                                Protocol.HTTP,
                                URI.create("https://auth.test"),
                                "/check",
                                new UpstreamTls("/etc/laneway/ca.pem", "a", null, null, false)),
                        false,
                        Duration.ofSeconds(1),
                        new Include(List.of("*"), 8192, true),
                        new Memory(Duration.ofSeconds(60), Duration.ofMinutes(5), Set.of(KeyPart.HOST, KeyPart.PATH)),
                        Failure.ALLOW,
                        503,
                        List.of("x-user"),
                        List.of(),
                        List.of("set-cookie"),
                        Map.of("realm", "shop")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|one of grpc, http",
                "{grpc: 'a:1', http: 'http://b'}|one of grpc, http",
                "{grpc: nowhere}|host:port",
                "{http: '127.0.0.1:80'}|http://host:port",
                "{http: 'http://u:p@a'}|http://host:port",
                "{grpc: 'http://a/path'}|without a path",
                "{grpc: 'a:1', pathPrefix: /x}|a URL without a path",
                "{http: 'http://a/p', pathPrefix: /x}|a URL without a path",
                "{http: 'http://a', tls: {verify: false}}|https://host:port",
                "{grpc: 'a:1', timeout: 0s}|1ms to",
                "{grpc: 'a:1', status: 200}|400 to 599",
                "{grpc: 'a:1', failure: open}|deny",
                "{grpc: 'a:1', stale: 5m}|cache",
                "{grpc: 'a:1', cache: 2d}|86400000ms",
                "{grpc: 'a:1', cacheKey: [port]}|method, host, path, query or source",
                "{grpc: 'a:1', include: {body: 2MiB}}|at most 1MiB",
                "{grpc: 'a:1', include: {headers: ['a b']}}|header names",
                "{grpc: 'a:1', upstreamHeaders: [x-laneway-lane]}|not the gateway's own",
                "{grpc: 'a:1', upstreamHeaders: [Trace_Branch]}|not the gateway's own",
                "{grpc: 'a:1', upstreamHeaders: [x-a, X-A]}|each once"
            })
    void whatIsWrongIsNamedWithWhatIsExpected(String auth, String expected) {
        assertThat(read(auth.replace('\'', '"')).problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains(expected));
    }
}
