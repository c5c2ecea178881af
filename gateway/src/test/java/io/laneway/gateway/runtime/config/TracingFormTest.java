package io.laneway.gateway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.OtlpConfig.Protocol;
import io.laneway.gateway.runtime.config.TracingConfig.Batch;
import io.laneway.gateway.runtime.config.TracingConfig.Propagation;
import io.laneway.gateway.runtime.config.TracingConfig.Sampler;
import io.laneway.router.decision.Reason;
import io.laneway.testkit.LogCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tracing} says, and what variables say where it says nothing. */
class TracingFormTest {

    @TempDir
    Path dir;

    private Path pem(String text) {
        try {
            return Files.writeString(dir.resolve("ca.pem"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigReader.Result read(String tracing, Map<String, String> variables) {
        String document = "listeners: [{name: e, address: \":80\"}]\ntable: {file: x}\n" + tracing;
        return ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), Path.of("/etc/laneway.yaml"), variables);
    }

    private static TracingConfig tracing(String tracing, Map<String, String> variables) {
        return read(tracing, variables).orThrow().tracing();
    }

    @Test
    void isOffUnlessItIsConfiguredWhateverVariablesSay() {
        Map<String, String> variables = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
        assertThat(tracing("", variables)).isNull();
        assertThat(tracing("tracing: off", variables)).isNull();
    }

    @Test
    void readsWhatItSays() {
        TracingConfig config = tracing("""
                tracing:
                  otlp: "https://collector:4317"
                  protocol: grpc
                  sampler: {ratio: "0.25%", parent: false, reasons: [fallback_unready, loop]}
                  propagators: [b3multi, tracecontext]
                """, Map.of());
        assertThat(config.otlp().endpoint()).isEqualTo(URI.create("https://collector:4317"));
        assertThat(config.otlp().protocol()).isEqualTo(Protocol.GRPC);
        assertThat(config.sampler())
                .isEqualTo(new Sampler(0.0025, false, Set.of(Reason.FALLBACK_UNREADY, Reason.LOOP)));
        assertThat(config.propagators()).containsExactly(Propagation.B3MULTI, Propagation.TRACECONTEXT);
        assertThat(config.batch()).isEqualTo(Batch.DEFAULT);
    }

    @Test
    void hasTheDefaultsOfOpenTelemetry() {
        TracingConfig config = tracing("tracing: {}", Map.of());
        assertThat(config.otlp().endpoint()).isEqualTo(URI.create("http://localhost:4318/v1/traces"));
        assertThat(config.otlp().timeoutMillis()).isEqualTo(10_000);
        assertThat(config.sampler()).isEqualTo(new Sampler(1, true, Set.of()));
        assertThat(config.propagators()).containsExactly(Propagation.TRACECONTEXT);
    }

    @Test
    void takesFromVariablesWhatItDoesNotSay() {
        Map<String, String> variables = new HashMap<>();
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://all:4318/base/");
        variables.put("OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b,x=1+2");
        variables.put("OTEL_EXPORTER_OTLP_TIMEOUT", "5000");
        variables.put("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "4000");
        variables.put("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
        variables.put(
                "OTEL_EXPORTER_OTLP_CERTIFICATE",
                pem("-----BEGIN CERTIFICATE-----").toString());
        variables.put("OTEL_SERVICE_NAME", "edge");
        variables.put("OTEL_RESOURCE_ATTRIBUTES", "service.name=other,deployment.environment.name=prod");
        variables.put("OTEL_TRACES_SAMPLER", "parentbased_traceidratio");
        variables.put("OTEL_TRACES_SAMPLER_ARG", "0.001");
        variables.put("OTEL_PROPAGATORS", "b3,baggage,b3");
        variables.put("OTEL_BSP_SCHEDULE_DELAY", "100");
        variables.put("OTEL_BSP_MAX_QUEUE_SIZE", "100");
        TracingConfig config = tracing("tracing: {sampler: {reasons: [loop]}}", variables);
        assertThat(config.otlp())
                .isEqualTo(new OtlpConfig(
                        URI.create("http://all:4318/base/v1/traces"),
                        Protocol.HTTP,
                        Map.of("api-key", "a b", "x", "1+2"),
                        4000,
                        true,
                        dir.resolve("ca.pem"),
                        null,
                        null));
        assertThat(config.resource()).isEqualTo(Map.of("service.name", "edge", "deployment.environment.name", "prod"));
        assertThat(config.sampler()).isEqualTo(new Sampler(0.001, true, Set.of(Reason.LOOP)));
        assertThat(config.propagators()).containsExactly(Propagation.B3);
        assertThat(config.batch()).isEqualTo(new Batch(100, 100, 100, 30_000));
    }

    @Test
    void anEndpointForSpansAloneIsTakenAsItIs() {
        Map<String, String> variables = Map.of(
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                "http://spans:1/x",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://all:2");
        assertThat(tracing("tracing: {}", variables).otlp().endpoint()).isEqualTo(URI.create("http://spans:1/x"));
        assertThat(tracing("tracing: {otlp: 'http://own:3'}", variables).otlp().endpoint())
                .isEqualTo(URI.create("http://own:3/v1/traces"));
    }

    @ParameterizedTest
    @CsvSource({
        "always_on, 1, false",
        "always_off, 0, false",
        "traceidratio, 0.5, false",
        "parentbased_always_on, 1, true",
        "parentbased_always_off, 0, true",
        "parentbased_traceidratio, 0.5, true"
    })
    void knowsTheSamplersOfOpenTelemetry(String name, double ratio, boolean parent) {
        assertThat(tracing("tracing: {}", Map.of("OTEL_TRACES_SAMPLER", name, "OTEL_TRACES_SAMPLER_ARG", "0.5"))
                        .sampler())
                .isEqualTo(new Sampler(ratio, parent, Set.of()));
    }

    @Test
    void variablesSwitchItOff() {
        assertThat(tracing("tracing: {}", Map.of("OTEL_SDK_DISABLED", "true"))).isNull();
        assertThat(tracing("tracing: {}", Map.of("OTEL_TRACES_EXPORTER", "none")))
                .isNull();
    }

    @Test
    void passesOverVariablesThatItCannotUseAndLogsTheirNames() {
        Map<String, String> variables = new HashMap<>();
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", "collector");
        variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");
        variables.put("OTEL_EXPORTER_OTLP_TIMEOUT", "soon");
        variables.put("OTEL_EXPORTER_OTLP_HEADERS", "secret");
        variables.put("OTEL_TRACES_SAMPLER", "xray");
        variables.put("OTEL_PROPAGATORS", "xray,b3multi");
        try (LogCapture log = LogCapture.of(OtelVariables.class)) {
            TracingConfig config = tracing("tracing: {}", variables);
            assertThat(config.otlp().endpoint()).isEqualTo(URI.create("http://localhost:4318/v1/traces"));
            assertThat(config.otlp().timeoutMillis()).isEqualTo(10_000);
            assertThat(config.sampler()).isEqualTo(Sampler.DEFAULT);
            assertThat(config.propagators()).containsExactly(Propagation.B3MULTI);
            assertThat(log.lines()).hasSizeGreaterThanOrEqualTo(6).noneMatch(line -> line.contains("secret"));
        }
    }

    @Test
    void aCertificateThatCannotBeReadIsRefused() {
        for (String file : List.of("/nowhere/ca.pem", pem("garbage").toString(), "/dev/null")) {
            assertThat(read("tracing: {}", Map.of("OTEL_EXPORTER_OTLP_CERTIFICATE", file))
                            .problems())
                    .singleElement()
                    .asString()
                    .contains("tracing: OTEL_EXPORTER_OTLP_CERTIFICATE: " + file + " (expected: a readable PEM file)");
        }
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertThat(read("""
                tracing: {otlp: "http://user@h:1", protocol: udp, sampler: {ratio: 1, reasons: [slow]}, propagators: [jaeger], to: x}
                """, Map.of()).problems())
                .extracting(problem -> problem.path())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "tracing.otlp",
                        "tracing.protocol",
                        "tracing.sampler.ratio",
                        "tracing.sampler.reasons[0]",
                        "tracing.propagators[0]",
                        "tracing.to"));
    }
}
