package io.laneway.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.command.Laneway;
import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.RecordingHeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of two gateways, of a request that failed and of one that did not. */
class ChainCommandTest {

    private static final Instant TIME = Instant.parse("2026-11-30T01:30:00Z");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private void record(String gateway, String service, long from, long took, int failing) throws IOException {
        try (RecordingWriter writer = RecordingWriter.create(
                folder.resolve(gateway + ".jsonl.gz"), new RecordingHeader("shop", gateway, TIME, true))) {
            for (String id : List.of("r-1", "r-2")) {
                writer.write(new RecordedExchange(
                        id,
                        "",
                        "",
                        TIME.plusMillis(from),
                        Duration.ZERO,
                        Duration.ofMillis(took),
                        new RecordedDecision(gateway, service, "", "", "f-1", "f-1", "lane", 7),
                        new RecordedRequest(
                                "HTTP/1.1", "GET", "http", "shop", "/x", List.of(), RecordedBody.NONE, List.of()),
                        new RecordedResponse(id.equals("r-1") ? failing : 200, List.of(), RecordedBody.NONE, List.of()),
                        "-",
                        List.of()));
            }
        }
    }

    @Test
    void recordingsOfSeveralGatewaysAreOneStory() throws IOException {
        record("edge", "cart", 0, 90, 502);
        record("inner", "stock", 10, 60, 500);
        assertThat(run("chain", folder.toString())).isZero();
        assertThat(out.toString())
                .contains(
                        "request r-1",
                        "    inner: GET /x > stock@f-1: 500",
                        "failed first: stock (lane f-1) responded 500")
                .doesNotContain("r-2");
        assertThat(run("chain", folder.toString(), "--request", "r-2")).isZero();
        assertThat(out.toString()).contains("request r-2", "nothing failed");
        assertThat(run("chain", folder.resolve("edge.jsonl.gz").toString(), "-o", "json"))
                .isZero();
        assertThat(out.toString()).contains("\"why\"", "cart (lane f-1) responded 502");
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        record("edge", "cart", 0, 90, 502);
        assertThat(run("chain", folder.toString(), "--request", "r-9")).isEqualTo(1);
        assertThat(err.toString()).contains("r-9: is in none of the files");
        assertThat(run("chain", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none: is not there (expected: ");
        assertThat(run("chain")).isEqualTo(2);
        assertThat(err.toString()).contains("expected: FILE, --request ID, or both");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Laneway.commandLine(args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
