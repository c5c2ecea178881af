/**
 * Quantities as documents write them: shares and durations. Stands alone, since the model and the documents both use it.
 * A quantity comes in that more than one record has. Uses the JDK alone.
 */
@NullMarked
package io.laneway.router.unit;

import org.jspecify.annotations.NullMarked;
