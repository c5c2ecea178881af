/** Recorded requests over a topic: written by gateways, read by commands. What a request is, others know: it is bytes here. */
@NullMarked
package io.laneway.kafka.recording;

import org.jspecify.annotations.NullMarked;
