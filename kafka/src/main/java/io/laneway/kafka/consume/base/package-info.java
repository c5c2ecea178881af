/** A member of the base group: what it filters, what it reads again, and what it commits for lanes. */
@NullMarked
package io.laneway.kafka.consume.base;

import org.jspecify.annotations.NullMarked;
