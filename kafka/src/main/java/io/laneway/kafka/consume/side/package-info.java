/** What both sides of a consumer share: the filter of records, the lanes they name, pauses, positions and commits. */
@NullMarked
package io.laneway.kafka.consume.side;

import org.jspecify.annotations.NullMarked;
