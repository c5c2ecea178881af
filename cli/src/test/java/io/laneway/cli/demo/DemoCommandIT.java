package io.laneway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.command.Laneway;
import io.laneway.router.shift.TenantSlots;
import io.laneway.testkit.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandIT {

    /** A demo takes fewer. */
    private static final int PORTS = 16;

    @Test
    void theTenantOfReadmeAndGreetingMovesAtTheShareThatTheyShow() throws Exception {
        String readme = Files.readString(Path.of("../README.md"));
        StringWriter greeting = new StringWriter();
        CommandLine command = Laneway.commandLine("demo").setOut(new PrintWriter(greeting));
        command.execute("demo", "--port", "0", "--duration", "1ms");

        for (String text : List.of(readme, greeting.toString())) {
            Matcher calls = Pattern.compile("\"share\":\"(\\d+)%\"(?s:.*?)x-tenant-id: ([^']+)'")
                    .matcher(text);
            assertThat(calls.find()).as(text).isTrue();
            assertThat(new TenantSlots("default").of(calls.group(2)))
                    .isLessThan(Integer.parseInt(calls.group(1)) * 100);
        }
    }

    @Test
    void whatItRecordsAndReplaysIntoALaneShowsTheLanesFault() {
        StringWriter out = new StringWriter();
        int exit =
                Laneway.commandLine("demo").setOut(new PrintWriter(out, true)).execute("demo", "--record-replay");

        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("40 requests are recorded.", "orders GET /orders/{id}: body.price (number) is ")
                .contains("in 40 of 40 requests", "40 requests, 1 endpoints: 1 differences at 1 endpoints, 0 unsure");
    }

    @Test
    void aTakenPortIsNamedWithWhatItIsForAndHowToChooseAnother() throws Exception {
        for (int offset : new int[] {0, 2, 5}) {
            int first = FreePort.first(PORTS);
            try (ServerSocket taken = new ServerSocket(first + offset, 1, InetAddress.getLoopbackAddress())) {
                StringWriter err = new StringWriter();
                int exit = Laneway.commandLine("demo")
                        .setErr(new PrintWriter(err, true))
                        .execute("demo", "--quiet", "--port", String.valueOf(first));

                assertThat(exit).isEqualTo(1);
                assertThat(err.toString().strip().lines()).hasSize(1);
                assertThat(err.toString()).contains("port " + taken.getLocalPort() + " (", "--port N");
            }
        }
    }
}
