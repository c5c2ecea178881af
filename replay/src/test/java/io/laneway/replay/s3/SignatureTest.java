package io.laneway.replay.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html. */
class SignatureTest {

    private static final S3Credentials WHO =
            new S3Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "");

    @ParameterizedTest
    @CsvSource({
        "/?lifecycle=, fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "/?max-keys=2&prefix=J, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void signsAsTheExamplesOfAwsDo(String path, String signature) {
        var fields = new Signature("us-east-1", "s3")
                .sign(
                        "GET",
                        URI.create("https://examplebucket.s3.amazonaws.com" + path),
                        Signature.hash(new byte[0]),
                        WHO,
                        Instant.parse("2013-05-24T00:00:00Z"));

        assertThat(fields)
                .containsEntry("x-amz-date", "20130524T000000Z")
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + " SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" + signature);
    }
}
