/**
 * Recordings: which finished requests are kept, between the event loops and a thread that takes their secrets out and
 * writes them. The loops retain what passes and never wait; what does not fit is dropped and counted.
 */
@NullMarked
package io.laneway.gateway.telemetry.recording;

import org.jspecify.annotations.NullMarked;
