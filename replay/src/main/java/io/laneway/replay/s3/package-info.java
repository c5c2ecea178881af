/**
 * A bucket of an S3-compatible store: the few calls of it that recordings need, signed by Signature Version 4, and a sink of
 * recordings. Uses record, file, form.
 */
@NullMarked
package io.laneway.replay.s3;

import org.jspecify.annotations.NullMarked;
