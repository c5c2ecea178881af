package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public conformance suite h2spec 2.2.0 itself, all of it: generic, http2 and hpack. */
class H2specIT {

    private static final String PROGRAM = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

    /** Http2/5.1.1/2 races with the first response on every server. */
    private static final String RACE = "stream identifier that is numerically smaller";

    private static final String FAILED = "×";

    @TempDir
    static Path folder;

    private final Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");

    @BeforeAll
    static void unpack() throws Exception {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeTrue(machine.equals("Linux amd64"), "h2spec comes for Linux on x86-64, this is " + machine);
        Path archive = folder.resolve("h2spec.tar.gz");
        try (InputStream in = H2specIT.class.getResourceAsStream(PROGRAM)) {
            Files.copy(in, archive);
        }
        run(List.of("tar", "xzf", archive.toString(), "-C", folder.toString()), "unpacked");
    }

    private static String run(List<String> command, String name) throws IOException, InterruptedException {
        Path output = folder.resolve(name + ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(output);
        assertThat(ended).as("%s ended: %s", command, text).isTrue();
        return text;
    }

    private static void failsNothing(TestGateway gateway, String listener, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve("h2spec").toString(), "-o", "5", "-p"));
        command.add(String.valueOf(gateway.port(listener)));
        command.addAll(List.of(more));
        String report = run(command, listener);
        assertThat(report).contains("145 tests, ", " 0 skipped");
        assertThat(report.lines().filter(line -> line.contains(FAILED) && !line.contains(RACE)))
                .as(report)
                .isEmpty();
    }

    @Test
    void failsNothingInTheClearAndOverTls() throws Exception {
        TestTls tls = TestTls.make();
        var table = new Tables()
                .protocol(Protocol.HTTP1)
                .service("a", "master", upstream.port())
                .route("/", "a", false)
                .build();
        try (upstream;
                TestGateway gateway = TestGateway.over(table, config -> tls.addListener(config, "secure"))) {
            failsNothing(gateway, "edge");
            failsNothing(gateway, "secure", "-t", "-k");
            try (RawClient client = gateway.client()) {
                assertThat(client.get("/").body()).isEqualTo("hello");
            }
        }
    }

    @Test
    void failsNothingWhereNoServiceAnswers() throws Exception {
        try (upstream;
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()))) {
            failsNothing(gateway, "edge");
        }
    }
}
