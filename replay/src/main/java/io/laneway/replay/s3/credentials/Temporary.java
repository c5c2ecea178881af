package io.laneway.replay.s3.credentials;

import io.laneway.replay.s3.S3Credentials;
import java.time.Instant;

/**
 * Credentials with an end. Immutable.
 *
 * @param expires {@link Instant#MAX} if they say nothing of it
 */
record Temporary(S3Credentials who, Instant expires) {}
