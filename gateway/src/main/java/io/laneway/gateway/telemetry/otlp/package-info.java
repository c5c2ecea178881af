/**
 * Makes spans of what was followed and sends them by OTLP, with OpenTelemetry's SDK, on threads of its own. Its classes are
 * loaded only where {@code tracing} is configured. docs/how-to/trace.md.
 */
@NullMarked
package io.laneway.gateway.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
