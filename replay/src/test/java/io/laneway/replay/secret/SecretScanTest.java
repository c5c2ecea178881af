package io.laneway.replay.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.Records;
import io.laneway.replay.redact.Pseudonyms;
import io.laneway.replay.redact.RedactionRules;
import io.laneway.replay.redact.Redactor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {

    private final SecretScan scan = new SecretScan(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
                "AKIAIOSFODNN7EXAMPLE",
                "-----BEGIN RSA PRIVATE KEY-----\\nMIIE",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "xoxb-1234567890-abcdefghij",
                "postgres://joe:hunter2@db/orders",
                "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            })
    void whatLooksLikeASecretIsFoundAndNotShown(String secret) {
        List<Finding> findings = scan.findings(Records.record()
                .responseBody("application/json", "{\"x\":\"" + secret + "\"}")
                .make());

        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.place()).startsWith("response.body");
            assertThat(finding.toString()).doesNotContain(secret.substring(0, 12));
        });
    }

    @Test
    void aRecordThatWasRedactedHasNone() {
        Redactor redactor = Redactor.of(RedactionRules.DEFAULT, Pseudonyms.random());

        assertThat(scan.findings(redactor.redact(Records.record()
                        .target("/a?token=abc&page=2")
                        .header("Authorization", "Bearer x.y.z")
                        .header("Cookie", "a=1; b=2")
                        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .header("if-none-match", "\"9f86d081884c7d659a2feaa0c55ad015\"")
                        .body(
                                "application/json",
                                "{\"id\":\"6f9619ff-8b86-d011-b42d-00c04fc964ff\",\"password\":\"x\"}")
                        .make())))
                .isEmpty();
    }

    @Test
    void whatWasNotRedactedIsFoundByItsName() {
        Records record = Records.record().header("x-api-key", "1").body("application/x-www-form-urlencoded", "pwd=2");

        assertThat(scan.findings(record.make()))
                .extracting(Finding::place)
                .containsExactly("request.header.x-api-key", "request.body.pwd");
        assertThat(new SecretScan(List.of("x-api-key", "PWD")).findings(record.make()))
                .isEmpty();
    }

    @Test
    void bytesAreSearchedForShapes() {
        byte[] bytes = "\u0000\u0014AKIAIOSFODNN7EXAMPLE\u00ff".getBytes(ISO_8859_1);

        assertThat(scan.findings(
                        Records.record().body("application/x-protobuf", bytes).make()))
                .extracting(Finding::place)
                .containsExactly("request.body (AWS access key)");
    }
}
