package io.laneway.replay.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.Records;
import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2 000 requests with secrets in more than 40 places: none of them is in the file, and each is said to have been there. */
class RedactionCorpusTest {

    private static final int REQUESTS = 2_000;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final RedactionRules RULES = new RedactionRules(
            List.of("x-given"),
            List.of("Given_Query"),
            List.of("given-form"),
            List.of("$.user.ssn", "$..iban"),
            List.of());

    private final Random random = new Random(335);
    private final List<String> secrets = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void noSecretOfAnyPlaceIsInTheFile() throws IOException {
        Path file = directory.resolve("corpus.jsonl.gz");
        Redactor redactor = Redactor.of(RULES, new Pseudonyms("0123456789abcdef".getBytes(ISO_8859_1)));
        List<RecordedExchange> before = corpus();
        try (RecordingWriter writer =
                RecordingWriter.create(file, new RecordingHeader("corpus", "", Instant.EPOCH, true))) {
            for (RecordedExchange exchange : before) {
                writer.write(redactor.redact(exchange));
            }
        }

        assertThat(SecretPlaces.ALL).hasSizeGreaterThanOrEqualTo(40);
        assertThat(left(file)).as("places by number that leave a secret").isEmpty();
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (RecordedExchange exchange : before) {
                RecordedExchange after = reader.next();
                assertThat(after).isNotNull();
                assertThat(after.id()).isEqualTo(exchange.id());
                if (after.request().body().omitted() == null) {
                    assertThat(after.redacted()).as(exchange.id()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void theCorpusHasItsSecretsBeforeRedaction() throws IOException {
        Path file = directory.resolve("corpus.jsonl.gz");
        try (RecordingWriter writer =
                RecordingWriter.create(file, new RecordingHeader("corpus", "", Instant.EPOCH, false))) {
            for (RecordedExchange exchange : corpus()) {
                writer.write(exchange);
            }
        }

        assertThat(left(file)).hasSizeGreaterThan(30);
    }

    private List<RecordedExchange> corpus() {
        List<RecordedExchange> all = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            StringBuilder secret = new StringBuilder();
            for (int length = 12 + random.nextInt(30); secret.length() < length; ) {
                secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            secrets.add(secret.toString());
            Records record = Records.record();
            record.id = "r-" + i;
            SecretPlaces.ALL.get(i % SecretPlaces.ALL.size()).accept(record, secret.toString());
            all.add(record.make());
        }
        return all;
    }

    /** Which places have a secret of theirs in the file, as it is or in base64 of any alignment. */
    private Set<Integer> left(Path file) throws IOException {
        byte[] plain;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            plain = in.readAllBytes();
        }
        List<String> lines = new String(plain, ISO_8859_1).lines().skip(1).toList();
        Set<Integer> places = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String secret = secrets.get(i);
            boolean found = lines.get(i).contains(secret);
            for (int shift = 0; shift < 3; shift++) {
                String encoded = SecretPlaces.base64(" ".repeat(shift) + secret);
                found |= lines.get(i).contains(encoded.substring(4, encoded.length() - 4));
            }
            if (found) {
                places.add(i % SecretPlaces.ALL.size());
            }
        }
        return places;
    }
}
