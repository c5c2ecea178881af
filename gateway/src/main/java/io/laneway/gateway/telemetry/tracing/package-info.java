/**
 * Follows exchanges on the event loops for their spans: which trace a request is of, whether it is sampled, how the trace
 * is sent on in its headers. What finishes is handed over in a ring that another thread empties; nothing here knows
 * OpenTelemetry's classes. docs/how-to/trace.md.
 */
@NullMarked
package io.laneway.gateway.telemetry.tracing;

import org.jspecify.annotations.NullMarked;
