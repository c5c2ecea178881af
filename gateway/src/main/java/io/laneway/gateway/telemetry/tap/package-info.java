/**
 * The tap behind the exchange: what each event loop writes down of finished requests, in memory that goes round, and who
 * reads it. The loop writes once and never waits; readers filter and copy on threads of their own.
 */
@NullMarked
package io.laneway.gateway.telemetry.tap;

import org.jspecify.annotations.NullMarked;
