package io.laneway.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.command.Laneway;
import io.laneway.testkit.S3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecordCommandTest {

    private static final String ENTRY = """
        {"startedDateTime": "2026-11-30T01:30:00Z", "time": 5, "timings": {"wait": 2},
         "request": {"method": "GET", "url": "https://shop.example.com/%s", "httpVersion": "HTTP/1.1",
          "headers": [{"name": "Authorization", "value": "Bearer s3cr3t-value"}]},
         "response": {"status": 200, "headers": [], "content": {"text": "you are s3cr3t-value"}}}\
        """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path har;
    private Path recording;

    @BeforeEach
    void archive() throws IOException {
        har = Files.writeString(
                folder.resolve("a.har"),
                "{\"log\":{\"version\":\"1.2\",\"entries\":[\n" + ENTRY.formatted("orders?token=s3cr3t-value") + ",\n"
                        + ENTRY.formatted("orders").replace("GET", "G\\u001b[2J") + "]}}");
        recording = folder.resolve("a.jsonl.gz");
    }

    @Test
    void whatIsInABucketBecomesAFile() throws IOException {
        run("record", "redact", har.toString(), "--to", recording.toString());
        Path credentials = Files.writeString(
                folder.resolve("credentials"),
                "[default]\naws_access_key_id=" + S3Server.ACCESS_KEY + "\naws_secret_access_key="
                        + S3Server.SECRET_KEY);
        String file = folder.resolve("fetched.jsonl.gz").toString();
        try (S3Server store = S3Server.start()) {
            for (int i = 0; i < 5; i++) {
                store.objects().put("shop/orders/edge-1/" + i + ".jsonl.gz", Files.readAllBytes(recording));
            }
            String[] where = {"--endpoint", store.endpoint(), "--credentials", credentials.toString(), "--to", file};

            assertThat(run(fetch("s3://bucket/shop/", where))).as("%s", err).isZero();
            assertThat(run("record", "check", file)).isZero();
            assertThat(err.toString()).contains(file + ": 10 requests");
            Files.delete(Path.of(file));
            assertThat(run(fetch("s3://bucket/none/", where))).isEqualTo(1);
            assertThat(err.toString()).contains("s3://bucket/none/: no requests");
            assertThat(run(fetch("s3://another/", where))).isEqualTo(1);
            assertThat(err.toString()).contains("404 NoSuchBucket");
            assertThat(run(fetch("ftp://bucket", where))).isEqualTo(2);
        }
    }

    private static String[] fetch(String source, String... where) {
        return Stream.concat(Stream.of("record", "fetch", source), Stream.of(where))
                .toArray(String[]::new);
    }

    @Test
    void anArchiveBecomesARecordingWithoutSecretsAndAnArchiveAgain() throws IOException {
        assertThat(run("record", "check", har.toString(), "--secrets")).isEqualTo(1);
        assertThat(out.toString())
                .contains(har + ":2: request.query.token: is no pseudonym (expected: a pseudonym)")
                .doesNotContain("s3cr3t");

        assertThat(run("record", "redact", har.toString(), "--to", recording.toString()))
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recording)))
                .isEqualTo("rw-------");
        assertThat(run("record", "check", recording.toString(), "--secrets")).isZero();
        assertThat(err.toString()).contains(": 2 requests, 0 findings");

        assertThat(run("record", "export", recording.toString(), "--har")).isZero();
        assertThat(out.toString())
                .contains("\"version\" : \"1.2\"", "you are lwp_")
                .doesNotContain("s3cr3t");
        Path exported = folder.resolve("b.har");
        assertThat(run("record", "export", recording.toString(), "--har", "--to", exported.toString()))
                .isZero();
        assertThat(run("record", "show", exported.toString(), "-o", "json")).isZero();
        String ofArchive = out.toString();
        assertThat(run("record", "show", recording.toString(), "-o", "json")).isZero();
        assertThat(out.toString()).isEqualTo(ofArchive);
    }

    @Test
    void showPrintsALineARequestWithoutControlCharacters() {
        run("record", "redact", har.toString(), "--to", recording.toString());

        assertThat(run("record", "show", recording.toString())).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("2026-11-30 01:30:00.000 - - - 200 5ms GET /orders\\?token=lwp_[0-9a-f]{32} har-1");
        assertThat(out.toString()).doesNotContain("\u001b");
        assertThat(run("record", "show", recording.toString(), "--id", "har-2")).isZero();
        assertThat(out.toString()).contains("\"id\" : \"har-2\"").doesNotContain("har-1");
        assertThat(run("record", "show", recording.toString(), "--id", "none")).isEqualTo(1);
        assertThat(err.toString()).contains("no request with this id");
    }

    @Test
    void aFileWhoseWriterWasKilledIsReadAndOneThatIsDamagedFails() throws IOException {
        run("record", "redact", har.toString(), "--to", recording.toString());
        byte[] whole = Files.readAllBytes(recording);
        Files.write(recording, Arrays.copyOf(whole, whole.length - 3));

        assertThat(run("record", "check", recording.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("ends within a gzip member at byte ", ": 0 requests");

        whole[whole.length - 40] ^= 1;
        Files.write(recording, whole);
        assertThat(run("record", "check", recording.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("laneway: " + recording + ":2: ").contains("(expected: ");
        assertThat(run("record", "check", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is not there (expected: a recording or an HTTP Archive)");
    }

    @Test
    void aFileIsNotWrittenOverAndNoHalfOfOneIsLeft() throws IOException {
        Path wrong = Files.writeString(
                folder.resolve("wrong.har"), Files.readString(har).replace("G\\u001b[2J", "\\"));
        assertThat(run("record", "redact", wrong.toString(), "--to", recording.toString()))
                .isEqualTo(1);
        assertThat(recording).doesNotExist();

        assertThat(run("record", "redact", har.toString(), "--to", har.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("a.har").doesNotContain("\tat ");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Laneway.commandLine(args);
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
