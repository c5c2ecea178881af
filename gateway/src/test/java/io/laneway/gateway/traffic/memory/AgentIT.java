package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.opentelemetry.javaagent.OpenTelemetryAgent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that passes nothing on by itself, with OpenTelemetry's agent for Java and without. */
class AgentIT {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static Path place(Class<?> of) throws URISyntaxException {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<String> program(String propagators, int out) throws URISyntaxException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m"));
        if (propagators != null) {
            command.add("-javaagent:" + place(OpenTelemetryAgent.class));
            Map.of(
                            "propagators", propagators.replace('+', ','),
                            "traces.exporter", "none",
                            "metrics.exporter", "none",
                            "logs.exporter", "none",
                            "javaagent.logging", "none")
                    .forEach((name, value) -> command.add("-Dotel." + name + "=" + value));
        }
        command.addAll(List.of(
                "-cp",
                place(PlainApplication.class).toString(),
                PlainApplication.class.getName(),
                String.valueOf(out)));
        return command;
    }

    /**
     * @param propagators what the agent reads and writes; none: there is no agent
     * @param asked       the header that names the trace of a request
     * @param served      the lane that the next service is asked in
     * @param lost        whether the application lost the lane; the sidecar put it right if the lane came all the same
     */
    @ParameterizedTest
    @CsvSource({
        "tracecontext+baggage, , f-1, 0",
        "tracecontext, traceparent: 00-" + ID + "-00f067aa0ba902b7-01, f-1, 1",
        "b3multi, x-b3-traceid: a3ce929d0e0e4736\\nx-b3-spanid: 00f067aa0ba902b7\\nx-b3-sampled: 1, f-1, 1",
        ", traceparent: 00-" + ID + "-00f067aa0ba902b7-01, null, 0",
    })
    void aProgramStaysInTheLaneByWhatItsAgentPasses(String propagators, String asked, String served, int lost)
            throws Exception {
        String trace = asked == null ? "" : asked.replace("\\n", "\n").toLowerCase(Locale.ROOT) + "\n";
        try (Upstream c = OtherClientsIT.last();
                Program b = new Program();
                Sidecar sidecar = Sidecar.of("b", b.relay(), "c", c.port());
                RawClient asking = RawClient.to(sidecar.in())) {
            b.start(program(propagators, sidecar.out()));

            assertThat(asking.get("/", "trace-branch: f-1\n" + trace).body()).isEqualTo(served);
            assertThat(sidecar.counts().lost()).isEqualTo(lost);
            assertThat(sidecar.counts().restored()).isEqualTo(lost);
        }
    }
}
