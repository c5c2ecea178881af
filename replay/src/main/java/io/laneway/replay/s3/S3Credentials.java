package io.laneway.replay.s3;

/**
 * Who calls. Immutable.
 *
 * @param session a token of temporary credentials; empty for none
 */
public record S3Credentials(String accessKey, String secretKey, String session) {

    public S3Credentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("accessKey or secretKey is empty (expected: both)");
        }
    }

    @Override
    public String toString() {
        return "S3Credentials[accessKey=" + accessKey + "]";
    }
}
