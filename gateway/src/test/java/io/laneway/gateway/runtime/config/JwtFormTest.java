package io.laneway.gateway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.JwtConfig.Failure;
import io.laneway.gateway.runtime.config.JwtConfig.Issuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jwt} of a listener, as it is written and what is wrong with it. */
class JwtFormTest {

    private static ConfigReader.Result read(String listener) {
        String yaml = "listeners: [{name: edge, address: \":8080\", " + listener + "}]\ntable: {file: lanes.yaml}\n";
        return ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8), Path.of("/etc/laneway/laneway.yaml"), Map.of());
    }

    private static JwtConfig jwt(String jwt) {
        return read("jwt: {" + jwt + "}").orThrow().listeners().get(0).jwt();
    }

    @Test
    void whatIsAbsentIsTheDefault() {
        assertThat(jwt("issuers: [{issuer: i, jwks: \"https://id.example.com/jwks.json\"}]"))
                .isEqualTo(JwtConfig.of(
                        List.of(Issuer.of("i", List.of(), URI.create("https://id.example.com/jwks.json")))));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(
                        jwt(
                                "issuers: [{issuer: i, audiences: [a, b], jwks: keys/i.json, types: [x], refresh: 1m},"
                                        + " {issuer: j, jwks: \"https://j/keys\", ca: keys/ca.pem}],"
                                        + " require: true, headers: {x-user: sub}, forward: false, skew: 1s, timeout: 2s, failure: allow"))
                .isEqualTo(new JwtConfig(
                        List.of(
                                new Issuer(
                                        "i",
                                        List.of("a", "b"),
                                        URI.create("file:///etc/laneway/keys/i.json"),
                                        List.of("x"),
                                        Duration.ofMinutes(1),
                                        null),
                                new Issuer(
                                        "j",
                                        List.of(),
                                        URI.create("https://j/keys"),
                                        Issuer.DEFAULT_TYPES,
                                        Issuer.DEFAULT_REFRESH,
                                        Path.of("/etc/laneway/keys/ca.pem"))),
                        true,
                        Map.of("x-user", "sub"),
                        false,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Failure.ALLOW));
    }

    @Test
    void offIsNone() {
        assertThat(read("jwt: off").orThrow().listeners().get(0).jwt()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "jwt: {} | jwt.issuers: missing (expected: a list of issuers)",
                "jwt: {issuers: []} | issuers: []",
                "jwt: {issuers: [{issuer: i}]} | jwks: missing",
                "jwt: {issuers: [{issuer: i, jwks: \"ftp://x/y\"}]} | http://host/path, https://host/path or a file",
                "jwt: {issuers: [{issuer: i, jwks: \"https://u:p@x/y\"}]} | http://host/path, https://host/path or a file",
                "jwt: {issuers: [{issuer: i, jwks: f}, {issuer: i, jwks: g}]} | two of i",
                "jwt: {issuers: [{issuer: i, jwks: f, refresh: 1ms}]} | refresh: 1ms",
                "jwt: {issuers: [{issuer: i, jwks: f, types: []}]} | types: []",
                "jwt: {issuers: [{issuer: i, jwks: f, ca: c.pem}]} | none, as jwks is not https",
                "jwt: {issuers: [{issuer: i, jwks: \"http://x/y\", ca: c.pem}]} | none, as jwks is not https",
                "jwt: {issuers: [{issuer: i, jwks: f}], headers: {host: sub}} | headers: host",
                "jwt: {issuers: [{issuer: i, jwks: f}], headers: {X-Laneway-Lane: sub}} | headers: X-Laneway-Lane",
                "jwt: {issuers: [{issuer: i, jwks: f}], headers: {authorization: sub}} | headers: authorization",
                "jwt: {issuers: [{issuer: i, jwks: f}], headers: {x-a: sub, x_a: org}} | headers: x_a twice",
                "jwt: {issuers: [{issuer: i, jwks: f}], headers: {\"x a\": sub}} | headers: x a",
                "jwt: {issuers: [{issuer: i, jwks: f}], failure: maybe} | deny, allow",
                "jwt: {issuers: [{issuer: i, jwks: f}], timeout: 0s} | timeout: 0ms",
                "jwt: {issuers: [{issuer: i, jwks: f}], skew: 2h} | skew: 7200000ms",
                "~trust: internal, jwt: {issuers: [{issuer: i, jwks: f}]}~ | jwt: set on an internal listener"
            })
    void whatIsWrongIsSaid(String listener, String problem) {
        assertThat(read(listener).problems())
                .anySatisfy(one -> assertThat(one.toString()).contains(problem));
    }
}
