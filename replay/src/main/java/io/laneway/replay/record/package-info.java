/**
 * Recording beside running requests: a bounded queue, a thread that redacts and writes, and a directory of files. Uses
 * file, redact, form.
 */
@NullMarked
package io.laneway.replay.record;

import org.jspecify.annotations.NullMarked;
