/**
 * What is taken out of a record before it leaves the process, and what takes its place. Uses form.
 */
@NullMarked
package io.laneway.replay.redact;

import org.jspecify.annotations.NullMarked;
